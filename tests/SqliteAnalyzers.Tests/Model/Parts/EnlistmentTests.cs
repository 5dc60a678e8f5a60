using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Model.Parts;

/// <summary>Whether a command was told the transaction that it runs in.</summary>
public sealed class EnlistmentTests
{
    private const string Head = """
        var connection = new SqliteConnection("Data Source=app.db");
        connection.Open();

        """;

    [Fact]
    public void Command_without_transaction_is_not_enlisted() =>
        AssertIn(
            """
            using var transaction = connection.BeginTransaction();
            using var command = new SqliteCommand("INSERT INTO t VALUES (1)", connection);
            command.ExecuteNonQuery();
            """,
            "INSERT None");

    [Fact]
    public void Transaction_property_enlists() =>
        AssertIn(
            """
            using var transaction = connection.BeginTransaction();
            using var command = new SqliteCommand("INSERT INTO t VALUES (1)", connection) { Transaction = transaction };
            command.ExecuteNonQuery();
            """,
            "INSERT Enlisted");

    [Fact]
    public void Constructor_enlists() =>
        AssertIn(
            """
            using var transaction = connection.BeginTransaction();
            new SqliteCommand("INSERT INTO t VALUES (1)", connection, transaction).ExecuteNonQuery();
            """,
            "INSERT Enlisted");

    [Fact]
    public void Command_of_the_connection_enlists_by_itself() =>
        AssertIn(
            """
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO t VALUES (1)";
            command.ExecuteNonQuery();
            """,
            "INSERT Enlisted");

    [Fact]
    public void Null_is_no_transaction() =>
        AssertIn(
            """
            using var transaction = connection.BeginTransaction();
            using var command = new SqliteCommand("INSERT INTO t VALUES (1)", connection, transaction);
            command.Transaction = null;
            command.ExecuteNonQuery();
            """,
            "INSERT None");

    [Fact]
    public void Transaction_that_is_handed_in_is_not_known() =>
        Assert.Equal(
            ["INSERT Unknown"],
            Run(
                """
                static void Insert(SqliteConnection connection, SqliteTransaction? transaction)
                {
                    using var command = new SqliteCommand("INSERT INTO t VALUES (1)", connection, transaction);
                    command.ExecuteNonQuery();
                }
                """));

    [Fact]
    public void Command_that_is_handed_in_may_be_enlisted() =>
        Assert.Equal(["INSERT HandedIn"], Run("static void Insert(SqliteCommand command)\n{\n    command.CommandText = \"INSERT INTO t VALUES (1)\";\n    command.ExecuteNonQuery();\n}"));

    [Fact]
    public void Caller_knows_that_its_command_has_no_transaction() =>
        Assert.Equal(["INSERT None"], Run(Caller("new SqliteCommand(\"INSERT INTO t VALUES (1)\", connection)"), hops: true));

    [Fact]
    public void Caller_knows_that_its_command_is_enlisted() =>
        Assert.Equal(["INSERT Enlisted"], Run(Caller("new SqliteCommand(\"INSERT INTO t VALUES (1)\", connection, transaction)"), hops: true));

    [Fact]
    public void Caller_that_has_the_command_from_elsewhere_does_not_know_it() => Assert.Empty(Run(Caller("shared"), hops: true));

    [Fact]
    public void Event_carries_the_command() =>
        Assert.Equal(
            ["INSERT by Command", "SELECT by Command"],
            PartRun.Of(
                new((e, _) => e is Executes executes ? $"{executes.Verb} by {executes.Command?.Kind}" : null),
                """
                static void Run(SqliteConnection connection)
                {
                    new SqliteCommand("INSERT INTO t VALUES (1)", connection).ExecuteNonQuery();
                    new SqliteCommand("SELECT 1 FROM t", connection).ExecuteScalar();
                }
                """));

    [Fact]
    public void Dapper_needs_to_be_told_the_transaction() =>
        AssertIn(
            """
            using var transaction = connection.BeginTransaction();
            connection.Execute("INSERT INTO t VALUES (1)", transaction: transaction);
            connection.Execute("DELETE FROM t");
            """,
            "INSERT Enlisted",
            "DELETE None");

    private static string Caller(string command) =>
        $$"""
        static void Run(SqliteCommand shared)
        {
            var connection = new SqliteConnection("Data Source=app.db");
            connection.Open();
            using var transaction = connection.BeginTransaction();
            Insert({{command}});
        }

        static void Insert(SqliteCommand command)
        {
            command.CommandText = "INSERT INTO t VALUES (1)";
            command.ExecuteNonQuery();
        }
        """;

    private static void AssertIn(string body, params string[] expected) =>
        Assert.Equal(expected, Run($"static void Run()\n{{\n{Head}{body}\n}}"));

    private static IReadOnlyList<string> Run(string members, bool hops = false) =>
        PartRun.Of(
            new((e, _) => e is Executes { Verb: not "PRAGMA" } executes && (!hops || executes.Enlistment != Enlistment.HandedIn) ? $"{executes.Verb} {executes.Enlistment}" : null, dependsOnCaller: _ => hops),
            members);
}
