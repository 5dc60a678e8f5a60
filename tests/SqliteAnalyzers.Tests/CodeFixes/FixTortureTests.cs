using SqliteAnalyzers.FixTorture.Programs;
using SqliteAnalyzers.FixTorture.Runs;

namespace SqliteAnalyzers.Tests.CodeFixes;

/// <summary>
/// A part of what the command SqliteAnalyzers.FixTorture tries: programs are run before and after each fix, and no fix makes one wronger.
/// </summary>
public sealed class FixTortureTests
{
    private const int Parts = 4;

    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Parts)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task No_fix_makes_a_program_wronger(int part)
    {
        var programs = ProgramCatalog.Sample(offset: 1).Where((_, index) => index % Parts == part);

        var report = await new TortureRun().RunAsync(programs);

        Assert.NotEqual(0, report.Applied);
        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures.Select(failure => $"{failure.Kind}: {failure.Fix} on {failure.Program}\n{failure.Text}\n{failure.Source}")));
    }

    [Fact]
    public async Task A_program_that_stores_something_else_is_found_out()
    {
        var program = Written("connection.Execute(\"INSERT INTO t VALUES (1)\");");
        var other = Written("connection.Execute(\"INSERT INTO t VALUES (2)\");");

        var before = await FixedDocument.Open(program).RunAsync();
        var after = await FixedDocument.Open(other).RunAsync();

        Assert.True(before.IsNoWronger(before));
        Assert.False(after.IsNoWronger(before));
        Assert.Contains("t(1)", before.Rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_throws_something_else_is_found_out()
    {
        var before = await FixedDocument.Open(Written("throw new ArgumentException(\"a\");")).RunAsync();
        var after = await FixedDocument.Open(Written("throw new FormatException(\"a\");")).RunAsync();

        Assert.Equal("System.ArgumentException", before.Exception);
        Assert.False(after.IsNoWronger(before));
    }

    [Fact]
    public async Task A_process_that_sees_less_is_found_out()
    {
        const string start = "Process.Start(Db.Tool, Db.Worker + ++Db.Copies).WaitForExit();";
        const string write = "connection.Execute(\"INSERT INTO t VALUES (1)\");\nconnection.Execute(\"PRAGMA wal_checkpoint(FULL)\");";

        var sees = await FixedDocument.Open(Written($"{write}\n{start}")).RunAsync();
        var misses = await FixedDocument.Open(Written($"{start}\n{write}")).RunAsync();

        Assert.True(sees.IsNoWronger(misses));
        Assert.False(misses.IsNoWronger(sees));
    }

    private static TortureProgram Written(string body) =>
        Style.All[0].With(new Scenario("Test", "using var connection = Db.Open();\n" + body));
}
