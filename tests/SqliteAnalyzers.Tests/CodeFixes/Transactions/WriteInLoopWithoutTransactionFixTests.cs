using SqliteAnalyzers.CodeFixes.Transactions;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Transactions;

public sealed class WriteInLoopWithoutTransactionFixTests
{
    private const string Key = "Plain.Once";

    private static readonly (string Key, string Value)[] s_properties = [(DiagnosticProperties.Connection, "connection"), (DiagnosticProperties.CanBegin, DiagnosticProperties.True)];

    private readonly FixHarness _fix = new(new WriteInLoopWithoutTransactionFix(), Descriptors.WriteInLoopWithoutTransaction, nameof(Descriptors.WriteInLoopWithoutTransaction));

    [Fact]
    public Task A_command_made_in_the_loop_enlists_by_itself() => _fix.VerifyAsync(
        Key,
        Source(
            """
            foreach (var item in items)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM t";
                [|command.ExecuteNonQuery()|];
            }
            """),
        Source(
            """
            using var transaction = connection.BeginTransaction();
            foreach (var item in items)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM t";
                command.ExecuteNonQuery();
            }
            transaction.Commit();
            """),
        s_properties);

    [Fact]
    public Task A_command_made_before_the_loop_is_told_the_transaction() => _fix.VerifyAsync(
        Key,
        Source(
            """
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM t";
            for (var i = 0; i < items.Length; i++)
            {
                [|command.ExecuteNonQuery()|];
            }
            """),
        Source(
            """
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM t";
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var i = 0; i < items.Length; i++)
            {
                command.ExecuteNonQuery();
            }
            transaction.Commit();
            """),
        s_properties);

    [Fact]
    public Task A_loop_that_is_all_an_if_does() => _fix.VerifyAsync(
        Key,
        Source(
            """
            if (items.Length > 0)
                foreach (var item in items)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "DELETE FROM t";
                    [|command.ExecuteNonQuery()|];
                }
            """),
        Source(
            """
            if (items.Length > 0)
            {
                using var transaction = connection.BeginTransaction();
                foreach (var item in items)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "DELETE FROM t";
                    command.ExecuteNonQuery();
                }
                transaction.Commit();
            }
            """),
        s_properties);

    [Fact]
    public Task In_top_level_statements() => _fix.VerifyAsync(
        Key,
        """
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=app.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM t";
        foreach (var item in args)
        {
            [|command.ExecuteNonQuery()|];
        }
        """,
        """
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=app.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM t";
        using var transaction = connection.BeginTransaction();
        command.Transaction = transaction;
        foreach (var item in args)
        {
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        """,
        s_properties);

    [Theory]
    [InlineData("System.Threading.Tasks.Task.Run(() => { foreach (var item in items) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; } });")]
    [InlineData("switch (items.Length) { case 1: foreach (var item in items) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; } break; }")]
    public async Task No_fix_on_another_thread_or_where_no_variable_can_be_declared(string statements) =>
        Assert.Empty(await _fix.TitlesAsync(Source(statements), s_properties));

    [Theory]
    [InlineData("foreach (var item in items) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; if (item == \"\") { break; } }")]
    [InlineData("foreach (var item in items) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; if (item == \"\") { return; } }")]
    [InlineData("foreach (var item in items) { try { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; } catch (SqliteException) { Console.WriteLine(item); } }")]
    [InlineData("foreach (var item in items) { using var command = new SqliteCommand(\"DELETE FROM t\", connection); [|command.ExecuteNonQuery()|]; }")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; foreach (var item in items) { [|command.ExecuteNonQuery()|]; } command.ExecuteNonQuery();")]
    [InlineData("foreach (var item in items) { foreach (var other in items) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; } }")]
    public async Task No_fix_where_the_commit_may_be_missed_or_a_command_throws(string statements) =>
        Assert.Empty(await _fix.TitlesAsync(Source(statements), s_properties));

    [Theory]
    [InlineData("Log(connection);")]
    [InlineData("Process.Start(\"worker\", item);")]
    [InlineData("command.CommandText = \"VACUUM\"; command.ExecuteNonQuery();")]
    [InlineData("command.CommandText = \"PRAGMA synchronous = FULL\"; command.ExecuteNonQuery();")]
    [InlineData("command.CommandText = $\"PRAGMA wal_checkpoint({item})\"; command.ExecuteNonQuery();")]
    [InlineData("command.CommandText = \"SAVEPOINT one\"; command.ExecuteNonQuery();")]
    [InlineData("new Action<string>(Console.WriteLine)(item);")]
    public async Task No_fix_where_something_may_fail_in_a_transaction(string statement) => Assert.Empty(await _fix.TitlesAsync(
        Source("static void Log(SqliteConnection other) { using var command = new SqliteCommand(\"SELECT 1\", other); command.ExecuteScalar(); }\n"
            + "foreach (var item in items) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; " + statement + " } Log(connection);"),
        s_properties));

    [Fact]
    public async Task No_fix_where_the_connection_may_be_closed() => Assert.Empty(await _fix.TitlesAsync(
        Source("foreach (var item in items) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; }"),
        (DiagnosticProperties.Connection, "connection")));

    private static string Source(string statements) =>
        $$"""
        using System;
        using Microsoft.Data.Sqlite;

        static class Program
        {
            static void Run(string[] items)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
        {{string.Join('\n', statements.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "" : "        " + line))}}
            }
        }
        """;
}
