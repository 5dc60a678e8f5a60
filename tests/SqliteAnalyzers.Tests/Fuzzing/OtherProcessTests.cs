using System.Reflection;
using SqliteAnalyzers.Fuzz.Runs;
using SqliteAnalyzers.Tests.Docs;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Fuzzing;

/// <summary>Strings have other hash codes in each process: what is walked in their order comes in another.</summary>
public sealed class OtherProcessTests
{
    private static readonly string s_program = Repository.PathTo(
        "tests", "SqliteAnalyzers.Fuzz", "bin", Configuration(), "net10.0", "SqliteAnalyzers.Fuzz.dll");

    [Fact]
    public async Task Another_process_finds_the_same()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var arguments = await FuzzArguments.ParseAsync("findings", "--generated", "12");
        var other = OtherProcess.FindingsAsync(s_program, arguments, cancellation);

        var own = await FindingList.OfAsync(ProgramCatalog.All(arguments.Generated), PackageParts.Analyzers, cancellation);

        Assert.NotEmpty(own);
        var difference = FindingList.Difference(own, await other).ToArray();
        Assert.True(difference.Length == 0, string.Join('\n', difference));
    }

    private static string Configuration() =>
        typeof(OtherProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(Configuration)).Value!;
}
