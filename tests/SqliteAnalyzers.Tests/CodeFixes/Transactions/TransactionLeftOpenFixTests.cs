using SqliteAnalyzers.CodeFixes.Transactions;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Transactions;

public sealed class TransactionLeftOpenFixTests
{
    private readonly FixHarness _fix = new(new TransactionLeftOpenFix(), Descriptors.TransactionLeftOpen, nameof(Descriptors.TransactionLeftOpen));

    [Theory]
    [InlineData("", "var transaction = ", "connection.BeginTransaction()", ";\ntransaction.Commit();")]
    [InlineData("", "SqliteTransaction transaction = ", "connection.BeginTransaction(deferred: true)", "; // all\ntransaction.Commit();")]
    [InlineData("/* first */ ", "var transaction = (SqliteTransaction)", "((System.Data.Common.DbConnection)connection).BeginTransaction()", ";\ntransaction.Commit();\ntransaction.Dispose();")]
    [InlineData("", "var transaction = await ", "connection.BeginTransactionAsync()", ";\nawait transaction.CommitAsync();", "static async System.Threading.Tasks.Task")]
    [InlineData("", "var transaction = await ", "connection.BeginTransactionAsync()", ".ConfigureAwait(false);\nawait transaction.CommitAsync();", "static async System.Threading.Tasks.Task")]
    public Task A_using_declaration(string before, string declaration, string call, string after, string signature = "static void") => _fix.VerifyAsync(
        "Plain",
        Source.Method($"{before}{declaration}[|{call}|]{after}", signature: signature),
        Source.Method($"{before}using {declaration}{call}{after}", signature: signature));

    [Theory]
    [InlineData("SqliteTransaction? transaction = null; transaction = [|connection.BeginTransaction()|]; transaction.Commit();")]
    [InlineData("var transaction = [|connection.BeginTransaction()|]; transaction.Commit(); transaction = connection.BeginTransaction();")]
    [InlineData("var transaction = [|connection.BeginTransaction()|]; Change(ref transaction); static void Change(ref SqliteTransaction transaction) { }")]
    [InlineData("SqliteTransaction? kept = null; { var transaction = [|connection.BeginTransaction()|]; kept = transaction; } kept.Commit();")]
    [InlineData("Action? finish = null; { var transaction = [|connection.BeginTransaction()|]; finish = () => transaction.Commit(); } finish();")]
    [InlineData("[|connection.BeginTransaction()|];")]
    [InlineData("SqliteTransaction a = [|connection.BeginTransaction()|], b = a;")]
    [InlineData("switch (connection.State) { case System.Data.ConnectionState.Open: var transaction = [|connection.BeginTransaction()|]; transaction.Commit(); break; }")]
    public async Task Not_offered(string statements) => Assert.Empty(await _fix.OfferedAsync(Source.Method(statements)));

    [Fact]
    public async Task Not_offered_for_a_statement() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("var command = connection.CreateCommand(); var count = [|command.ExecuteNonQuery()|];"), (DiagnosticProperties.TransactionBegunBySql, DiagnosticProperties.True)));

    [Fact]
    public async Task The_title() => Assert.Equal(
        ["Dispose of the transaction with 'using'"],
        await _fix.TitlesAsync(Source.Method("var transaction = [|connection.BeginTransaction()|]; transaction.Commit();")));
}
