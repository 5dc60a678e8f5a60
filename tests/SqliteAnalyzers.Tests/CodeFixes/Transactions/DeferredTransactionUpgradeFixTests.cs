using SqliteAnalyzers.CodeFixes.Transactions;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Transactions;

public sealed class DeferredTransactionUpgradeFixTests
{
    private readonly FixHarness _fix = new(new DeferredTransactionUpgradeFix(), Descriptors.DeferredTransactionUpgrade, nameof(Descriptors.DeferredTransactionUpgrade));

    [Theory]
    [InlineData("deferred: true", "")]
    [InlineData("true", "")]
    [InlineData("System.Data.IsolationLevel.ReadUncommitted", "")]
    [InlineData("System.Data.IsolationLevel.Serializable, deferred: true", "System.Data.IsolationLevel.Serializable")]
    public Task The_argument_is_dropped(string before, string after) => _fix.VerifyAsync(
        "Plain.Once",
        Source.Method($"using var transaction = [|connection.BeginTransaction({before})|];"),
        Source.Method($"using var transaction = connection.BeginTransaction({after});"));

    [Theory]
    [InlineData("BEGIN", "BEGIN IMMEDIATE")]
    [InlineData("begin transaction;", "begin IMMEDIATE transaction;")]
    [InlineData("BEGIN DEFERRED TRANSACTION", "BEGIN IMMEDIATE TRANSACTION")]
    [InlineData("/* first */ BEGIN; SELECT 1", "/* first */ BEGIN IMMEDIATE; SELECT 1")]
    public Task The_text_is_completed(string before, string after) => _fix.VerifyAsync(
        "Plain.Once",
        Source.Method($"[|new SqliteCommand(\"{before}\", connection).ExecuteNonQuery()|];"),
        Source.Method($"new SqliteCommand(\"{after}\", connection).ExecuteNonQuery();"));

    [Fact]
    public Task The_text_that_the_command_was_given_last() => _fix.VerifyAsync(
        "Plain.Once",
        Source.Method("var command = connection.CreateCommand(); command.CommandText = \"BEGIN\"; [|command.ExecuteNonQuery()|];"),
        Source.Method("var command = connection.CreateCommand(); command.CommandText = \"BEGIN IMMEDIATE\"; command.ExecuteNonQuery();"));

    [Theory]
    [InlineData("using var transaction = [|connection.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted, deferred: true)|];")]
    [InlineData("using var transaction = [|connection.BeginTransaction(/* why */ deferred: true)|];")]
    [InlineData("var command = connection.CreateCommand(); command.CommandText = Environment.NewLine; [|command.ExecuteNonQuery()|];")]
    [InlineData("[|Save(connection)|]; static void Save(SqliteConnection connection) => new SqliteCommand(\"BEGIN\", connection).ExecuteNonQuery();")]
    public async Task No_fix_where_the_begin_cannot_be_seen(string statement) => Assert.Empty(await _fix.OfferedAsync(Source.Method(statement)));

    [Fact]
    public Task It_is_offered_for_one_place_only() =>
        _fix.VerifyForOneOnlyAsync("Plain", Source.Method("using var transaction = [|connection.BeginTransaction(deferred: true)|];"));
}
