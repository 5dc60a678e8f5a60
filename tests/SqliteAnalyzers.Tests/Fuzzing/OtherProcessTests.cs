using System.Diagnostics;
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
        var arguments = await FuzzArguments.ParseAsync("findings", "--generated", "4");
        var other = OtherProcess.FindingsAsync(s_program, arguments, cancellation);

        var own = await FindingList.OfAsync(ProgramCatalog.All(arguments.Generated), PackageParts.Analyzers, cancellation);

        Assert.NotEmpty(own);
        var difference = FindingList.Difference(own, await other).ToArray();
        Assert.True(difference.Length == 0, string.Join('\n', difference));
    }

    [Theory]
    [InlineData("mutants")]
    [InlineData("order")]
    [InlineData("findings")]
    public async Task A_name_that_no_program_has_is_an_error(string part)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [s_program, part, "--only", "no such program"]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((2, "No program has 'no such program' in its name."), (process.ExitCode, said.Trim()));
    }

    private static string Configuration() =>
        typeof(OtherProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(Configuration)).Value!;
}
