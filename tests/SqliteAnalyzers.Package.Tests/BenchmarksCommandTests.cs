using System.Text.RegularExpressions;
using SqliteAnalyzers.Package.Tests.Consumers;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// The command that measures the helper library and the analyzers, with so few rows and such small programs that only its working is seen.
/// </summary>
public sealed class BenchmarksCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sqlite-benchmarks-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Writes_a_page_on_which_every_contender_has_a_ratio()
    {
        var result = await RunAsync("bulk", "key-order", "checkpoints", "--rows", "200", "--rounds", "1", "--output", _folder);

        result.Succeeded();
        var page = await File.ReadAllTextAsync(Path.Combine(_folder, "benchmarks.md"), TestContext.Current.CancellationToken);
        Assert.Contains("\n## The order of the keys\n", page);
        Assert.Contains("\n| Full by Checkpoint | **", page);
        Assert.True(File.Exists(Path.Combine(_folder, "benchmarks-bulk.svg")));
        string[] contenders =
        [
            "SqliteBatchWriter.InsertMany", "SqliteBatchWriter, prepared statement", "SQLitePCL.raw on the connection's handle", "sqlite-net InsertAll",
            "System.Data.SQLite, prepared command reused", "Microsoft.Data.Sqlite, prepared command reused", "linq2db BulkCopy",
            "Dapper.AOT Execute with a list", "Dapper Execute with a list", "Microsoft.Data.Sqlite, new command for each row",
            "EF Core AddRange and SaveChanges", "Microsoft.Data.Sqlite, new command and transaction for each row",
        ];
        Assert.All(contenders, c => Assert.Matches($@"(?m)^\| {Regex.Escape(c)} \| \*\*[\d.,]+\*\* \(", page));
    }

    [Fact]
    public async Task Loads_every_way_of_writing_with_every_number_of_producers()
    {
        var result = await RunAsync("writers", "--quick", "--rounds", "1", "--output", _folder);

        result.Succeeded();
        var page = await File.ReadAllTextAsync(Path.Combine(_folder, "benchmarks.md"), TestContext.Current.CancellationToken);
        string[] ways =
        [
            "a connection for each, busy_timeout", "a connection for each, `InTransactionAsync`", "a lock around one connection", "EF Core, a context for each unit",
            "`SqliteSingleWriter.RunAsync`", "`SqliteSingleWriter.ExecuteAsync`",
        ];
        Assert.All(ways, way => Assert.All(["1", "8", "64", "512"], producers =>
            Assert.Equal(2, Regex.Count(page, $@"(?m)^\| {Regex.Escape(way)} \| {producers} \| \*\*[\d,]+\*\* \("))));
        Assert.All(["normal", "full"], level =>
        {
            var chart = File.ReadAllText(Path.Combine(_folder, $"benchmarks-writers-{level}.svg"));
            Assert.All(ways, way => Assert.Contains(way.Replace("`", ""), chart));
        });
    }

    [Fact]
    public async Task Compiles_and_edits_every_generated_program_with_all_sets_of_analyzers()
    {
        var result = await RunAsync("analyzers", "shapes", "rules", "editing", "--quick", "--rounds", "1", "--output", _folder);

        result.Succeeded();
        var page = await File.ReadAllTextAsync(Path.Combine(_folder, "benchmarks.md"), TestContext.Current.CancellationToken);
        Assert.Contains("The SDK's are those of ", page);
        string[] lines =
        [
            "100 methods, 1 file with SQLite", "a few methods that do everything themselves", "a few texts for one helper", "a few repositories around a unit of work",
            "a few services made and called in one method", "in SQL text", "a broken statement in a method that writes", "in a file without SQLite, which is watched",
            "the rules that look at paths", "SQLITE1001: Process started after a write that was not checkpointed", "SQLITE5004: Asynchronous call that blocks",
        ];
        Assert.All(lines, line => Assert.Matches($@"(?m)^\| {Regex.Escape(line)} \| \*\*", page));
    }

    [Theory]
    [InlineData("bulk", "--rows", "0")]
    [InlineData("bulk", "--rounds")]
    [InlineData("bulks")]
    public async Task Refuses_what_it_does_not_know(params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Usage:", result.Output);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => DotNet.RunAsync(_folder, _folder, [BuildInfo.BenchmarksPath, .. arguments]);
}
