using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Processes;

/// <summary>SQLITE1002 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class ProcessStartedWithOpenTransactionTests
{
    [Theory]
    [InlineData("BeginTransaction()")]
    [InlineData("BeginTransaction(deferred: true)")]
    [InlineData("BeginTransaction(System.Data.IsolationLevel.Serializable)")]
    [InlineData("BeginTransaction(System.Data.IsolationLevel.ReadUncommitted, deferred: true)")]
    public Task Every_way_to_begin_a_transaction(string begin) => VerifyAsync(
        $$"""
        using var transaction = connection.{{begin}};
        connection.Execute("DELETE FROM items", transaction: transaction);
        [|Process.Start("worker")|];
        """);

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("BEGIN DEFERRED")]
    [InlineData("BEGIN IMMEDIATE TRANSACTION")]
    [InlineData("begin exclusive")]
    [InlineData("SAVEPOINT first")]
    public Task Every_way_to_begin_a_transaction_by_text(string begin) => VerifyAsync(
        $$"""
        connection.Execute("{{begin}}");
        connection.Execute("DELETE FROM items");
        [|Process.Start("worker")|];
        """);

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("END TRANSACTION")]
    [InlineData("ROLLBACK")]
    [InlineData("COMMIT; SELECT 1")]
    public Task Clean_after_the_end_by_text(string end) => VerifyAsync(
        $$"""
        connection.Execute("BEGIN");
        connection.Execute("DELETE FROM items");
        connection.Execute("{{end}}");
        Process.Start("worker");
        """);

    [Theory]
    [InlineData("SELECT 'COMMIT'")]
    [InlineData("-- COMMIT")]
    [InlineData("SAVEPOINT inner; RELEASE inner")]
    [InlineData("SAVEPOINT inner; ROLLBACK TO inner")]
    public Task What_does_not_end_the_transaction(string sql) => VerifyAsync(
        $$"""
        connection.Execute("BEGIN");
        connection.Execute("DELETE FROM items");
        connection.Execute("{{sql}}");
        [|Process.Start("worker")|];
        """);

    [Theory]
    [InlineData("transaction.Commit();")]
    [InlineData("transaction.Rollback();")]
    [InlineData("transaction.Dispose();")]
    [InlineData("connection.Close();")]
    [InlineData("connection.Dispose();")]
    public Task Clean_after_the_end(string end) => VerifyAsync(
        $$"""
        var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        {{end}}
        Process.Start("worker");
        """);

    [Theory]
    [InlineData("INSERT INTO items (name) VALUES ('a')")]
    [InlineData("UPDATE items SET name = 'b' RETURNING id")]
    [InlineData("REPLACE INTO items (id) VALUES (1)")]
    [InlineData("CREATE TABLE other (id INTEGER)")]
    [InlineData("DROP TABLE items")]
    public Task Every_kind_of_write(string sql) => VerifyAsync(
        $"using var transaction = connection.BeginTransaction(); connection.Execute(\"{sql}\", transaction: transaction); [|Process.Start(\"worker\")|];");

    [Theory]
    [InlineData("SELECT count(*) FROM items")]
    [InlineData("SELECT 'DELETE FROM items'")]
    [InlineData("CREATE TEMP TABLE scratch (id INTEGER)")]
    [InlineData("")]
    public Task Clean_where_the_transaction_has_not_written(string sql) => VerifyAsync(
        $"using var transaction = connection.BeginTransaction(); connection.Execute(\"{sql}\", transaction: transaction); Process.Start(\"worker\");");

    [Theory]
    [InlineData("Process.Start(new ProcessStartInfo(\"worker\"))")]
    [InlineData("new Process { StartInfo = { FileName = \"worker\" } }.Start()")]
    [InlineData("CliWrap.Cli.Wrap(\"worker\").ExecuteAsync()")]
    [InlineData("Medallion.Shell.Command.Run(\"worker\")")]
    public Task Every_library_that_starts_a_process(string start) => VerifyAsync(
        $"connection.Execute(\"BEGIN; DELETE FROM items\"); _ = [|{start}|];");

    [Theory]
    [InlineData("Process.Start(\"https://sqlite.org\")")]
    [InlineData("Process.Start(\"explorer\", \"data\")")]
    [InlineData("Process.Start(new ProcessStartInfo(\"report.pdf\") { UseShellExecute = true })")]
    public Task Clean_what_starts_no_worker(string start) => VerifyAsync(
        $"connection.Execute(\"BEGIN; DELETE FROM items\"); _ = {start};");

    [Fact]
    public Task A_command_that_names_its_transaction() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using var command = new SqliteCommand("DELETE FROM items", connection, transaction);
        command.ExecuteNonQuery();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task A_command_that_enlists_by_itself() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM items";
        command.ExecuteNonQuery();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Whether_or_not_the_project_uses_WAL() => VerifyAloneAsync(
        """
        using var connection = new SqliteConnection("Data Source=app.db");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_where_the_commit_comes_first_and_the_transaction_is_still_in_scope() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        transaction.Commit();
        Db.Checkpoint(connection);
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_where_the_start_comes_before_the_write() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Process.Start("worker");
        connection.Execute("DELETE FROM items", transaction: transaction);
        transaction.Commit();
        """);

    [Fact]
    public Task The_second_transaction_is_open() => VerifyAsync(
        """
        using (var first = connection.BeginTransaction())
        {
            connection.Execute("DELETE FROM items", transaction: first);
            first.Commit();
        }
        using var second = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: second);
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task A_commit_in_one_branch() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        if (flag) transaction.Commit();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_with_a_commit_in_one_branch_and_a_rollback_in_the_other() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        if (flag) transaction.Commit(); else transaction.Rollback();
        Process.Start("worker");
        """);

    [Fact]
    public Task A_write_in_one_arm_of_a_switch() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        switch (items.Length)
        {
            case 0: connection.Execute("DELETE FROM items", transaction: transaction); break;
            case 1: return;
        }
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_where_the_writing_arm_returns() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        if (flag)
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
            transaction.Commit();
            return;
        }
        Process.Start("worker");
        """);

    [Theory]
    [InlineData("items.Count > 0")]
    [InlineData("items.Count <= 0")]
    [InlineData("items.Count != 0")]
    [InlineData("name.Length > 0")]
    [InlineData("number > 0")]
    [InlineData("number <= 0")]
    [InlineData("number > 3")]
    [InlineData("3 <= number")]
    [InlineData("number < _count")]
    [InlineData("_count > 0")]
    public Task Clean_where_it_begins_and_commits_under_the_same_question(string question) => VerifyMembersAsync(
        $$"""
        private int _count;

        void Run(SqliteConnection connection, List<string> items, string name, int number)
        {
            if ({{question}}) connection.Execute("BEGIN");
            connection.Execute("DELETE FROM items");
            if ({{question}}) connection.Execute("COMMIT");
            Process.Start("worker");
        }
        """);

    [Theory]
    [InlineData("items.Count > 0", "items.Count <= 0")]
    [InlineData("items.Count == 0", "items.Count > 0")]
    [InlineData("items.Count > 3", "3 >= items.Count")]
    [InlineData("items.Count > 3", "items.Count > 4")]
    public Task It_begins_under_one_question_and_commits_under_another(string begin, string commit) => VerifyMembersAsync(
        $$"""
        void Run(SqliteConnection connection, List<string> items)
        {
            if ({{begin}}) connection.Execute("BEGIN");
            connection.Execute("DELETE FROM items");
            if ({{commit}}) connection.Execute("COMMIT");
            [|Process.Start("worker")|];
        }
        """);

    [Fact]
    public Task Clean_where_the_transaction_exists_only_if_asked_for() => VerifyAsync(
        """
        var transaction = flag ? connection.BeginTransaction() : null;
        connection.Execute("DELETE FROM items", transaction: transaction);
        if (transaction != null) transaction.Commit();
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_with_a_conditional_commit_of_a_transaction_that_may_be_null() => VerifyAsync(
        """
        using var transaction = flag ? connection.BeginTransaction() : null;
        connection.Execute("DELETE FROM items", transaction: transaction);
        transaction?.Commit();
        Process.Start("worker");
        """);

    [Fact]
    public Task In_a_loop_inside_the_transaction() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        foreach (var item in items)
        {
            connection.Execute("DELETE FROM items WHERE name = @item", new { item }, transaction);
            [|Process.Start("worker", item)|];
        }
        transaction.Commit();
        """);

    [Fact]
    public Task A_commit_every_hundred_rows() => VerifyAsync(
        """
        connection.Execute("BEGIN");
        for (var i = 0; i < items.Length; i++)
        {
            connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name = items[i] });
            if (i % 100 == 0) connection.Execute("COMMIT; BEGIN");
        }
        [|Process.Start("worker")|];
        connection.Execute("COMMIT");
        """);

    [Fact]
    public Task Clean_with_a_last_commit_after_the_batches() => VerifyAsync(
        """
        connection.Execute("BEGIN");
        for (var i = 0; i < items.Length; i++)
        {
            connection.Execute("INSERT INTO items (name) VALUES (@name)", new { name = items[i] });
            if (i % 100 == 0) connection.Execute("COMMIT; BEGIN");
        }
        connection.Execute("COMMIT");
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_with_a_transaction_for_each_round() => VerifyAsync(
        """
        foreach (var item in items)
        {
            using (var transaction = connection.BeginTransaction())
            {
                connection.Execute("DELETE FROM items WHERE name = @item", new { item }, transaction);
                transaction.Commit();
            }
            Process.Start("worker", item);
        }
        """);

    [Fact]
    public Task A_start_in_the_catch_before_the_rollback() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
            transaction.Commit();
        }
        catch (SqliteException)
        {
            [|Process.Start("worker")|];
            transaction.Rollback();
        }
        """);

    [Fact]
    public Task Clean_with_a_start_in_the_catch_after_the_rollback() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
            transaction.Commit();
        }
        catch (SqliteException)
        {
            transaction.Rollback();
            Process.Start("worker");
        }
        """);

    [Fact]
    public Task Clean_with_commit_and_rollback_in_try_and_catch() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
            transaction.Commit();
        }
        catch
        {
            transaction.Rollback();
            throw;
        }
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_with_the_dispose_in_a_finally() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try { connection.Execute("DELETE FROM items", transaction: transaction); }
        finally { transaction.Dispose(); }
        Process.Start("worker");
        """);

    [Fact]
    public Task A_catch_that_swallows_a_failed_commit() => VerifyAsync(
        """
        var transaction = connection.BeginTransaction();
        try
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
            transaction.Commit();
        }
        catch (SqliteException) { }
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_where_what_a_helper_swallows_is_a_failed_commit() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            var transaction = connection.BeginTransaction();
            connection.Execute("DELETE FROM items", transaction: transaction);
            End(transaction);
            Process.Start("worker");
        }

        static void RunWithout(SqliteConnection connection)
        {
            var transaction = connection.BeginTransaction();
            connection.Execute("DELETE FROM items", transaction: transaction);
            [|Process.Start("worker")|];
            End(transaction);
        }

        static void End(SqliteTransaction transaction)
        {
            try
            {
                transaction.Commit();
            }
            catch (SqliteException)
            {
            }
        }
        """);

    [Fact]
    public Task Inside_a_using_statement() => VerifyAsync(
        """
        using (var transaction = connection.BeginTransaction())
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
            [|Process.Start("worker")|];
            transaction.Commit();
        }
        """);

    [Fact]
    public Task Clean_after_a_using_statement() => VerifyAsync(
        """
        using (var transaction = connection.BeginTransaction())
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
        }
        Process.Start("worker");
        """);

    [Fact]
    public Task Awaited() => VerifyAsyncAsync(
        """
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("DELETE FROM items", transaction: transaction);
        [|Process.Start("worker")|];
        await transaction.CommitAsync();
        """);

    [Fact]
    public Task Clean_awaited() => VerifyAsyncAsync(
        """
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("DELETE FROM items", transaction: transaction);
        await transaction.CommitAsync().ConfigureAwait(false);
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_after_an_awaited_using_statement() => VerifyAsyncAsync(
        """
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("DELETE FROM items", transaction: transaction);
        }
        Process.Start("worker");
        """);

    /// <remarks>RELEASE ends the last savepoint of a name, and the outermost only after those.</remarks>
    [Theory]
    [InlineData("SAVEPOINT s; SAVEPOINT S; DELETE FROM items; RELEASE s", "[|Db.Start()|]", "RELEASE s")]
    [InlineData("SAVEPOINT s; SAVEPOINT s; SAVEPOINT s; DELETE FROM items; RELEASE s; RELEASE s", "[|Db.Start()|]", "RELEASE s")]
    [InlineData("SAVEPOINT s; SAVEPOINT s; ROLLBACK TO s; RELEASE s; DELETE FROM items", "[|Db.Start()|]", "RELEASE s")]
    [InlineData("SAVEPOINT s; SAVEPOINT s; DELETE FROM items; RELEASE s; RELEASE s", "Db.Start()", "")]
    [InlineData("SAVEPOINT s; SAVEPOINT t; SAVEPOINT s; DELETE FROM items; RELEASE t; RELEASE s", "Db.Start()", "")]
    [InlineData("SAVEPOINT s; SAVEPOINT s; DELETE FROM items; COMMIT", "Db.Start()", "")]
    public Task Savepoints_of_one_name(string before, string start, string after) => VerifyAsync(
        $"connection.Execute(\"{before}\"); {start}; connection.Execute(\"{after}\");");

    [Theory]
    [InlineData("InSavepoint(connection, () => { InSavepoint(connection, () => Db.Write(connection)); [|Db.Start()|]; });")]
    [InlineData("InSavepoint(connection, () => InSavepoint(connection, () => Db.Write(connection))); Db.Start();")]
    [InlineData("connection.Execute(\"SAVEPOINT s\"); InSavepoint(connection, () => Db.Write(connection)); [|Db.Start()|]; connection.Execute(\"RELEASE s\");")]
    public Task Savepoints_of_one_name_in_a_helper(string statements) => VerifyMembersAsync(
        $$"""
        static void InSavepoint(SqliteConnection connection, Action work)
        {
            connection.Execute("SAVEPOINT s");
            work();
            connection.Execute("RELEASE s");
        }

        static void Run() { using var connection = Db.Open(); {{statements}} }
        """);

    /// <remarks>Whether a transaction was open before is not known: if none was, the savepoint has begun one.</remarks>
    [Theory]
    [InlineData("connection.Execute(\"SAVEPOINT s\"); Db.Write(connection); [|Db.Start()|]; connection.Execute(\"RELEASE s\");")]
    [InlineData("connection.Execute(\"SAVEPOINT s\"); Db.Write(connection); if (flag) { [|Db.Start()|]; } connection.Execute(\"RELEASE s\");")]
    [InlineData("connection.Execute(\"SAVEPOINT s\"); Db.Write(connection); connection.Execute(\"RELEASE s\"); Db.Start();")]
    [InlineData("connection.Execute(\"SAVEPOINT s\"); Db.Start(); Db.Write(connection); connection.Execute(\"RELEASE s\");")]
    [InlineData("connection.Execute(\"SAVEPOINT s\"); if (flag) { Db.Write(connection); } [|Db.Start()|]; connection.Execute(\"RELEASE s\");")]
    [InlineData("connection.Execute(\"SAVEPOINT s\"); Db.Write(connection); connection.Execute(\"ROLLBACK\"); Db.Start();")]
    public Task A_savepoint_on_a_connection_that_is_handed_in(string statements) => VerifyMembersAsync(
        $"public static void Run(SqliteConnection connection, bool flag) {{ {statements} }}");

    /// <remarks>The code that begins the transaction and the code that writes speak of one connection by different names.</remarks>
    [Theory]
    [InlineData("Within(connection, () => { Db.Write(connection); [|Db.Start()|]; });")]
    [InlineData("Within(connection, () => { Execute(connection, \"DELETE FROM items\"); [|Db.Start()|]; });")]
    [InlineData("var (one, same) = (connection, connection); Within(one, () => { Db.Write(same); [|Db.Start()|]; });")]
    [InlineData("Within(connection, () => Within(other, () => { Db.Write(connection); [|Db.Start()|]; }));")]
    [InlineData("[|Both(connection, connection)|];")]
    [InlineData("[|All(connection, connection, connection)|];")]
    [InlineData("new Store(connection).Within(() => { Db.Write(connection); [|Db.Start()|]; });")]
    [InlineData("Within(other, () => { Db.Write(connection); Db.Start(); });")]
    [InlineData("Within(connection, () => Db.Write(connection)); Db.Start();")]
    [InlineData("Both(connection, other);")]
    [InlineData("All(connection, connection, other);")]
    [InlineData("Before(connection, () => { Db.Start(); Db.Write(connection); });")]
    public Task One_connection_under_several_names(string statements) => VerifyMembersAsync(
        $$"""
        static void Run()
        {
            using var connection = Db.Open();
            using var other = Db.Open();
            {{statements}}
        }
        private static void Within(SqliteConnection connection, Action work) { using var transaction = connection.BeginTransaction(); work(); transaction.Commit(); }
        private static void Before(SqliteConnection connection, Action work) { using (var transaction = connection.BeginTransaction()) { Db.Write(connection); transaction.Commit(); } work(); }
        private static void Execute(SqliteConnection connection, string sql) { using var command = connection.CreateCommand(); command.CommandText = sql; command.ExecuteNonQuery(); }
        private static void Both(SqliteConnection a, SqliteConnection b) { using var transaction = a.BeginTransaction(); Db.Write(b); Db.Start(); transaction.Commit(); }
        private static void All(SqliteConnection a, SqliteConnection b, SqliteConnection c) { using var transaction = b.BeginTransaction(); a.Execute("SELECT 1"); Db.Write(c); Db.Start(); transaction.Commit(); }
        private sealed class Store(SqliteConnection kept)
        {
            public void Within(Action work) { using var transaction = kept.BeginTransaction(); work(); transaction.Commit(); }
        }
        """);

    [Theory]
    [InlineData("= new(\"Data Source=app.db\")", "")]
    [InlineData("", "public Program(SqliteConnection given) => _connection = given;")]
    [InlineData("", "public Program() { _connection = Db.Open(); }")]
    public Task A_field_that_a_helper_and_its_work_speak_of(string initializer, string constructor) => VerifyMembersAsync(
        $$"""
        private readonly SqliteConnection _connection{{(initializer.Length == 0 ? "" : " " + initializer)}};
        {{constructor}}
        public void Run() => Within(() => { Db.Write(_connection); [|Db.Start()|]; });
        public void RunAfter() { Within(() => Db.Write(_connection)); Db.Start(); }
        private void Within(Action work) { using var transaction = _connection.BeginTransaction(); work(); transaction.Commit(); }
        """);

    [Fact]
    public Task A_transaction_in_a_field() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        private SqliteTransaction? _transaction;
        void Run()
        {
            _transaction = _connection.BeginTransaction();
            _connection.Execute("DELETE FROM items", transaction: _transaction);
            [|Process.Start("worker")|];
            _transaction.Commit();
        }
        """);

    [Fact]
    public Task Clean_with_a_transaction_in_a_field_that_another_method_commits() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = Db.Open();
        private SqliteTransaction? _transaction;
        void Run()
        {
            _transaction = _connection.BeginTransaction();
            _connection.Execute("DELETE FROM items", transaction: _transaction);
            End();
            Process.Start("worker");
        }
        void End() => _transaction!.Commit();
        """);

    [Fact]
    public Task A_start_in_a_helper() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        [|Db.Start()|];
        transaction.Commit();
        """);

    [Fact]
    public Task A_write_in_a_helper_that_is_given_the_transaction() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            using var transaction = connection.BeginTransaction();
            Save(connection, transaction);
            [|Process.Start("worker")|];
            transaction.Commit();
        }
        static void Save(SqliteConnection connection, SqliteTransaction transaction) =>
            connection.Execute("DELETE FROM items", transaction: transaction);
        """);

    [Fact]
    public Task Clean_with_a_helper_that_commits() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            using var transaction = connection.BeginTransaction();
            Save(connection, transaction);
            Process.Start("worker");
        }
        static void Save(SqliteConnection connection, SqliteTransaction transaction)
        {
            connection.Execute("DELETE FROM items", transaction: transaction);
            transaction.Commit();
        }
        """);

    [Fact]
    public Task A_helper_that_begins() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            var transaction = Begin(connection);
            Db.Write(connection);
            [|Process.Start("worker")|];
            transaction.Commit();
        }
        static SqliteTransaction Begin(SqliteConnection connection) => connection.BeginTransaction();
        """);

    [Fact]
    public Task Clean_with_a_helper_that_begins() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            var transaction = Begin(connection);
            Db.Write(connection);
            transaction.Commit();
            Process.Start("worker");
        }
        static SqliteTransaction Begin(SqliteConnection connection) => connection.BeginTransaction();
        """);

    [Fact]
    public Task Clean_where_a_transaction_that_was_passed_in_is_not_known_to_have_written() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection, SqliteTransaction transaction)
        {
            connection.ExecuteScalar<long>("SELECT count(*) FROM items", transaction: transaction);
            Process.Start("worker");
        }
        """);

    [Fact]
    public Task An_instance_in_another_class() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Begin() => _connection.Execute("BEGIN IMMEDIATE");
            public void Add() => _connection.Execute("INSERT INTO items (name) VALUES ('a')");
            public void End() => _connection.Execute("COMMIT");
        }
        class Program
        {
            static void Run()
            {
                var store = new Store();
                store.Begin();
                store.Add();
                [|Process.Start("worker")|];
                store.End();
            }
        }
        """);

    private const string WritingIterator =
        """
        private static IEnumerable<int> Write(int[] ids)
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            foreach (var id in ids)
            {
                connection.Execute("DELETE FROM items", transaction: transaction);
                yield return id;
            }
            transaction.Commit();
        }
        private readonly SqliteConnection _connection = Db.Open();
        private IEnumerable<int> WriteOnField(int[] ids)
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var id in ids)
            {
                _connection.Execute("DELETE FROM items", transaction: transaction);
                yield return id;
            }
            transaction.Commit();
        }
        private static async IAsyncEnumerable<int> WriteAsync(int[] ids)
        {
            await using var connection = Db.Open();
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var id in ids)
            {
                await connection.ExecuteAsync("DELETE FROM items", transaction: transaction);
                yield return id;
            }
            await transaction.CommitAsync();
        }
        """;

    [Theory]
    [InlineData("foreach (var id in Write(ids)) Console.WriteLine(id); Process.Start(\"worker\");")]
    [InlineData("foreach (var id in Write(ids)) if (id > 5) break; Process.Start(\"worker\");")]
    [InlineData("foreach (var a in ids) foreach (var id in Write(ids)) Console.WriteLine(id); Process.Start(\"worker\");")]
    [InlineData("foreach (var id in WriteOnField(ids)) Console.WriteLine(id); Process.Start(\"worker\");")]
    [InlineData("foreach (var id in WriteOnField(ids)) if (id > 5) break; Process.Start(\"worker\");")]
    [InlineData("var written = Write(ids).Count(); Process.Start(\"worker\");")]
    [InlineData("await foreach (var id in WriteAsync(ids)) Console.WriteLine(id); Process.Start(\"worker\");")]
    [InlineData("await foreach (var id in WriteAsync(ids)) if (id > 5) break; Process.Start(\"worker\");")]
    public Task Clean_where_an_iterator_ends_its_transaction(string statements) =>
        VerifyTypesAsync($"class Program {{ {WritingIterator} async Task Run(int[] ids) {{ await Task.Yield(); {statements} }} }}");

    [Theory]
    [InlineData("foreach (var id in Write(ids)) [|Process.Start(\"worker\")|];")]
    [InlineData("foreach (var id in WriteOnField(ids)) [|Process.Start(\"worker\")|];")]
    [InlineData("await foreach (var id in WriteAsync(ids)) [|Process.Start(\"worker\")|];")]
    [InlineData("using var transaction = _connection.BeginTransaction(); _connection.Execute(\"DELETE FROM items\"); foreach (var id in Write(ids)) Console.WriteLine(id); [|Process.Start(\"worker\")|];")]
    public Task While_an_iterator_is_enumerated(string statements) =>
        VerifyTypesAsync($"class Program {{ {WritingIterator} async Task Run(int[] ids) {{ await Task.Yield(); {statements} }} }}");

    [Fact]
    public Task Clean_with_an_instance_in_another_class() => VerifyTypesAsync(
        """
        class Store
        {
            private readonly SqliteConnection _connection = Db.Open();
            public void Begin() => _connection.Execute("BEGIN IMMEDIATE");
            public void Add() => _connection.Execute("INSERT INTO items (name) VALUES ('a')");
            public void End() => _connection.Execute("COMMIT");
        }
        class Program
        {
            static void Run()
            {
                var store = new Store();
                store.Begin();
                store.Add();
                store.End();
                Process.Start("worker");
            }
        }
        """);

    [Fact]
    public Task An_interface_with_one_implementation() => VerifyTypesAsync(
        """
        interface ILauncher { void Launch(); }
        class Launcher : ILauncher { public void Launch() => Process.Start("worker"); }
        class Program
        {
            static void Run(ILauncher launcher)
            {
                using var connection = Db.Open();
                using var transaction = connection.BeginTransaction();
                Db.Write(connection);
                [|launcher.Launch()|];
                transaction.Commit();
            }
        }
        """);

    [Fact]
    public Task Clean_with_an_interface_with_one_implementation_that_starts_nothing() => VerifyTypesAsync(
        """
        interface ILauncher { void Launch(); }
        class Launcher : ILauncher { public void Launch() => Console.WriteLine("later"); }
        class Program
        {
            static void Run(ILauncher launcher)
            {
                using var connection = Db.Open();
                using var transaction = connection.BeginTransaction();
                Db.Write(connection);
                launcher.Launch();
                transaction.Commit();
            }
        }
        """);

    [Fact]
    public Task A_lambda() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Action save = () => Db.Write(connection);
        save();
        [|Process.Start("worker")|];
        """);

    [Fact]
    public Task Clean_with_a_lambda_that_commits() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Action commit = () => transaction.Commit();
        Db.Write(connection);
        commit();
        Process.Start("worker");
        """);

    [Fact]
    public Task A_local_function() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Save();
        [|Process.Start("worker")|];
        void Save() => Db.Write(connection);
        """);

    [Fact]
    public Task Clean_with_a_local_function_that_commits() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        Save();
        Process.Start("worker");
        void Save()
        {
            Db.Write(connection);
            transaction.Commit();
        }
        """);

    [Fact]
    public Task Recursion() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            using var transaction = connection.BeginTransaction();
            Walk(connection, 3);
            [|Process.Start("worker")|];
        }
        static void Walk(SqliteConnection connection, int depth)
        {
            if (depth == 0) return;
            Db.Write(connection);
            Walk(connection, depth - 1);
        }
        """);

    [Fact]
    public Task Clean_with_recursion_before_the_commit() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            using var transaction = connection.BeginTransaction();
            Walk(connection, 3);
            transaction.Commit();
            Process.Start("worker");
        }
        static void Walk(SqliteConnection connection, int depth)
        {
            if (depth == 0) return;
            Db.Write(connection);
            Walk(connection, depth - 1);
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
                [|Process.Start("worker")|];
            }
        }
        partial class Program
        {
            void Begin() => _connection.Execute("BEGIN; DELETE FROM items");
        }
        """);

    [Fact]
    public Task Half_typed_code() => VerifyHalfTypedAsync(
        """
        using var transaction = connection.BeginTransaction();
        Db.Write(connection);
        Console.;
        [|Process.Start("worker")|];
        """);

    [Theory]
    [InlineData("using var transaction = connection.BeginTransaction(); Db.Write(connection); transaction.Commit(); Process.Start(\"worker\"); if (")]
    [InlineData("using var transaction = connection.; Db.Write(connection); Process.Start(\"worker\");")]
    [InlineData("using var transaction = connection.BeginTransaction(); Db.Write(; Process.Start(\"worker\");")]
    [InlineData("using var transaction = connection.BeginTransaction(); Db.Write(connection); Process.Sta")]
    [InlineData("var transaction = connection.BeginTransaction(); Db.Write(connection); transaction.; Process.Start(\"worker\");")]
    public Task Clean_in_half_typed_code(string statements) => VerifyHalfTypedAsync(statements);

    [Fact]
    public Task Clean_with_a_database_in_memory() => VerifyTypesAsync(
        """
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("BEGIN; DELETE FROM items");
        Process.Start("worker");
        """);

    [Fact]
    public Task Clean_with_types_of_the_users_own() => VerifyAloneAsync(
        """
        var connection = new Own.SqliteConnection();
        connection.BeginTransaction();
        connection.Execute("DELETE FROM items");
        Process.Start("worker");
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
            static void Run(SqliteConnection connection)
            {
                connection.Execute("BEGIN; DELETE FROM items");
                Process.Start("worker");
            }
        }
        """);

    [Fact]
    public Task Clean_where_the_severity_is_none() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Statements("connection.Execute(\"BEGIN; DELETE FROM items\"); Process.Start(\"worker\");"),
        test => test.EditorConfig = "dotnet_diagnostic.SQLITE1002.severity = none");

    [Fact]
    public Task A_method_that_the_options_name() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Members(
            """
            static void Run(SqliteConnection connection)
            {
                connection.Execute("BEGIN; DELETE FROM items");
                [|Submit()|];
            }
            static void Submit() { }
            """),
        test => test.EditorConfig = "sqlite_analyzers.process_start_methods = Program.Submit");

    [Fact]
    public Task The_message_names_the_write_and_the_location_of_it_is_added() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Statements(
            """
            using var transaction = connection.BeginTransaction();
            {|#1:connection.Execute("INSERT INTO items (name) VALUES ('a')", transaction: transaction)|};
            {|#0:Process.Start("worker")|};
            """),
        test => test.ExpectedDiagnostics.Add(Expected("the INSERT into 'items'")));

    [Fact]
    public Task The_message_names_the_write_in_a_called_method() => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Members(
            """
            static void Run(SqliteConnection connection)
            {
                connection.Execute("BEGIN");
                Save(connection);
                {|#0:Db.Start()|};
            }
            static void Save(SqliteConnection connection) => {|#1:connection.Execute("DELETE FROM items")|};
            """),
        test => test.ExpectedDiagnostics.Add(Expected("the DELETE from 'items'")));

    [Fact]
    public Task The_fix_is_told_connection_and_transaction() => VerifyPropertiesAsync(
        """
        using var transaction = connection.BeginTransaction();
        Db.Write(connection);
        [|Process.Start("worker")|];
        """,
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.Transaction, "transaction"));

    [Fact]
    public Task The_fix_is_told_that_text_began_the_transaction() => VerifyPropertiesAsync(
        """
        connection.Execute("BEGIN");
        Db.Write(connection);
        [|Process.Start("worker")|];
        """,
        (DiagnosticProperties.Connection, "connection"),
        (DiagnosticProperties.TransactionBegunBySql, DiagnosticProperties.True));

    private static DiagnosticResult Expected(string write) =>
        new DiagnosticResult(Descriptors.ProcessStartedWithOpenTransaction).WithLocation(0).WithLocation(1).WithArguments(write);

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Statements(statements));

    private static Task VerifyAsyncAsync(string statements) => VerifySourceAsync(RuleSource.AsyncStatements(statements));

    private static Task VerifyMembersAsync(string members) => VerifySourceAsync(RuleSource.Members(members));

    [Theory]
    [InlineData("private readonly SqliteTransaction _transaction = connection.BeginTransaction();")]
    [InlineData("private SqliteTransaction _transaction { get; } = connection.BeginTransaction(deferred: true);")]
    public Task A_transaction_begun_by_the_initializer_of_a_field(string member) => VerifyTypesAsync(
        $$"""
        sealed class Scope(SqliteConnection connection) : IDisposable
        {
            {{member}}
            public void Dispose()
            {
                _transaction.Commit();
                _transaction.Dispose();
            }
        }
        class Program
        {
            static void Inside()
            {
                using var connection = Db.Open();
                using (new Scope(connection))
                {
                    Db.Write(connection);
                    [|Db.Start()|];
                }
            }
            static void After()
            {
                using var connection = Db.Open();
                using (new Scope(connection))
                {
                    Db.Write(connection);
                }
                Db.Start();
            }
        }
        """);

    [Theory]
    [InlineData("private readonly Func<SqliteTransaction> _begin = connection.BeginTransaction;")]
    [InlineData("private readonly SqliteTransaction _other = Db.Open().BeginTransaction(); public SqliteConnection Connection => connection;")]
    public Task Clean_where_the_initializer_begins_no_transaction_on_it(string member) => VerifyTypesAsync(
        $$"""
        sealed class Scope(SqliteConnection connection) { {{member}} }
        class Program
        {
            static void Run()
            {
                using var connection = Db.Open();
                var scope = new Scope(connection);
                Db.Write(connection);
                Db.Start();
            }
        }
        """);

    [Theory]
    [InlineData("connection.Execute(\"BEGIN\"); Db.Write(connection); connection.Close(); [|Db.Start()|];")]
    [InlineData("Import(); [|Db.Start()|]; static void Import() { using var own = new SqliteConnection(\"Data Source=app.db\"); own.Open(); own.Execute(\"BEGIN\"); Db.Write(own); }")]
    public Task A_transaction_begun_by_SQL_stays_open_in_the_pool(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("Pooling=False", "own.Execute(\"BEGIN\"); Db.Write(own);")]
    [InlineData("Pooling=True", "own.BeginTransaction(); Db.Write(own);")]
    [InlineData("Pooling=True", "own.Execute(\"BEGIN\"); Db.Write(own); own.Close(); SqliteConnection.ClearPool(own);")]
    [InlineData("Pooling=True", "own.Execute(\"BEGIN\"); Db.Write(own); own.Close(); SqliteConnection.ClearAllPools();")]
    [InlineData("Pooling=True", "own.Execute(\"BEGIN\"); Db.Write(own); own.Execute(\"ROLLBACK\");")]
    public Task Clean_after_a_close_that_rolls_back(string keyword, string statements) => VerifyAsync(
        $"Import(); Db.Start(); static void Import() {{ using var own = new SqliteConnection(\"Data Source=app.db;{keyword}\"); own.Open(); {statements} }}");

    private static Task VerifyTypesAsync(string types) => VerifySourceAsync(RuleSource.Types(types));

    private static Task VerifyAloneAsync(string source) => VerifySourceAsync(RuleSource.Alone(source));

    /// <summary>Which transactions the end of a loop over a collection has ended is not known, nor what a chain of delegates has done.</summary>
    [Theory]
    [InlineData("var open = new List<SqliteTransaction> { transaction }; foreach (var item in open) item.Commit();")]
    [InlineData("var open = new List<SqliteTransaction>(); open.Add(transaction); foreach (var item in open) item.Dispose();")]
    [InlineData("var open = new HashSet<SqliteTransaction>(); open.Add(transaction); foreach (var item in open) item.Commit();")]
    [InlineData("var open = new List<SqliteTransaction> { transaction }; open.ForEach(item => item.Commit());")]
    [InlineData("var open = new Stack<SqliteTransaction>(); open.Push(transaction); while (open.Count > 0) open.Pop().Commit();")]
    [InlineData("var open = new Stack<SqliteTransaction>(); open.Push(transaction); while (open.TryPop(out var item)) item.Dispose();")]
    [InlineData("var open = new Queue<SqliteTransaction>(); open.Enqueue(transaction); while (open.TryDequeue(out var item)) { item.Commit(); item.Dispose(); }")]
    [InlineData("var open = new Queue<SqliteTransaction>(); open.Enqueue(transaction); while (open.Count > 0) { var item = open.Dequeue(); item.Commit(); }")]
    [InlineData("var open = new List<SqliteTransaction> { transaction }; for (var i = 0; i < open.Count; i++) open[i].Commit();")]
    [InlineData("var open = new[] { transaction }; for (var i = open.Length - 1; i >= 0; i--) open[i].Commit();")]
    [InlineData("var open = new List<SqliteTransaction> { transaction }; for (var i = 0; i < open.Count; i++) { var item = open[i]; item.Dispose(); }")]
    [InlineData("var open = new LinkedList<SqliteTransaction>(); open.AddLast(transaction); while (open.First is { } node) { node.Value.Commit(); open.RemoveFirst(); }")]
    [InlineData("var open = new System.Collections.Concurrent.ConcurrentBag<SqliteTransaction>(); open.Add(transaction); while (open.TryTake(out var item)) item.Commit();")]
    [InlineData("var open = new Dictionary<int, SqliteTransaction> { [1] = transaction }; foreach (var key in open.Keys) open[key].Commit();")]
    [InlineData("var open = new Dictionary<int, SqliteTransaction> { [1] = transaction }; foreach (var pair in open) pair.Value.Commit();")]
    [InlineData("var open = new Dictionary<int, SqliteTransaction> { [1] = transaction }; foreach (var (_, item) in open) item.Commit();")]
    [InlineData("var open = new Dictionary<int, SqliteTransaction> { [1] = transaction }; foreach (var item in open.Values) item.Commit();")]
    [InlineData("var ends = new Stack<Action>(); ends.Push(() => transaction.Commit()); while (ends.Count > 0) ends.Pop()();")]
    [InlineData("var ends = new List<Action> { () => transaction.Commit() }; for (var i = 0; i < ends.Count; i++) ends[i]();")]
    [InlineData("var ends = new List<Action> { () => transaction.Commit() }; foreach (var end in ends) end();")]
    [InlineData("var ends = new List<Action>(); ends.Add(() => transaction.Commit()); ends.ForEach(end => end());")]
    [InlineData("var ends = new List<(string Name, Action End)>(); ends.Add((\"a\", () => transaction.Commit())); foreach (var (_, end) in ends) end();")]
    [InlineData("var ends = new List<List<Action>> { new List<Action> { () => transaction.Commit() } }; foreach (var end in ends.SelectMany(item => item)) end();")]
    [InlineData("var ends = new List<Action> { () => transaction.Commit() }; foreach (var part in ends.Chunk(2)) foreach (var end in part) end();")]
    [InlineData("var ends = new List<Action>(); ends.AddRange(new Action[] { () => transaction.Commit() }); foreach (var end in ends) end();")]
    [InlineData("var ends = new List<Lazy<int>> { new Lazy<int>(() => { transaction.Commit(); return 1; }) }; foreach (var end in ends) _ = end.Value;")]
    [InlineData("foreach (var end in new[] { 1 }.ToList().Select<int, Action>(number => () => transaction.Commit())) end();")]
    [InlineData("var some = new List<Action>(); var ends = new List<Action> { () => transaction.Commit() }; foreach (var end in some.Concat(ends)) end();")]
    [InlineData("var open = new List<(SqliteConnection Connection, SqliteTransaction Transaction)> { (connection, transaction) }; foreach (var (_, item) in open) item.Commit();")]
    [InlineData("var open = new System.Collections.Concurrent.ConcurrentDictionary<string, SqliteTransaction>(); open.GetOrAdd(\"a\", transaction); foreach (var item in open.Values) item.Commit();")]
    [InlineData("var open = new System.Collections.Concurrent.ConcurrentDictionary<string, SqliteTransaction>(); open.GetOrAdd(\"a\", _ => transaction).Commit();")]
    [InlineData("var open = System.Collections.Immutable.ImmutableStack.Create(transaction); open.Peek().Commit();")]
    [InlineData("var open = new SqliteTransaction[0]; Array.Resize(ref open, 1); open[0] = transaction; foreach (var item in open) item.Commit();")]
    [InlineData("var open = new[] { transaction }; var copy = new SqliteTransaction[1]; Array.Copy(open, copy, 1); copy[0].Commit();")]
    [InlineData("SqliteTransaction[] open = [transaction]; if (open is [var item]) item.Commit();")]
    [InlineData("Action? ends = null; ends += () => transaction.Commit(); ends?.Invoke();")]
    public Task Clean_where_it_may_be_ended_by_what_keeps_it(string end) => VerifyAsync(
        $$"""
        var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        {{end}}
        Process.Start("worker");
        """);

    /// <summary>The same where the code that goes through the collection is another method's.</summary>
    [Theory]
    [InlineData("EndAll(transaction);", "static void EndAll(params SqliteTransaction[] open) { foreach (var item in open) item.Commit(); }")]
    [InlineData("EndAll(new List<SqliteTransaction> { transaction });", "static void EndAll(IEnumerable<SqliteTransaction> open) { foreach (var item in open) item.Commit(); }")]
    [InlineData("s_open.Add(transaction); EndAll();", "static readonly List<SqliteTransaction> s_open = new(); static void EndAll() { for (var i = 0; i < s_open.Count; i++) s_open[i].Commit(); }")]
    [InlineData("s_open[\"a\"] = transaction; End(\"a\");", "static readonly Dictionary<string, SqliteTransaction> s_open = new(); static void End(string key) { if (s_open.Remove(key, out var item)) item.Commit(); }")]
    [InlineData("s_ends.Add(() => transaction.Commit()); EndAll();", "static readonly List<Action> s_ends = new(); static void EndAll() { foreach (var end in s_ends) end(); }")]
    [InlineData("s_end = () => transaction.Commit(); End();", "static Action? s_end; static void End() => s_end?.Invoke();")]
    [InlineData("foreach (var item in All(transaction)) item.Commit();", "static IEnumerable<SqliteTransaction> All(SqliteTransaction one) { yield return one; }")]
    [InlineData("foreach (var end in All(transaction)) end();", "static IEnumerable<Action> All(SqliteTransaction one) { yield return () => one.Commit(); }")]
    [InlineData("var all = new Disposables(); all.Add(transaction); all.Dispose();", "class Disposables : IDisposable { readonly List<IDisposable> _items = new(); public void Add(IDisposable item) => _items.Add(item); public void Dispose() { for (var i = _items.Count - 1; i >= 0; i--) _items[i].Dispose(); } }")]
    [InlineData("var all = new Ends(); all.Add(() => transaction.Commit()); all.Run();", "class Ends { readonly List<Action> _items = new(); public void Add(Action item) => _items.Add(item); public void Run() { foreach (var item in _items) item(); } }")]
    public Task Clean_where_other_code_may_end_what_a_collection_keeps(string end, string members) => VerifyMembersAsync(
        $$"""
        static void Run()
        {
            using var connection = Db.Open();
            var transaction = connection.BeginTransaction();
            connection.Execute("DELETE FROM items", transaction: transaction);
            {{end}}
            Process.Start("worker");
        }
        {{members}}
        """);

    [Theory]
    [InlineData("s_open.Add(transaction); Show();", "static readonly List<SqliteTransaction> s_open = new(); static void Show() => Console.WriteLine();")]
    [InlineData("Show(\"a\", \"b\");", "static void Show(params string[] names) { foreach (var name in names) Console.WriteLine(name); }")]
    [InlineData("foreach (var item in All(transaction)) Console.WriteLine(item);", "static IEnumerable<int> All(SqliteTransaction one) { yield return 1; }")]
    public Task Other_code_that_goes_through_other_things(string statements, string members) => VerifyMembersAsync(
        $$"""
        static void Run()
        {
            using var connection = Db.Open();
            var transaction = connection.BeginTransaction();
            connection.Execute("DELETE FROM items", transaction: transaction);
            {{statements}}
            [|Process.Start("worker")|];
        }
        {{members}}
        """);

    [Theory]
    [InlineData("var open = new List<SqliteTransaction> { transaction };")]
    [InlineData("var open = new List<SqliteTransaction> { transaction }; Console.WriteLine(open);")]
    [InlineData("var ends = new List<Action> { () => transaction.Commit() };")]
    [InlineData("var names = new List<string> { \"a\" }; foreach (var name in names) Console.WriteLine(name);")]
    [InlineData("var names = new List<string> { \"a\" }; names.ForEach(name => Console.WriteLine(name));")]
    [InlineData("var text = \"a\"; text += \"b\"; var number = 1; number += 2;")]
    public Task A_collection_that_nobody_goes_through_or_of_other_things(string statements) => VerifyAsync(
        $$"""
        var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items", transaction: transaction);
        {{statements}}
        [|Process.Start("worker")|];
        """);

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.ProcessStartedWithOpenTransaction, source);

    private static Task VerifyHalfTypedAsync(string statements) => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Statements(statements),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    private static Task VerifyPropertiesAsync(string statements, params (string Key, string? Value)[] expected) => RuleVerifier.VerifyAsync(
        Descriptors.ProcessStartedWithOpenTransaction,
        RuleSource.Statements(statements),
        test => test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Equal(
            expected,
            diagnostic.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => (property.Key, property.Value))));
}
