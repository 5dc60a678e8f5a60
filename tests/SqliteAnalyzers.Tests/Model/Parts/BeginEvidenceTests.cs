using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>How and where the transaction was begun that is open now.</summary>
public sealed class BeginEvidenceTests
{
    private const string Begin = "connection.Execute(\"BEGIN\");";

    [Theory]
    [InlineData(Begin, "deferred", Begin)]
    [InlineData("connection.Execute(\"BEGIN IMMEDIATE\");", "immediate", "connection.Execute(\"BEGIN IMMEDIATE\");")]
    [InlineData("using var transaction = connection.BeginTransaction();", "immediate", "connection.BeginTransaction();")]
    [InlineData("using var transaction = connection.BeginTransaction(deferred: true);", "deferred", "connection.BeginTransaction(deferred: true);")]
    [InlineData("connection.Execute(\"SAVEPOINT first\");", "deferred", "connection.Execute(\"SAVEPOINT first\");")]
    [InlineData(Begin + "\nconnection.Execute(\"INSERT INTO t VALUES (1)\");", "deferred", Begin)]
    [InlineData(Begin + "\nconnection.ExecuteScalar(\"SELECT 1 FROM t\");\nconnection.Execute(\"INSERT INTO t VALUES (1)\");", "deferred", Begin)]
    [InlineData("Start(connection);", "deferred", "Start(connection);")]
    [InlineData("connection.Execute(\"BEGIN IMMEDIATE\");\nconnection.Execute(\"COMMIT\");\n" + Begin, "deferred", Begin)]
    [InlineData(Begin + "\nfor (var i = 0; i < 10; i++)\n{\n    connection.Execute(\"INSERT INTO t VALUES (1)\");\n}", "deferred", Begin)]
    public void Is_kept_while_the_transaction_moves_on(string body, string kind, string code) =>
        Assert.Equal($"{kind} {code.Length - 1}", AtLastStatement(body));

    [Theory]
    [InlineData("")]
    [InlineData("connection.Execute(\"INSERT INTO t VALUES (1)\");")]
    [InlineData(Begin + "\nconnection.Execute(\"COMMIT\");")]
    [InlineData(Begin + "\nconnection.Execute(\"ROLLBACK\");")]
    [InlineData("using (var transaction = connection.BeginTransaction())\n{\n    transaction.Commit();\n}")]
    [InlineData("using (var transaction = connection.BeginTransaction())\n{\n    connection.ExecuteScalar(\"SELECT 1 FROM t\");\n}")]
    [InlineData("Start(connection);\nEnd(connection);")]
    [InlineData("connection.Execute(\"SAVEPOINT first\");\nconnection.Execute(\"RELEASE first\");")]
    public void Is_gone_with_the_transaction(string body) => Assert.Equal("none", AtLastStatement(body));

    [Fact]
    public void Is_kept_where_only_one_path_begins() =>
        Assert.Equal($"deferred {Begin.Length - 1}", AtLastStatement($"if (DateTime.Now.Year > 2000)\n{{\n    {Begin}\n}}"));

    private static string AtLastStatement(string body) =>
        PartRun.In(
            "Run",
            new((e, before) => e is Executes { Verb: "DELETE" } last ? Words(before[last.Connection]) : null),
            $$"""
            static void Run()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                {{body}}
                connection.Execute("DELETE FROM t");
            }

            static void Start(SqliteConnection connection) => connection.Execute("BEGIN");

            static void End(SqliteConnection connection) => connection.Execute("COMMIT");
            """).Single();

    /// <summary>The code that began it is told by its length.</summary>
    private static string Words(ObjectView connection) =>
        connection.EvidenceOf(Typestate.BeganDeferred) is { } deferred ? $"deferred {deferred.Anchor.Length}"
        : connection.EvidenceOf(Typestate.BeganImmediate) is { } immediate ? $"immediate {immediate.Anchor.Length}"
        : "none";
}
