using SqliteAnalyzers.CodeFixes.Transactions;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Transactions;

public sealed class CommandOutsideTransactionFixTests
{
    private const string Begin = "using var transaction = connection.BeginTransaction();\n";

    private readonly FixHarness _fix = new(new CommandOutsideTransactionFix(), Descriptors.CommandOutsideTransaction, nameof(Descriptors.CommandOutsideTransaction));

    [Theory]
    [InlineData("[|new SqliteCommand(\"DELETE FROM items\", connection).ExecuteNonQuery()|];", "new SqliteCommand(\"DELETE FROM items\", connection, transaction).ExecuteNonQuery();")]
    [InlineData(
        "using var command = new SqliteCommand(\"DELETE FROM items\", connection);\n[|command.ExecuteNonQuery()|];",
        "using var command = new SqliteCommand(\"DELETE FROM items\", connection, transaction);\ncommand.ExecuteNonQuery();")]
    [InlineData(
        "var command = new SqliteCommand();\ncommand.Connection = connection;\n[|command.ExecuteNonQuery()|];",
        "var command = new SqliteCommand();\ncommand.Connection = connection;\ncommand.Transaction = transaction;\ncommand.ExecuteNonQuery();")]
    public Task The_command_is_told(string before, string after) =>
        _fix.VerifyAsync("Plain.Once", Source.Method(Begin + before), Source.Method(Begin + after), (DiagnosticProperties.Transaction, "transaction"));

    [Fact]
    public Task A_command_that_was_made_before() => _fix.VerifyAsync(
        "Plain.Once",
        Source.Method("var command = new SqliteCommand(\"DELETE FROM items\", connection);\n" + Begin + "[|command.ExecuteNonQuery()|];"),
        Source.Method("var command = new SqliteCommand(\"DELETE FROM items\", connection);\n" + Begin + "command.Transaction = transaction;\ncommand.ExecuteNonQuery();"),
        (DiagnosticProperties.Transaction, "transaction"));

    [Fact]
    public async Task No_fix_without_a_name_for_the_transaction() =>
        Assert.Empty(await _fix.OfferedAsync(Source.Method("connection.BeginTransaction();\n[|new SqliteCommand(\"DELETE FROM items\", connection).ExecuteNonQuery()|];")));

    [Fact]
    public async Task No_fix_at_a_call_of_other_code() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method(Begin + "[|Save(connection)|];\nstatic void Save(SqliteConnection connection) => new SqliteCommand(\"DELETE FROM items\", connection).ExecuteNonQuery();"),
        (DiagnosticProperties.Transaction, "transaction")));

    [Fact]
    public Task It_is_offered_for_one_place_only() => _fix.VerifyForOneOnlyAsync(
        "Plain", Source.Method(Begin + "[|new SqliteCommand(\"DELETE FROM items\", connection).ExecuteNonQuery()|];"), (DiagnosticProperties.Transaction, "transaction"));
}
