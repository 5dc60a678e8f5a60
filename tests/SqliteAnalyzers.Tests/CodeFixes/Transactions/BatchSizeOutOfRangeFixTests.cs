using SqliteAnalyzers.CodeFixes.Transactions;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Transactions;

public sealed class BatchSizeOutOfRangeFixTests
{
    private static readonly (string Key, string Value) s_size = (DiagnosticProperties.Replacement, "5000");

    private readonly FixHarness _fix = new(new BatchSizeOutOfRangeFix(), Descriptors.BatchSizeOutOfRange, nameof(Descriptors.BatchSizeOutOfRange));

    [Theory]
    [InlineData("using var batch = new SqliteBatchWriter(connection, ", "0", "); // all")]
    [InlineData("using SqliteBatchWriter batch = new(connection, batchSize: ", "-1", ");")]
    [InlineData("using var batch = new SqliteBatchWriter(batchSize: ", "1000 * 1000", ", connection: connection);")]
    public Task The_size_alone_is_replaced(string before, string size, string after) => _fix.VerifyAsync(
        "Helper.Once",
        Source.Method($"{before}[|{size}|]{after}", runtime: true),
        Source.Method($"{before}5000{after}", runtime: true),
        s_size);

    [Fact]
    public Task It_is_offered_for_one_place_only() =>
        _fix.VerifyForOneOnlyAsync("Helper", Source.Method("using var batch = new SqliteBatchWriter(connection, [|0|]);", runtime: true), s_size);

    [Fact]
    public async Task The_title_says_the_size() => Assert.Equal(
        ["Change the batch size to 5000"],
        await _fix.TitlesAsync(Source.Method("using var batch = new SqliteBatchWriter(connection, [|0|]);", runtime: true), s_size));

    [Fact]
    public async Task A_transaction_over_many_writes_has_none() => Assert.Empty(
        await _fix.TitlesAsync(Source.Method("for (var i = 0; i < 1_000_000; i++) { [|connection.Execute(\"INSERT INTO items VALUES (1)\")|]; }", runtime: true)));
}
