using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Checkpoints;

/// <summary>SQLITE2001 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class CheckpointBeforeCommitTests
{
    [Theory]
    [InlineData("PRAGMA wal_checkpoint")]
    [InlineData("PRAGMA wal_checkpoint(PASSIVE)")]
    [InlineData("PRAGMA wal_checkpoint(FULL)")]
    [InlineData("PRAGMA wal_checkpoint(RESTART)")]
    [InlineData("PRAGMA wal_checkpoint = TRUNCATE")]
    [InlineData("pragma main.Wal_Checkpoint('full');")]
    [InlineData("SELECT 1; PRAGMA wal_checkpoint(FULL)")]
    public Task Every_checkpoint_statement(string sql) => VerifyAsync(
        $$"""
        using var transaction = connection.BeginTransaction();
        Db.Write(connection);
        [|connection.Execute("{{sql}}")|];
        """);

    [Theory]
    [InlineData("PRAGMA wal_checkpoint(NOOP)")]
    [InlineData("PRAGMA wal_autocheckpoint=1000")]
    [InlineData("PRAGMA optimize")]
    [InlineData("SELECT 'PRAGMA wal_checkpoint(FULL)'")]
    [InlineData("-- PRAGMA wal_checkpoint(FULL)")]
    public Task Clean_what_is_no_checkpoint(string sql) => VerifyAsync(
        $"using var transaction = connection.BeginTransaction(); Db.Write(connection); connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("connection.ExecuteScalar<long>(\"PRAGMA wal_checkpoint(FULL)\")")]
    [InlineData("connection.Query(\"PRAGMA wal_checkpoint(FULL)\")")]
    [InlineData("new SqliteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection).ExecuteNonQuery()")]
    [InlineData("new SqliteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection).ExecuteScalar()")]
    [InlineData("new SqliteCommand(\"PRAGMA wal_checkpoint(FULL)\", connection).ExecuteReader()")]
    [InlineData("SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection)")]
    [InlineData("SqliteAnalyzers.Runtime.SqliteConnectionExtensions.TryCheckpoint(connection)")]
    public Task Every_way_to_run_it(string checkpoint) => VerifyAsync(
        $"connection.Execute(\"BEGIN IMMEDIATE\"); _ = [|{checkpoint}|];");

    [Theory]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("BEGIN EXCLUSIVE TRANSACTION")]
    [InlineData("BEGIN; SELECT count(*) FROM items")]
    [InlineData("BEGIN; DELETE FROM items")]
    [InlineData("SAVEPOINT first; DELETE FROM items")]
    public Task Every_transaction_begun_by_text(string sql) => VerifyAsync(
        $"connection.Execute(\"{sql}\"); [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];");

    [Theory]
    [InlineData("BEGIN IMMEDIATE; COMMIT")]
    [InlineData("BEGIN; DELETE FROM items; END")]
    [InlineData("BEGIN; DELETE FROM items; ROLLBACK")]
    [InlineData("SAVEPOINT first; DELETE FROM items; RELEASE first")]
    [InlineData("SELECT 'BEGIN IMMEDIATE'")]
    [InlineData("/* BEGIN IMMEDIATE */")]
    [InlineData("DELETE FROM items")]
    public Task Clean_without_an_open_transaction(string sql) => VerifyAsync(
        $"connection.Execute(\"{sql}\"); connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");");

    [Theory]
    [InlineData("transaction.Commit();")]
    [InlineData("transaction.Rollback();")]
    [InlineData("transaction.Dispose();")]
    public Task Clean_after_the_end_of_the_transaction(string end) => VerifyAsync(
        $$"""
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        {{end}}
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM items\");")]
    [InlineData("connection.ExecuteScalar<long>(\"SELECT count(*) FROM items\");")]
    [InlineData("connection.QuerySingle<long>(\"SELECT count(*) FROM items\");")]
    [InlineData("var names = connection.Query<string>(\"SELECT name FROM items\").ToList();")]
    [InlineData("new SqliteCommand(\"SELECT count(*) FROM items\", connection).ExecuteScalar();")]
    [InlineData("new SqliteCommand(\"INSERT INTO items (name) VALUES ('a')\", connection).ExecuteNonQuery();")]
    public Task Clean_after_a_statement_that_has_finished(string statement) => VerifyAsync(
        $"{statement} connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");");

    [Fact]
    public Task Clean_after_the_connection_was_closed_and_opened_again() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        connection.Close();
        connection.Open();
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Theory]
    [InlineData("connection.Execute(\"BEGIN IMMEDIATE\"); connection.Close(); connection.Open();")]
    [InlineData("connection.Execute(\"BEGIN\"); connection.Execute(\"DELETE FROM items\"); connection.Close(); connection.Open();")]
    [InlineData("connection.Execute(\"BEGIN; SELECT * FROM items\"); connection.Dispose(); connection.Open();")]
    [InlineData("connection.Execute(\"SAVEPOINT a\"); connection.Execute(\"DELETE FROM items\"); connection.Close(); connection.Open();")]
    [InlineData("connection.Execute(\"BEGIN IMMEDIATE\"); Reopen(connection); static void Reopen(SqliteConnection connection) { connection.Close(); connection.Open(); }")]
    public Task The_pool_gives_a_transaction_back_that_was_begun_by_SQL(string statements) => VerifyAsync(
        $"{statements} [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];");

    [Theory]
    [InlineData("Pooling=False", "own.Execute(\"BEGIN IMMEDIATE\");")]
    [InlineData("Mode=Memory", "own.Execute(\"BEGIN IMMEDIATE\");")]
    [InlineData("Pooling=True", "own.Execute(\"BEGIN IMMEDIATE\"); own.Execute(\"ROLLBACK\");")]
    [InlineData("Pooling=True", "own.BeginTransaction();")]
    [InlineData("Pooling=True", "own.Execute(\"BEGIN IMMEDIATE; COMMIT\"); own.BeginTransaction();")]
    public Task Clean_after_a_close_that_ends_the_transaction(string keyword, string statements) => VerifyAsync(
        $$"""
        using var own = new SqliteConnection("Data Source=app.db;{{keyword}}");
        own.Open();
        {{statements}}
        own.Close();
        own.Open();
        own.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_where_the_transaction_returns() => VerifyAsync(
        """
        if (flag)
        {
            connection.Execute("BEGIN IMMEDIATE");
            return;
        }
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task A_transaction_that_has_only_read() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction(deferred: true);
        connection.ExecuteScalar<long>("SELECT count(*) FROM items", transaction: transaction);
        [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task Clean_in_a_deferred_transaction_that_has_done_nothing() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction(deferred: true);
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task A_half_read_reader() => VerifyAsync(
        """
        using var command = new SqliteCommand("SELECT name FROM items", connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task A_checkpoint_in_the_loop_over_a_reader() => VerifyAsync(
        """
        using var command = new SqliteCommand("SELECT name FROM items", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        }
        """);

    [Fact]
    public Task A_loop_over_a_reader_that_is_left_early() => VerifyAsync(
        """
        using var command = new SqliteCommand("SELECT name FROM items", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (flag) break;
        }
        [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task Clean_after_a_reader_that_was_read_to_its_end() => VerifyAsync(
        """
        using var command = new SqliteCommand("SELECT name FROM items", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read()) Console.WriteLine(reader.GetString(0));
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_after_a_reader_that_was_disposed() => VerifyAsync(
        """
        using var command = new SqliteCommand("SELECT name FROM items", connection);
        using (var reader = command.ExecuteReader()) { reader.Read(); }
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_after_a_reader_that_was_closed() => VerifyAsync(
        """
        var reader = connection.ExecuteReader("SELECT name FROM items");
        reader.Read();
        reader.Close();
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_after_a_buffered_query() => VerifyAsync(
        """
        var names = connection.Query<string>("SELECT name FROM items");
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_with_a_transaction_on_another_connection() => VerifyAsync(
        """
        using var second = Db.Open();
        using var transaction = second.BeginTransaction();
        Db.Write(second);
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        transaction.Commit();
        """);

    [Fact]
    public Task Clean_where_the_transaction_begins_after_the_checkpoint() => VerifyAsync(
        """
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        using var transaction = connection.BeginTransaction();
        Db.Write(connection);
        transaction.Commit();
        """);

    [Fact]
    public Task A_commit_in_one_branch() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        Db.Write(connection);
        if (flag) transaction.Commit();
        [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task A_transaction_in_one_arm_of_a_switch() => VerifyAsync(
        """
        switch (items.Length)
        {
            case 0: connection.Execute("BEGIN IMMEDIATE"); break;
            default: break;
        }
        [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task Clean_with_commit_and_rollback_in_the_branches() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        Db.Write(connection);
        if (flag) transaction.Commit(); else transaction.Rollback();
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_where_the_same_condition_guards_begin_and_commit() => VerifyAsync(
        """
        if (flag) connection.Execute("BEGIN IMMEDIATE");
        Db.Write(connection);
        if (flag) connection.Execute("COMMIT");
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_where_transaction_and_checkpoint_exclude_each_other() => VerifyAsync(
        """
        if (flag) { connection.Execute("BEGIN IMMEDIATE"); }
        else { connection.Execute("PRAGMA wal_checkpoint(FULL)"); }
        """);

    [Fact]
    public Task A_checkpoint_in_a_loop_inside_the_transaction() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        foreach (var item in items)
        {
            Db.Write(connection);
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        }
        transaction.Commit();
        """);

    [Fact]
    public Task A_transaction_that_the_next_round_finds_open() => VerifyAsync(
        """
        foreach (var item in items)
        {
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
            connection.Execute("BEGIN IMMEDIATE");
        }
        """);

    [Fact]
    public Task Clean_with_commit_and_checkpoint_in_each_round() => VerifyAsync(
        """
        foreach (var item in items)
        {
            using (var transaction = connection.BeginTransaction())
            {
                Db.Write(connection);
                transaction.Commit();
            }
            connection.Execute("PRAGMA wal_checkpoint(FULL)");
        }
        """);

    [Fact]
    public Task A_checkpoint_in_the_catch() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try { Db.Write(connection); transaction.Commit(); }
        catch (SqliteException)
        {
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
            transaction.Rollback();
        }
        """);

    [Fact]
    public Task A_checkpoint_in_the_finally() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try { Db.Write(connection); transaction.Commit(); }
        finally { [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|]; }
        """);

    [Fact]
    public Task Clean_in_the_catch_after_the_rollback() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try { Db.Write(connection); transaction.Commit(); }
        catch (SqliteException)
        {
            transaction.Rollback();
            connection.Execute("PRAGMA wal_checkpoint(FULL)");
        }
        """);

    [Fact]
    public Task Clean_in_the_finally_after_the_dispose() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try { Db.Write(connection); transaction.Commit(); }
        finally
        {
            transaction.Dispose();
            connection.Execute("PRAGMA wal_checkpoint(FULL)");
        }
        """);

    [Fact]
    public Task Inside_a_using_statement() => VerifyAsync(
        """
        using (var transaction = connection.BeginTransaction())
        {
            Db.Write(connection);
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
            transaction.Commit();
        }
        """);

    [Fact]
    public Task Clean_after_a_using_statement() => VerifyAsync(
        """
        using (var transaction = connection.BeginTransaction()) { Db.Write(connection); }
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Awaited() => VerifyAsyncAsync(
        """
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("DELETE FROM items", transaction: transaction);
        await [|connection.ExecuteAsync("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task An_awaited_reader() => VerifyAsyncAsync(
        """
        await using var command = new SqliteCommand("SELECT name FROM items", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        await [|connection.ExecuteAsync("PRAGMA wal_checkpoint(FULL)")|];
        """);

    [Fact]
    public Task Clean_awaited() => VerifyAsyncAsync(
        """
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("DELETE FROM items", transaction: transaction);
        await transaction.CommitAsync();
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_after_an_awaited_reader_that_was_read_to_its_end() => VerifyAsyncAsync(
        """
        await using var command = new SqliteCommand("SELECT name FROM items", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) Console.WriteLine(reader.GetString(0));
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Fields() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        private SqliteTransaction? _transaction;
        void Run()
        {
            _transaction = _connection.BeginTransaction();
            _connection.Execute("DELETE FROM items", transaction: _transaction);
            [|_connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
            _transaction.Commit();
        }
        """);

    [Fact]
    public Task Clean_with_fields() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        private SqliteTransaction? _transaction;
        void Run()
        {
            _transaction = _connection.BeginTransaction();
            _connection.Execute("DELETE FROM items", transaction: _transaction);
            End();
            _connection.Execute("PRAGMA wal_checkpoint(FULL)");
        }
        void End()
        {
            _transaction!.Commit();
            _transaction = null;
        }
        """);

    [Fact]
    public Task A_helper_that_checkpoints() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Db.Write(connection);
        [|Db.Checkpoint(connection)|];
        transaction.Commit();
        """);

    [Fact]
    public Task Clean_with_a_helper_that_checkpoints_after_the_commit() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Db.Write(connection);
        transaction.Commit();
        Db.Checkpoint(connection);
        """);

    [Fact]
    public Task A_helper_that_begins() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            Begin(connection);
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        }
        static void Begin(SqliteConnection connection) => connection.Execute("BEGIN IMMEDIATE");
        """);

    [Fact]
    public Task Clean_with_a_helper_that_begins_and_commits() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            Save(connection);
            connection.Execute("PRAGMA wal_checkpoint(FULL)");
        }
        static void Save(SqliteConnection connection) => connection.Execute("BEGIN IMMEDIATE; DELETE FROM items; COMMIT");
        """);

    [Fact]
    public Task Clean_in_a_helper_that_nobody_calls_in_a_transaction() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection) => Flush(connection);
        static void Flush(SqliteConnection connection) => connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task An_instance_in_another_class() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Begin() => _connection.Execute("BEGIN IMMEDIATE");
            public void End() => _connection.Execute("COMMIT");
            public void Flush() => _connection.Execute("PRAGMA wal_checkpoint(FULL)");
        }
        class Program
        {
            static void Run(Store store)
            {
                store.Begin();
                [|store.Flush()|];
                store.End();
            }
        }
        """);

    [Fact]
    public Task Clean_with_an_instance_in_another_class() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Begin() => _connection.Execute("BEGIN IMMEDIATE");
            public void End() => _connection.Execute("COMMIT");
            public void Flush() => _connection.Execute("PRAGMA wal_checkpoint(FULL)");
        }
        class Program
        {
            static void Run(Store store)
            {
                store.Begin();
                store.End();
                store.Flush();
            }
        }
        """);

    [Fact]
    public Task An_interface_with_one_implementation() => VerifyTypesAsync(
        """
        interface IMaintenance { void Flush(SqliteConnection connection); }
        class Maintenance : IMaintenance
        {
            public void Flush(SqliteConnection connection) => Db.Checkpoint(connection);
        }
        class Program
        {
            static void Run(IMaintenance maintenance)
            {
                using var connection = Db.Open();
                using var transaction = connection.BeginTransaction();
                [|maintenance.Flush(connection)|];
            }
        }
        """);

    [Fact]
    public Task Clean_with_an_interface_with_one_implementation() => VerifyTypesAsync(
        """
        interface IUnitOfWork { void Complete(SqliteTransaction transaction); }
        class UnitOfWork : IUnitOfWork
        {
            public void Complete(SqliteTransaction transaction) => transaction.Commit();
        }
        class Program
        {
            static void Run(IUnitOfWork work)
            {
                using var connection = Db.Open();
                using var transaction = connection.BeginTransaction();
                work.Complete(transaction);
                Db.Checkpoint(connection);
            }
        }
        """);

    [Fact]
    public Task A_lambda_is_reported_where_it_is_invoked() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Action flush = () => connection.Execute("PRAGMA wal_checkpoint(FULL)");
        [|flush()|];
        """);

    [Fact]
    public Task Clean_with_a_lambda_that_is_invoked_after_the_commit() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Action flush = () => connection.Execute("PRAGMA wal_checkpoint(FULL)");
        transaction.Commit();
        flush();
        """);

    [Fact]
    public Task A_lambda_that_holds_the_transaction_too() => VerifyAsync(
        """
        Action flush = () =>
        {
            connection.Execute("BEGIN IMMEDIATE");
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        };
        flush();
        """);

    [Fact]
    public Task A_local_function_is_reported_where_it_is_called() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        [|Flush()|];
        void Flush() => connection.Execute("PRAGMA wal_checkpoint(FULL)");
        """);

    [Fact]
    public Task Clean_with_a_local_function_that_commits() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        End();
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        void End() => transaction.Commit();
        """);

    [Fact]
    public Task Recursion() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            Walk(connection, 3);
            [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        }
        static void Walk(SqliteConnection connection, int depth)
        {
            if (depth == 0) connection.Execute("BEGIN IMMEDIATE");
            else Walk(connection, depth - 1);
        }
        """);

    [Fact]
    public Task Clean_with_recursion() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            Walk(connection, 3);
            connection.Execute("PRAGMA wal_checkpoint(FULL)");
        }
        static void Walk(SqliteConnection connection, int depth)
        {
            connection.Execute("BEGIN IMMEDIATE; DELETE FROM items; COMMIT");
            if (depth > 0) Walk(connection, depth - 1);
        }
        """);

    [Fact]
    public Task Partial_classes() => VerifyTypesAsync(
        """
        partial class Program
        {
            private readonly SqliteConnection _connection = Db.Open();
            void Run()
            {
                Begin();
                [|_connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
            }
        }
        partial class Program
        {
            void Begin() => _connection.Execute("BEGIN IMMEDIATE");
        }
        """);

    [Fact]
    public Task Half_typed_code() => VerifyHalfTypedAsync(
        """
        using var transaction = connection.BeginTransaction();
        Console.;
        [|connection.Execute("PRAGMA wal_checkpoint(FULL)")|];
        if (
        """);

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); connection.Execute(")]
    [InlineData("using var transaction = connection.BeginTransaction(); transaction.Commit(); connection.Execute(\"PRAGMA wal_checkpoint(FULL)\"); if (")]
    [InlineData("using var transaction = connection.; connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");")]
    [InlineData("var transaction = connection.BeginTransaction(); Db.Write(connection); transaction.; connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");")]
    public Task Clean_in_half_typed_code(string statements) => VerifyHalfTypedAsync(statements);

    [Fact]
    public Task Clean_with_types_of_the_users_own() => VerifyAloneAsync(
        """
        var connection = new Own.SqliteConnection();
        connection.BeginTransaction();
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("PRAGMA wal_checkpoint(FULL)");
        namespace Own
        {
            class SqliteConnection
            {
                public void BeginTransaction() { }
                public void Execute(string sql) { }
            }
        }
        """);

    [Fact]
    public Task Clean_in_generated_code() => VerifyTypesAsync(
        """
        [System.CodeDom.Compiler.GeneratedCode("tool", "1.0")]
        class Generated
        {
            static void Run(SqliteConnection connection) => connection.Execute("BEGIN IMMEDIATE; PRAGMA wal_checkpoint(FULL)");
        }
        """);

    [Fact]
    public Task Clean_where_the_severity_is_none() => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        RuleSource.Statements("connection.Execute(\"BEGIN IMMEDIATE\"); connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");"),
        test => test.EditorConfig = "dotnet_diagnostic.SQLITE2001.severity = none");

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM items\")", "a transaction with uncommitted writes is open")]
    [InlineData("connection.ExecuteScalar<long>(\"SELECT count(*) FROM items\")", "a transaction that has read is open")]
    public Task The_message_names_the_hindrance_and_the_location_of_it_is_added(string statement, string hindrance) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        RuleSource.Statements(
            $$"""
            connection.Execute("BEGIN");
            {|#1:{{statement}}|};
            {|#0:connection.Execute("PRAGMA wal_checkpoint(FULL)")|};
            """),
        test => test.ExpectedDiagnostics.Add(Expected(hindrance, "after the whole command timeout")));

    [Fact]
    public Task The_message_names_a_transaction_in_which_nothing_ran() => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        RuleSource.Statements(
            """
            using var transaction = {|#1:connection.BeginTransaction()|};
            {|#0:connection.Execute("PRAGMA wal_checkpoint(FULL)")|};
            """),
        test => test.ExpectedDiagnostics.Add(Expected("a transaction is open", "after the whole command timeout")));

    [Fact]
    public Task The_message_names_a_reader_in_a_called_method() => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        RuleSource.Members(
            """
            static void Run(SqliteConnection connection)
            {
                using var reader = Names(connection);
                reader.Read();
                {|#0:Db.Checkpoint(connection)|};
            }
            static SqliteDataReader Names(SqliteConnection connection)
            {
                var command = new SqliteCommand("SELECT name FROM items", connection);
                return {|#1:command.ExecuteReader()|};
            }
            """),
        test => test.ExpectedDiagnostics.Add(Expected("a data reader is half read", "after the whole command timeout")));

    [Fact]
    public Task The_helper_fails_at_once() => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        RuleSource.Statements(
            """
            {|#1:connection.Execute("BEGIN IMMEDIATE")|};
            {|#0:SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint(connection)|};
            """),
        test => test.ExpectedDiagnostics.Add(Expected("a transaction is open", "at once")));

    [Theory]
    [InlineData("PASSIVE", "Passive")]
    [InlineData("full", "Full")]
    [InlineData("RESTART", "Restart")]
    [InlineData("TRUNCATE", "Truncate")]
    public Task The_fix_is_told_connection_transaction_and_mode(string mode, string expected) => VerifyPropertiesAsync(
        $$"""
        using var transaction = connection.BeginTransaction();
        [|connection.Execute("PRAGMA wal_checkpoint({{mode}})")|];
        """,
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Mode, expected),
        (DiagnosticProperties.Transaction, "transaction"));

    [Fact]
    public Task The_fix_is_told_that_text_began_the_transaction() => VerifyPropertiesAsync(
        """
        connection.Execute("BEGIN IMMEDIATE");
        [|connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)")|];
        """,
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Mode, "Truncate"),
        (DiagnosticProperties.TransactionBegunBySql, DiagnosticProperties.True));

    [Theory]
    [InlineData("for (var i = 0; i < sql.Length; i++) connection.Execute(sql[i]);", "string[] sql = [\"BEGIN\", \"DELETE FROM items\", \"COMMIT\"];")]
    [InlineData("foreach (var statement in sql) connection.Execute(statement);", "var sql = new List<string>(); sql.Add(\"BEGIN\"); sql.Add(\"DELETE FROM items\"); sql.Add(\"COMMIT\");")]
    [InlineData("connection.Execute(flag ? \"BEGIN\" : \"SELECT 1\"); Db.Write(connection); connection.Execute(flag ? \"COMMIT\" : \"SELECT 1\");", "")]
    public Task Clean_where_one_of_several_texts_is_executed_and_another_later(string run, string texts) => VerifyAsync(
        $"{texts} {run} connection.Execute(\"PRAGMA wal_checkpoint(FULL)\");");

    [Theory]
    [InlineData("var sql = flag ? \"BEGIN; DELETE FROM items\" : \"BEGIN; DELETE FROM others\"; connection.Execute(sql);")]
    [InlineData("string[] sql = [\"BEGIN\", \"DELETE FROM items\"]; foreach (var statement in sql) connection.Execute(statement);")]
    [InlineData("connection.Execute(\"SAVEPOINT first\"); Db.Write(connection);")]
    [InlineData("var name = \"first\"; connection.Execute($\"SAVEPOINT {name}\"); Db.Write(connection); connection.Execute(\"SAVEPOINT second\"); connection.Execute(\"RELEASE second\");")]
    public Task Whichever_of_several_texts_begins_a_transaction(string begin) => VerifyAsync(
        $"{begin} [|connection.Execute(\"PRAGMA wal_checkpoint(FULL)\")|];");

    [Fact]
    public Task Clean_where_a_scope_releases_the_savepoint_that_it_has_set() => VerifyTypesAsync(
        """
        sealed class Savepoint : IDisposable
        {
            private readonly SqliteConnection _connection;
            private readonly string _name;

            public Savepoint(SqliteConnection connection, string name)
            {
                (_connection, _name) = (connection, name);
                connection.Execute($"SAVEPOINT {name}");
            }

            public void Dispose() => _connection.Execute($"RELEASE {_name}");
        }

        static class Program
        {
            static void Run(SqliteConnection connection, string name)
            {
                using (new Savepoint(connection, "outer"))
                {
                    Db.Write(connection);
                    using (new Savepoint(connection, "inner"))
                        Db.Write(connection);
                }

                Db.Checkpoint(connection);
                connection.Execute($"SAVEPOINT {name}");
                Db.Write(connection);
                connection.Execute($"RELEASE {name}");
                Db.Checkpoint(connection);
            }
        }
        """);

    [Theory]
    [InlineData("var owns = given is null;", "owns")]
    [InlineData("var owns = given == null;", "owns")]
    [InlineData("var owns = null == given;", "owns")]
    [InlineData("var borrowed = given is not null;", "!borrowed")]
    [InlineData("var borrowed = given != null; var owns = !borrowed;", "owns")]
    [InlineData("var borrowed = given is { };", "!borrowed")]
    public Task Clean_where_a_variable_says_who_owns_the_transaction(string says, string owns) => VerifyMembersAsync(
        $$"""
        static void Save(SqliteConnection connection, SqliteTransaction? given)
        {
            {{says}}
            var transaction = given ?? connection.BeginTransaction();
            connection.Execute("DELETE FROM items", transaction: transaction);
            if ({{owns}}) transaction.Commit();
        }

        static void Run()
        {
            using var connection = Db.Open();
            Save(connection, null);
            Db.Checkpoint(connection);
            using (var outer = connection.BeginTransaction())
            {
                Save(connection, outer);
                outer.Commit();
            }

            Db.Checkpoint(connection);
        }
        """);

    [Theory]
    [InlineData("var owns = given is not null;", "owns")]
    [InlineData("var owns = given == null;", "!owns")]
    [InlineData("var borrowed = given != null;", "borrowed")]
    public Task A_variable_that_says_the_opposite(string says, string owns) => VerifyMembersAsync(
        $$"""
        static void Save(SqliteConnection connection, SqliteTransaction? given)
        {
            {{says}}
            var transaction = given ?? connection.BeginTransaction();
            connection.Execute("DELETE FROM items", transaction: transaction);
            if ({{owns}}) transaction.Commit();
        }

        static void Run()
        {
            using var connection = Db.Open();
            Save(connection, null);
            [|Db.Checkpoint(connection)|];
        }
        """);

    [Fact]
    public Task Clean_where_a_method_says_whether_it_has_begun() => VerifyMembersAsync(
        """
        static bool TryBegin(SqliteConnection connection, bool wanted, out SqliteTransaction? transaction)
        {
            transaction = wanted ? connection.BeginTransaction() : null;
            return transaction is not null;
        }

        static void Run(bool flag)
        {
            using var connection = Db.Open();
            var hasBegun = TryBegin(connection, flag, out var transaction);
            Db.Write(connection);
            if (hasBegun) transaction!.Commit();
            Db.Checkpoint(connection);
        }
        """);

    [Theory]
    [InlineData("using (var command = new SqliteCommand(\"SELECT id FROM items\", connection)) { var reader = command.ExecuteReader(); reader.Read(); }")]
    [InlineData("var reader = connection.ExecuteReader(\"SELECT id FROM items\"); if (reader.Read()) { } if (!reader.IsClosed) reader.Close();")]
    [InlineData("using var reader = connection.ExecuteReader(\"SELECT id FROM items\"); foreach (var id in reader.Parse<int>()) Console.WriteLine(id);")]
    [InlineData("using var reader = connection.ExecuteReader(\"SELECT id FROM items\"); var ids = reader.Parse<int>().ToList();")]
    [InlineData("using var reader = new SqliteCommand(\"SELECT id FROM items\", connection).ExecuteReader(); var ids = reader.Cast<DbDataRecord>().Select(row => row.GetInt64(0)).ToList();")]
    [InlineData("using var reader = new SqliteCommand(\"SELECT id FROM items\", connection).ExecuteReader(); foreach (var row in reader.OfType<DbDataRecord>()) Console.WriteLine(row[0]);")]
    [InlineData("foreach (var name in connection.Query<int>(\"SELECT id FROM items\", buffered: false).Select(id => id.ToString())) Console.WriteLine(name);")]
    public Task Clean_where_the_reader_is_closed_or_read_to_its_end_by_other_means(string statements) => VerifyAsync(
        $"{statements} Db.Checkpoint(connection);");

    [Theory]
    [InlineData("var command = new SqliteCommand(\"SELECT id FROM items\", connection); var reader = command.ExecuteReader(); reader.Read();")]
    [InlineData("using var reader = connection.ExecuteReader(\"SELECT id FROM items\"); reader.Read(); if (reader.IsClosed) return;")]
    [InlineData("using var reader = connection.ExecuteReader(\"SELECT id FROM items\"); reader.Read(); var rows = reader.Parse<int>();")]
    [InlineData("using var other = new SqliteCommand(\"SELECT id FROM items\", connection); using var reader = other.ExecuteReader(); reader.Read(); using (var command = new SqliteCommand(\"SELECT 1\", connection)) command.ExecuteScalar();")]
    public Task A_reader_that_stays_half_read(string statements) => VerifyAsync($"{statements} [|Db.Checkpoint(connection)|];");

    [Fact]
    public Task A_row_at_a_time_made_of_rows_that_are_not_buffered() => VerifyAsync(
        "foreach (var name in connection.Query<int>(\"SELECT id FROM items\", buffered: false).Select(id => id.ToString())) [|Db.Checkpoint(connection)|];");

    [Theory]
    [InlineData("Action end = flag ? transaction.Commit : transaction.Rollback; end();")]
    [InlineData("Task.Run(transaction.Commit).Wait();")]
    [InlineData("Apply(transaction.Commit);")]
    [InlineData("var open = new Stack<SqliteTransaction>(); open.Push(transaction); open.Pop().Commit();")]
    [InlineData("var open = new Queue<SqliteTransaction>(); open.Enqueue(transaction); open.Dequeue().Commit();")]
    [InlineData("var open = new Dictionary<string, SqliteTransaction> { [\"a\"] = transaction }; if (open.Remove(\"a\", out var kept)) kept.Commit();")]
    [InlineData("var open = new Dictionary<string, SqliteTransaction>(); open.Add(\"a\", transaction); if (open.TryGetValue(\"a\", out var kept)) kept.Commit();")]
    [InlineData("SqliteTransaction? kept = null; System.Threading.Volatile.Write(ref kept, transaction); System.Threading.Volatile.Read(ref kept)?.Commit();")]
    [InlineData("SqliteTransaction? kept = transaction; System.Threading.Interlocked.Exchange(ref kept, null)?.Commit();")]
    public Task Clean_where_the_transaction_is_ended_by_other_hands(string end) => VerifyMembersAsync(
        $$"""
        static void Apply(Action action) => action();
        static void Run(bool flag)
        {
            using var connection = Db.Open();
            var transaction = connection.BeginTransaction();
            Db.Write(connection);
            {{end}}
            Db.Checkpoint(connection);
        }
        """);

    [Theory]
    [InlineData("var open = new Stack<SqliteTransaction>(); open.Push(transaction); Console.WriteLine(open.Peek());")]
    [InlineData("var open = new Dictionary<string, SqliteTransaction> { [\"a\"] = transaction }; open.Remove(\"a\", out var kept);")]
    [InlineData("SqliteTransaction? kept = transaction; var taken = System.Threading.Interlocked.Exchange(ref kept, null);")]
    [InlineData("Func<string?> name = transaction.ToString;")]
    public Task A_transaction_that_is_only_kept(string keep) => VerifyAsync(
        $$"""
        var transaction = connection.BeginTransaction();
        Db.Write(connection);
        {{keep}}
        [|Db.Checkpoint(connection)|];
        """);

    [Theory]
    [InlineData("readonly struct")]
    [InlineData("struct")]
    [InlineData("record struct")]
    [InlineData("readonly record struct")]
    public Task Clean_where_a_struct_ends_the_transaction_that_it_was_given(string kind) => VerifyTypesAsync(
        $$"""
        {{kind}} Scope(SqliteTransaction? transaction) : IDisposable
        {
            private readonly SqliteTransaction? _transaction = transaction;
            public void Commit() => _transaction?.Commit();
            public void Dispose() => _transaction?.Dispose();
        }

        static class Program
        {
            static void Run(bool flag)
            {
                using var connection = Db.Open();
                using (var scope = new Scope(flag ? connection.BeginTransaction() : null))
                {
                    Db.Write(connection);
                    scope.Commit();
                }

                Db.Checkpoint(connection);
            }
        }
        """);

    [Fact]
    public Task A_struct_that_cannot_change_is_followed() => VerifyTypesAsync(
        """
        readonly struct Scope(SqliteConnection connection)
        {
            public SqliteTransaction Begin() => connection.BeginTransaction();
        }

        static class Program
        {
            static void Run()
            {
                using var connection = Db.Open();
                using var transaction = new Scope(connection).Begin();
                Db.Write(connection);
                [|Db.Checkpoint(connection)|];
            }
        }
        """);

    [Theory]
    [InlineData("using var transaction = context.Database.BeginTransaction(); context.SaveChanges(); [|context.Database.Checkpoint()|]; transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(); context.SaveChanges(); [|context.Database.TryCheckpoint()|]; transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(); context.SaveChanges(); transaction.Commit(); context.Database.Checkpoint();")]
    [InlineData("context.SaveChanges(); context.Database.Checkpoint();")]
    public Task A_context_makes_a_checkpoint_of_its_database(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        RuleSource.Alone(
            $$"""
            using Microsoft.EntityFrameworkCore;
            class Shop : DbContext { protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db"); }
            class Program
            {
                static void Run()
                {
                    using var context = new Shop();
                    {{statements}}
                }
            }
            """),
        test => test.References = EntityFrameworkCompanion.References);

    private static DiagnosticResult Expected(string hindrance, string delay) =>
        new DiagnosticResult(Descriptors.CheckpointBeforeCommit).WithLocation(0).WithLocation(1)
            .WithArguments(hindrance.Contains("reader", StringComparison.Ordinal) ? "Close the data reader" : "Commit", hindrance, delay);

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Statements(statements));

    private static Task VerifyAsyncAsync(string statements) => VerifySourceAsync(RuleSource.AsyncStatements(statements));

    private static Task VerifyMembersAsync(string members) => VerifySourceAsync(RuleSource.Members(members));

    private static Task VerifyTypesAsync(string types) => VerifySourceAsync(RuleSource.Types(types));

    private static Task VerifyAloneAsync(string source) => VerifySourceAsync(RuleSource.Alone(source));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.CheckpointBeforeCommit, source);

    private static Task VerifyHalfTypedAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        RuleSource.Statements(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    private static Task VerifyPropertiesAsync(string statements, params (string Key, string? Value)[] expected) => RuleVerifier.VerifyAsync(
        Descriptors.CheckpointBeforeCommit,
        RuleSource.Statements(statements),
        test => test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Equal(
            expected,
            diagnostic.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => (property.Key, property.Value))));
}
