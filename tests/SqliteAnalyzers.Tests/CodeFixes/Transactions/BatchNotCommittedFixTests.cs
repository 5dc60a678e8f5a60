using SqliteAnalyzers.CodeFixes.Transactions;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Transactions;

public sealed class BatchNotCommittedFixTests
{
    private readonly FixHarness _fix = new(new BatchNotCommittedFix(), Descriptors.BatchNotCommitted, nameof(Descriptors.BatchNotCommitted));

    [Theory]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|];\nbatch.Execute(\"DELETE FROM t\");@")]
    [InlineData("using SqliteBatchWriter batch = [|new(connection)|];\nforeach (var item in new[] { 1, 2 })\n{\n    if (item == 1)\n    {\n        continue;\n    }\n\n    batch.Execute(\"INSERT INTO t VALUES (?)\", item);\n}@")]
    public Task A_commit_at_the_end(string body) => _fix.VerifyAsync(
        "Helper.Once",
        Source.Method(body.Replace("@", "", StringComparison.Ordinal), runtime: true),
        Source.Method(body.Replace("@", "\nbatch.Commit();", StringComparison.Ordinal).Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal), runtime: true));

    [Fact]
    public Task A_commit_in_the_block_of_the_using() => _fix.VerifyAsync(
        "Helper.Once",
        Source.Method("using (var batch = [|new SqliteBatchWriter(connection)|])\n{\n    batch.Execute(\"DELETE FROM t\");\n}\n\nConsole.WriteLine();", runtime: true),
        Source.Method("using (var batch = new SqliteBatchWriter(connection))\n{\n    batch.Execute(\"DELETE FROM t\");\n    batch.Commit();\n}\n\nConsole.WriteLine();", runtime: true));

    [Theory]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; batch.Execute(\"DELETE FROM t\"); if (Environment.ProcessorCount > 1) { return; } batch.Execute(\"DELETE FROM t\");")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; batch.Execute(\"DELETE FROM t\"); if (Environment.ProcessorCount > 1) { batch.Commit(); }")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; batch.Execute(\"DELETE FROM t\"); connection.Close();")]
    [InlineData("var batch = [|new SqliteBatchWriter(connection)|]; batch.Execute(\"DELETE FROM t\"); batch.Dispose();")]
    [InlineData("using var batch = [|new SqliteBatchWriter(connection)|]; batch.Execute(\"DELETE FROM t\"); throw new InvalidOperationException();")]
    public async Task Not_offered(string statements) => Assert.Empty(await _fix.OfferedAsync(Source.Method(statements, runtime: true)));

    [Fact]
    public async Task The_title() => Assert.Equal(
        ["Commit the batch at the end"],
        await _fix.TitlesAsync(Source.Method("using var batch = [|new SqliteBatchWriter(connection)|];\nbatch.Execute(\"DELETE FROM t\");", runtime: true)));
}
