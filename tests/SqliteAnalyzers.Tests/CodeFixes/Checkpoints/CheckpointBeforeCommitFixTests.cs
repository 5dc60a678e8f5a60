using SqliteAnalyzers.CodeFixes.Checkpoints;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Checkpoints;

public sealed class CheckpointBeforeCommitFixTests
{
    private static readonly (string, string)[] s_transaction =
    [
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Transaction, "transaction"),
        (DiagnosticProperties.Mode, "Truncate"),
    ];

    private static readonly (string, string)[] s_bySql =
    [
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.TransactionBegunBySql, DiagnosticProperties.True),
        (DiagnosticProperties.Mode, "Full"),
    ];

    private readonly FixHarness _fix = new(
        new CheckpointBeforeCommitFix(), Descriptors.CheckpointBeforeCommit, nameof(Descriptors.CheckpointBeforeCommit));

    [Fact]
    public Task A_command_made_for_it_goes_and_the_helper_comes_after_the_commit() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();

        // Empty the -wal file.
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        [|command.ExecuteNonQuery()|];

        transaction.Commit(); // all rows
        Console.WriteLine();
        """,
        """
        using var transaction = connection.BeginTransaction();

        transaction.Commit(); // all rows
        // Empty the -wal file.
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        Console.WriteLine();
        """);

    [Fact]
    public Task Comments_go_with_the_checkpoint() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();

        // Empty the -wal file.
        using var command = connection.CreateCommand(); // once
        // All of it.
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";

        [|command.ExecuteNonQuery()|]; // now

        // Keep it.
        transaction.Commit();
        """,
        """
        using var transaction = connection.BeginTransaction();

        // Keep it.
        transaction.Commit();
        // Empty the -wal file.
        // once
        // All of it.
        // now
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        """);

    [Fact]
    public Task Without_the_helper_the_busy_column_is_read() => _fix.VerifyAsync(
        "Plain",
        Source.Method(
            """
            using var transaction = connection.BeginTransaction();
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE);", transaction: transaction);
            [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE);", transaction: transaction)|];
            transaction.Commit();
            """),
        Source.Method(
            """
            using var transaction = connection.BeginTransaction();
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE);", transaction: transaction);
            transaction.Commit();
            using (var checkpoint = connection.CreateCommand())
            {
                checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
                if (checkpoint.ExecuteScalar() is 1L)
                {
                    throw new InvalidOperationException("The checkpoint was blocked by another connection.");
                }
            }
            """),
        s_transaction);

    [Fact]
    public Task A_using_statement_made_for_it_goes_as_a_whole() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            [|command.ExecuteNonQuery()|];
        }
        transaction.Commit();
        """,
        """
        using var transaction = connection.BeginTransaction();
        transaction.Commit();
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        """);

    [Fact]
    public Task A_command_with_other_work_stays() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES (1)";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        [|command.ExecuteNonQuery()|];
        transaction.Commit();
        """,
        """
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES (1)";
        command.ExecuteNonQuery();
        transaction.Commit();
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        """);

    [Fact]
    public Task Without_a_commit_one_comes_before() => VerifyAsync(
        "Helper.Once",
        """
        using var transaction = connection.BeginTransaction();
        [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)", transaction: transaction)|];
        """,
        """
        using var transaction = connection.BeginTransaction();
        transaction.Commit();
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        """);

    [Fact]
    public Task The_helper_itself_moves() => _fix.VerifyAsync(
        "Helper",
        Source.Method(
            """
            using (var transaction = connection.BeginTransaction())
            {
                [|connection.Checkpoint(SqliteCheckpointMode.Restart, TimeSpan.FromSeconds(1))|];
                transaction.Commit();
            }
            """,
            runtime: true),
        Source.Method(
            """
            using (var transaction = connection.BeginTransaction())
            {
                transaction.Commit();
                connection.Checkpoint(SqliteCheckpointMode.Restart, TimeSpan.FromSeconds(1));
            }
            """,
            runtime: true),
        s_transaction);

    [Fact]
    public Task After_a_commit_as_sql() => _fix.VerifyAsync(
        "Helper",
        Source.Method(
            """
            connection.Execute("BEGIN");
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
            connection.Execute("INSERT INTO t VALUES (1)");
            connection.Execute("COMMIT");
            """),
        Source.Method(
            """
            connection.Execute("BEGIN");
            connection.Execute("INSERT INTO t VALUES (1)");
            connection.Execute("COMMIT");
            connection.Checkpoint();
            """,
            runtime: true),
        s_bySql);

    [Fact]
    public Task After_a_commit_by_a_command() => _fix.VerifyAsync(
        "Helper",
        Source.Method(
            """
            using var command = new SqliteCommand("BEGIN", connection);
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA wal_checkpoint(FULL)";
            [|command.ExecuteNonQuery()|];
            command.CommandText = "COMMIT";
            command.ExecuteNonQuery();
            """),
        Source.Method(
            """
            using var command = new SqliteCommand("BEGIN", connection);
            command.ExecuteNonQuery();
            command.CommandText = "COMMIT";
            command.ExecuteNonQuery();
            connection.Checkpoint();
            """,
            runtime: true),
        s_bySql);

    [Theory]
    [InlineData("var result = [|connection.ExecuteScalar(\"PRAGMA wal_checkpoint\", transaction: transaction)|];\ntransaction.Commit();\nConsole.WriteLine(result);")]
    [InlineData("[|connection.Execute(\"INSERT INTO t VALUES (1); PRAGMA wal_checkpoint\", transaction: transaction)|];\ntransaction.Commit();")]
    [InlineData("if (Environment.ProcessId > 0)\n{\n    [|connection.Execute(\"PRAGMA wal_checkpoint\")|];\n}\ntransaction.Commit();")]
    [InlineData("while (true)\n{\n    [|connection.Execute(\"PRAGMA wal_checkpoint\")|];\n}")]
    public async Task What_cannot_move_is_not_offered(string body) => Assert.Empty(
        await _fix.OfferedAsync(Source.Method("using var transaction = connection.BeginTransaction();\n" + body), s_transaction));

    [Fact]
    public Task Where_a_process_starts_before_the_commit_the_commit_moves() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)", transaction: transaction)|];
        Process.Start("worker").WaitForExit();
        transaction.Commit();
        """,
        """
        using var transaction = connection.BeginTransaction();
        transaction.Commit();
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        Process.Start("worker").WaitForExit();
        """);

    [Fact]
    public Task Where_the_handler_rolls_back_it_comes_after_the_try() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        try
        {
            [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)", transaction: transaction)|];
            transaction.Commit();
        }
        catch (SqliteException)
        {
            transaction.Rollback();
            throw;
        }
        Console.WriteLine("stored");
        """,
        """
        using var transaction = connection.BeginTransaction();
        try
        {
            transaction.Commit();
        }
        catch (SqliteException)
        {
            transaction.Rollback();
            throw;
        }
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        Console.WriteLine("stored");
        """);

    [Fact]
    public Task The_checkpoint_of_another_database_keeps_its_name() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        [|connection.Execute("PRAGMA aux.wal_checkpoint(TRUNCATE)", transaction: transaction)|];
        transaction.Commit();
        """,
        """
        using var transaction = connection.BeginTransaction();
        transaction.Commit();
        connection.Checkpoint(SqliteCheckpointMode.Truncate, databaseName: "aux");
        """);

    [Theory]
    [InlineData("try\n{\n    [|CHECKPOINT|];\n    transaction.Commit();\n}\ncatch (SqliteException)\n{\n    transaction.Rollback();\n    Console.WriteLine(\"not stored\");\n}")]
    [InlineData("try\n{\n    [|CHECKPOINT|];\n    transaction.Commit();\n    Process.Start(\"worker\");\n}\ncatch\n{\n    transaction.Rollback();\n    throw;\n}")]
    [InlineData("[|CHECKPOINT|];\nvar worker = Process.Start(\"worker\");\nif (worker.ExitCode != 0)\n    return;\ntransaction.Commit();")]
    [InlineData("[|CHECKPOINT|];\nconnection.Execute(\"INSERT INTO t VALUES (1)\", transaction: transaction);\nProcess.Start(\"worker\");\ntransaction.Commit();")]
    [InlineData("[|CHECKPOINT|];\nAction start = () => Process.Start(\"worker\");\nstart();\ntransaction.Commit();")]
    [InlineData("Action save = transaction.Commit;\n[|CHECKPOINT|];\nsave();")]
    [InlineData("using var reader = connection.ExecuteReader(\"SELECT 1\", transaction: transaction);\nreader.Read();\n[|CHECKPOINT|];\ntransaction.Commit();")]
    [InlineData("var timeout = 1;\n[|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\", transaction: transaction, commandTimeout: ++timeout)|];\ntransaction.Commit();")]
    public async Task A_checkpoint_without_a_better_place_is_left_alone(string body) => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("using var transaction = connection.BeginTransaction();\n"
            + body.Replace("CHECKPOINT", "connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\", transaction: transaction)", StringComparison.Ordinal)),
        s_transaction));

    [Theory]
    [InlineData("[|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\", transaction: transaction)|];")]
    [InlineData("try\n{\n    [|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\", transaction: transaction)|];\n    transaction.Commit();\n}\ncatch\n{\n    Console.WriteLine(\"not stored\");\n}")]
    public Task What_only_the_user_knows_is_offered_for_one_place(string body) => _fix.VerifyForOneOnlyAsync(
        "Helper", Source.Method("using var transaction = connection.BeginTransaction();\n" + body), s_transaction);

    [Theory]
    [InlineData("{0};\ntransaction.Commit();", "Move the checkpoint after the commit")]
    [InlineData("{0};\nProcess.Start(\"worker\");\ntransaction.Commit();", "Move the commit before the checkpoint")]
    [InlineData("{0};", "Add a commit before the checkpoint")]
    public async Task Titles_say_what_moves(string body, string title) => Assert.Equal(
        [title, title + " (ADO.NET only)"],
        await _fix.TitlesAsync(
            Source.Method("using var transaction = connection.BeginTransaction();\n"
                + body.Replace("{0}", "[|connection.Execute(\"PRAGMA wal_checkpoint(TRUNCATE)\", transaction: transaction)|]", StringComparison.Ordinal)),
            s_transaction));

    [Fact]
    public async Task A_half_read_reader_has_no_commit() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("[|connection.Execute(\"PRAGMA wal_checkpoint\")|];"),
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Mode, "Passive")));

    private Task VerifyAsync(string body, string expected) => VerifyAsync("Helper", body, expected);

    private Task VerifyAsync(string variant, string body, string expected) =>
        _fix.VerifyAsync(variant, Source.Method(body), Source.Method(expected, runtime: true), s_transaction);
}
