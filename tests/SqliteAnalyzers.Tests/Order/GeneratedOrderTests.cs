using System.Collections.Immutable;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>The same of programs that are made.</summary>
public sealed class GeneratedOrderTests
{
    /// <summary>The command of the fuzz makes more of them.</summary>
    private const int Random = 2;

    private static readonly ImmutableArray<ProgramSource> s_programs = ProgramCatalog.Made(Random);

    public static TheoryData<string> Programs => [.. s_programs.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public Task Order_changes_no_finding(string program) => OrderVerifier.VerifyAsync(s_programs, program);
}
