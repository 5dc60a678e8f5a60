using SqliteAnalyzers.CodeFixes.Processes;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Processes;

public sealed class ProcessStartedWithOpenTransactionFixTests
{
    private static readonly (string, string)[] s_transaction =
    [
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Transaction, "transaction"),
    ];

    private static readonly (string, string)[] s_bySql =
    [
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.TransactionBegunBySql, DiagnosticProperties.True),
    ];

    private readonly FixHarness _fix = new(
        new ProcessStartedWithOpenTransactionFix(),
        Descriptors.ProcessStartedWithOpenTransaction,
        nameof(Descriptors.ProcessStartedWithOpenTransaction));

    [Fact]
    public Task The_commit_moves_before_the_start() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO t VALUES (1)");
        using var worker = [|Process.Start("worker")|];
        worker.WaitForExit();

        transaction.Commit();
        """,
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO t VALUES (1)");
        transaction.Commit();
        connection.Checkpoint();
        using var worker = Process.Start("worker");
        worker.WaitForExit();
        """);

    [Fact]
    public Task The_commit_moves_before_the_start_without_the_helper() => _fix.VerifyAsync(
        "Plain",
        Source.Method(
            """
            var transaction = connection.BeginTransaction();
            [|Process.Start("worker")|];
            transaction.Commit(); // done
            """),
        Source.Method(
            """
            var transaction = connection.BeginTransaction();
            transaction.Commit(); // done
            using (var checkpoint = connection.CreateCommand())
            {
                checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
                if (checkpoint.ExecuteScalar() is 1L)
                {
                    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                }
            }
            Process.Start("worker");
            """),
        s_transaction);

    [Fact]
    public Task An_awaited_commit_moves_as_it_is() => _fix.VerifyAsync(
        "Helper",
        Source.Method(
            """
            await using var transaction = await connection.BeginTransactionAsync();
            [|Process.Start("worker")|];
            await transaction.CommitAsync().ConfigureAwait(false);
            """,
            signature: "static async Task"),
        Source.Method(
            """
            await using var transaction = await connection.BeginTransactionAsync();
            await transaction.CommitAsync().ConfigureAwait(false);
            connection.Checkpoint();
            Process.Start("worker");
            """,
            runtime: true,
            signature: "static async Task"),
        s_transaction);

    [Fact]
    public Task A_transaction_that_is_never_committed_is_committed() => VerifyAsync(
        "Helper.Once",
        """
        using (var transaction = connection.BeginTransaction())
        {
            if (Environment.ProcessId > 0)
                [|Process.Start("worker")|];
        }
        """,
        """
        using (var transaction = connection.BeginTransaction())
        {
            if (Environment.ProcessId > 0)
            {
                transaction.Commit();
                connection.Checkpoint();
                Process.Start("worker");
            }
        }
        """);

    [Fact]
    public Task A_transaction_within_the_loop() => VerifyAsync(
        """
        foreach (var share in new[] { "1", "2" })
        {
            using var transaction = connection.BeginTransaction();
            [|Process.Start("worker", share)|];
            transaction.Commit();
        }
        """,
        """
        foreach (var share in new[] { "1", "2" })
        {
            using var transaction = connection.BeginTransaction();
            transaction.Commit();
            connection.Checkpoint();
            Process.Start("worker", share);
        }
        """);

    [Fact]
    public Task A_transaction_of_the_caller_that_is_committed_here() => _fix.VerifyAsync(
        "Helper",
        Source.Method(
            "[|Process.Start(\"worker\")|];\ntransaction.Commit();",
            parameters: "SqliteConnection connection, SqliteTransaction transaction"),
        Source.Method(
            "transaction.Commit();\nconnection.Checkpoint();\nProcess.Start(\"worker\");",
            runtime: true,
            parameters: "SqliteConnection connection, SqliteTransaction transaction"),
        s_transaction);

    [Fact]
    public Task Commit_as_sql_moves() => VerifyBySqlAsync(
        """
        connection.Execute("BEGIN IMMEDIATE");
        [|Process.Start("worker")|];
        Console.WriteLine("Commit now");
        connection.Execute(" COMMIT ; ");
        """,
        """
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute(" COMMIT ; ");
        connection.Checkpoint();
        Process.Start("worker");
        Console.WriteLine("Commit now");
        """);

    [Fact]
    public Task Commit_as_sql_of_a_command_moves_with_its_text() => VerifyBySqlAsync(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN";
        command.ExecuteNonQuery();
        [|Process.Start("worker")|];
        command.CommandText = "end transaction;";
        command.ExecuteNonQuery();
        """,
        """
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN";
        command.ExecuteNonQuery();
        command.CommandText = "end transaction;";
        command.ExecuteNonQuery();
        connection.Checkpoint();
        Process.Start("worker");
        """);

    [Fact]
    public Task Commit_as_sql_is_added_where_there_is_none() => VerifyBySqlAsync(
        "Helper.Once",
        """
        connection.Execute("BEGIN");
        [|Process.Start("worker")|];
        Console.WriteLine("The end");
        """,
        """
        connection.Execute("BEGIN");
        using (var commit = connection.CreateCommand())
        {
            commit.CommandText = "COMMIT;";
            commit.ExecuteNonQuery();
        }
        connection.Checkpoint();
        Process.Start("worker");
        Console.WriteLine("The end");
        """);

    [Theory]
    [InlineData("[|Process.Start(\"worker\")|];\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\ntransaction.Commit();")]
    [InlineData("foreach (var share in new[] { 1 })\n{\n    [|Process.Start(\"worker\")|];\n}\ntransaction.Commit();")]
    [InlineData("if (Environment.ProcessId > 0)\n{\n    [|Process.Start(\"worker\")|];\n}\ntransaction.Commit();")]
    [InlineData("foreach (var share in new[] { 1 })\n{\n    [|Process.Start(\"worker\")|];\n}")]
    [InlineData("Action start = () => [|Process.Start(\"worker\")|];\nstart();")]
    [InlineData("[|Process.Start(\"worker\")|];\nFinish(transaction);\nstatic void Finish(SqliteTransaction finished) => finished.Commit();")]
    [InlineData("[|Process.Start(\"worker\")|];\ntransaction.Rollback();")]
    [InlineData("[|Process.Start(\"worker\", transaction.ToString())|];\ntransaction.Commit();")]
    [InlineData("[|Process.Start(\"worker\")|];\nInsert(connection);\ntransaction.Commit();\nstatic void Insert(SqliteConnection target) => target.Execute(\"INSERT INTO t VALUES (1)\");")]
    [InlineData("var insert = connection.CreateCommand();\n[|Process.Start(\"worker\")|];\ninsert.ExecuteNonQuery();\ntransaction.Commit();")]
    public async Task A_commit_that_would_come_twice_or_too_early_is_not_offered(string body) => Assert.Empty(
        await _fix.OfferedAsync(Source.Method("using var transaction = connection.BeginTransaction();\n" + body), s_transaction));

    [Theory]
    [InlineData("[|Process.Start(\"worker\")|];\nconnection.Execute(\"INSERT INTO t VALUES (1)\");\nconnection.Execute(\"COMMIT\");")]
    [InlineData("[|Process.Start(\"worker\")|];\nif (Environment.ProcessId > 0)\n    connection.Execute(\"COMMIT\");")]
    [InlineData("[|Process.Start(\"worker\")|];\nconnection.Execute(\"ROLLBACK\");")]
    [InlineData("for (; ; )\n{\n    [|Process.Start(\"worker\")|];\n}")]
    public async Task A_commit_as_sql_that_would_come_twice_or_too_early_is_not_offered(string body) => Assert.Empty(
        await _fix.OfferedAsync(Source.Method("connection.Execute(\"BEGIN\");\n" + body), s_bySql));

    [Fact]
    public async Task A_transaction_of_the_caller_is_left_to_the_caller() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("[|Process.Start(\"worker\")|];", parameters: "SqliteConnection connection, SqliteTransaction transaction"),
        s_transaction));

    [Fact]
    public async Task A_transaction_nobody_can_name_is_not_committed() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("[|Process.Start(\"worker\")|];"), (DiagnosticProperties.Connection, "connection")));

    private Task VerifyAsync(string body, string expected) => VerifyAsync("Helper", body, expected);

    private Task VerifyAsync(string variant, string body, string expected) =>
        _fix.VerifyAsync(variant, Source.Method(body), Source.Method(expected, runtime: true), s_transaction);

    private Task VerifyBySqlAsync(string body, string expected) => VerifyBySqlAsync("Helper", body, expected);

    private Task VerifyBySqlAsync(string variant, string body, string expected) =>
        _fix.VerifyAsync(variant, Source.Method(body), Source.Method(expected, runtime: true), s_bySql);
}
