using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>
/// What is found in a program does not depend on the order in which it is written, nor on who asks for what first.
/// The command SqliteAnalyzers.Fuzz tries more.
/// </summary>
public sealed class OrderTests
{
    public static TheoryData<string> Programs => [.. ProgramCatalog.Written.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public Task Order_changes_no_finding(string program) => OrderVerifier.VerifyAsync(ProgramCatalog.Written, program);
}
