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

    [Theory]
    [InlineData("using var worker = [|Process.Start(\"check\")|];\nworker.WaitForExit();\nif (worker.ExitCode != 0)\n{\n    return;\n}\n\ntransaction.Commit();")]
    [InlineData("using var worker = [|Process.Start(\"check\")|];\nworker.WaitForExit();\nif (worker.ExitCode != 0)\n    throw new ArgumentException(\"rejected\");\ntransaction.Commit();")]
    [InlineData("var worker = [|Process.Start(\"check\")|] ?? throw new ArgumentException(\"rejected\");\ntransaction.Commit();")]
    [InlineData("var worker = [|Process.Start(\"check\")|];\nCheck(worker);\ntransaction.Commit();\nstatic void Check(Process worker)\n{\n    if (worker.ExitCode != 0)\n        throw new ArgumentException(\"rejected\");\n}")]
    [InlineData("[|Check()|];\ntransaction.Commit();\nstatic void Check()\n{\n    if (Process.Start(\"check\").ExitCode != 0)\n        throw new ArgumentException(\"rejected\");\n}")]
    [InlineData("var worker = [|Process.Start(\"check\")|];\n_ = int.Parse(worker.StandardOutput.ReadToEnd());\ntransaction.Commit();")]
    [InlineData("var worker = [|Process.Start(\"check\")|];\n_ = new[] { 1 }[worker.ExitCode];\ntransaction.Commit();")]
    [InlineData("var worker = [|Process.Start(\"check\")|];\nEnvironment.Exit(worker.ExitCode);\ntransaction.Commit();")]
    [InlineData("Func<bool> check = () => false;\n[|Process.Start(\"check\")|];\n_ = check();\ntransaction.Commit();")]
    [InlineData("using (var worker = [|Process.Start(\"check\")|])\n{\n    if (worker.ExitCode != 0)\n        return;\n}\n\ntransaction.Commit();")]
    [InlineData("switch ([|Process.Start(\"check\")|].ExitCode)\n{\n    case 1:\n        return;\n}\n\ntransaction.Commit();")]
    public async Task A_program_that_may_not_come_to_its_commit_is_left_alone(string body) => Assert.Empty(
        await _fix.OfferedAsync(Source.Method("using var transaction = connection.BeginTransaction();\n" + body), s_transaction));

    [Theory]
    [InlineData("Action save = transaction.Commit;\n[|Process.Start(\"worker\")|];\nsave();")]
    [InlineData("Action save = transaction.Commit;\nsave();\n[|Process.Start(\"worker\")|];\ntransaction.Commit();")]
    [InlineData("if (Environment.ProcessId > 0)\n{\n    Save();\n}\n[|Process.Start(\"worker\")|];\ntransaction.Commit();\nvoid Save() => transaction.Commit();")]
    [InlineData("var all = new List<SqliteTransaction> { transaction };\n[|Process.Start(\"worker\")|];\ntransaction.Commit();\nall.Clear();")]
    [InlineData("var other = transaction;\n[|Process.Start(\"worker\")|];\ntransaction.Commit();\nother.Dispose();")]
    [InlineData("Finish(transaction);\n[|Process.Start(\"worker\")|];\ntransaction.Commit();\nstatic void Finish(SqliteTransaction finished) => finished.Commit();")]
    [InlineData("[|Process.Start(\"worker\")|];\nAction later = () => transaction.Commit();\nlater();")]
    [InlineData("transaction.Save(\"first\");\n[|Process.Start(\"worker\")|];\ntransaction.Commit();")]
    [InlineData("[|Process.Start(\"worker\")|];\n#if NEVER\ntransaction.Rollback();\n#else\ntransaction.Commit();\n#endif")]
    public async Task A_transaction_that_may_be_ended_elsewhere_is_left_alone(string body) => Assert.Empty(
        await _fix.OfferedAsync(Source.Method("using var transaction = connection.BeginTransaction();\n" + body), s_transaction));

    [Theory]
    [InlineData("try\n{\n    [|Process.Start(\"worker\")|];\n    transaction.Commit();\n}\ncatch\n{\n    transaction.Rollback();\n    throw;\n}")]
    [InlineData("try\n{\n    [|Process.Start(\"worker\")|];\n    transaction.Commit();\n}\ncatch (Exception)\n{\n    transaction.Rollback();\n    Console.WriteLine(\"not stored\");\n}")]
    [InlineData("try\n{\n    [|Process.Start(\"worker\")|];\n    transaction.Commit();\n}\nfinally\n{\n    if (Environment.ProcessId == 0)\n        transaction.Rollback();\n}")]
    [InlineData("var rows = connection.ExecuteReader(\"SELECT 1\");\nwhile (rows.Read())\n{\n    [|Process.Start(\"worker\")|];\n    transaction.Commit();\n}")]
    public async Task Where_a_handler_or_a_reader_is_in_the_way_nothing_is_offered(string body) => Assert.Empty(
        await _fix.OfferedAsync(Source.Method("using var transaction = connection.BeginTransaction();\n" + body), s_transaction));

    [Theory]
    [InlineData("try\n{\n    [|Process.Start(\"worker\")|];\n    transaction.Commit();\n}\ncatch (Exception)\n{\n    Console.WriteLine(\"not stored\");\n}")]
    [InlineData("[|Process.Start(\"worker\")|];")]
    public Task What_only_the_user_knows_is_offered_for_one_place(string body) => _fix.VerifyForOneOnlyAsync(
        "Helper", Source.Method("using var transaction = connection.BeginTransaction();\n" + body), s_transaction);

    [Fact]
    public Task A_trial_run_begun_by_sql_is_offered_for_one_place() => _fix.VerifyForOneOnlyAsync(
        "Plain", Source.Method("connection.Execute(\"BEGIN\");\n[|Process.Start(\"worker\")|];"), s_bySql);

    [Fact]
    public Task What_is_said_of_the_process_stays_behind_it() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Insert(connection, transaction);
        using (var command = new SqliteCommand("DELETE FROM t", connection, transaction))
        {
            command.ExecuteNonQuery();
        }

        using var worker = [|Process.Start("worker")|];
        worker.WaitForExit();
        if (worker.ExitCode != 0)
        {
            Console.WriteLine("failed");
        }

        // All rows are in.
        transaction?.Commit(); // done
        Console.WriteLine("end");

        static void Insert(SqliteConnection target, SqliteTransaction within) => target.Execute("INSERT INTO t VALUES (1)", transaction: within);
        """,
        """
        using var transaction = connection.BeginTransaction();
        Insert(connection, transaction);
        using (var command = new SqliteCommand("DELETE FROM t", connection, transaction))
        {
            command.ExecuteNonQuery();
        }

        // All rows are in.
        transaction?.Commit(); // done
        connection.Checkpoint();
        using var worker = Process.Start("worker");
        worker.WaitForExit();
        if (worker.ExitCode != 0)
        {
            Console.WriteLine("failed");
        }

        Console.WriteLine("end");

        static void Insert(SqliteConnection target, SqliteTransaction within) => target.Execute("INSERT INTO t VALUES (1)", transaction: within);
        """);

    [Theory]
    [InlineData("[|Process.Start(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], \"worker\"])|].WaitForExit();")]
    [InlineData("var worker = [|Process.Start(\"worker\")|];\nwhile (!worker.WaitForExit(100))\n{\n    Console.WriteLine(\"still at work\");\n}")]
    [InlineData("var worker = [|Process.Start(\"worker\")|];\nTell(worker.Id);\nstatic void Tell(int id) => Console.WriteLine($\"started {id}\");")]
    public async Task Where_the_program_comes_to_its_commit_whatever_happens_the_commit_moves(string body) => Assert.Equal(
        ["Helper", "Plain"],
        await _fix.OfferedAsync(Source.Method("using var transaction = connection.BeginTransaction();\n" + body + "\ntransaction.Commit();"), s_transaction));

    [Fact]
    public async Task Titles_say_whether_a_commit_moves_or_is_new()
    {
        Assert.Equal(
            ["Move the commit before the process start, and checkpoint", "Move the commit before the process start, and checkpoint (ADO.NET only)"],
            await _fix.TitlesAsync(Source.Method("using var transaction = connection.BeginTransaction();\n[|Process.Start(\"worker\")|];\ntransaction.Commit();"), s_transaction));
        Assert.Equal(
            ["Add a commit before the process start, and checkpoint", "Add a commit before the process start, and checkpoint (ADO.NET only)"],
            await _fix.TitlesAsync(Source.Method("using var transaction = connection.BeginTransaction();\n[|Process.Start(\"worker\")|];"), s_transaction));
    }

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
