using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Transactions;

/// <summary>SQLITE4006 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class DeferredTransactionUpgradeTests
{
    private const string Read = "connection.ExecuteScalar<long>(\"SELECT count(*) FROM items\");";
    private const string Write = "connection.Execute(\"INSERT INTO items (name) VALUES ('a')\");";

    [Theory]
    [InlineData("connection.BeginTransaction(deferred: true)")]
    [InlineData("connection.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted)")]
    [InlineData("connection.BeginTransaction(System.Data.IsolationLevel.Serializable, deferred: true)")]
    [InlineData("((DbConnection)connection).BeginTransaction(System.Data.IsolationLevel.ReadUncommitted)")]
    public Task Every_way_to_begin_it(string begin) => VerifyAsync(
        $$"""
        using var transaction = [|{{begin}}|];
        {{Read}}
        {{Write}}
        transaction.Commit();
        """);

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("BEGIN TRANSACTION")]
    [InlineData("begin deferred transaction;")]
    public Task Every_way_to_begin_it_by_SQL(string sql) => VerifyAsync(
        $$"""
        [|connection.Execute("{{sql}}")|];
        {{Read}}
        {{Write}}
        connection.Execute("COMMIT");
        """);

    [Theory]
    [InlineData("SELECT count(*) FROM items")]
    [InlineData("SELECT name FROM sqlite_master")]
    [InlineData("PRAGMA user_version")]
    [InlineData("PRAGMA table_info(items)")]
    public Task Every_read_that_takes_a_snapshot(string sql) => VerifyAsync(
        $$"""
        using var transaction = [|connection.BeginTransaction(deferred: true)|];
        connection.Query("{{sql}}");
        {{Write}}
        """);

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("SELECT last_insert_rowid()")]
    [InlineData("PRAGMA foreign_keys")]
    [InlineData("CREATE TEMP TABLE t (a)")]
    public Task Clean_after_a_statement_that_takes_none(string sql) => VerifyAsync(
        $$"""
        using var transaction = connection.BeginTransaction(deferred: true);
        connection.Query("{{sql}}");
        {{Write}}
        {{Read}}
        """);

    [Theory]
    [InlineData("INSERT INTO items (name) VALUES ('a')")]
    [InlineData("UPDATE items SET name = 'b'")]
    [InlineData("DELETE FROM items")]
    [InlineData("CREATE TABLE other (a)")]
    public Task Every_write(string sql) => VerifyAsync(
        $$"""
        using var transaction = [|connection.BeginTransaction(deferred: true)|];
        {{Read}}
        connection.Execute("{{sql}}");
        """);

    [Fact]
    public Task Commands_of_ADO_NET() => VerifyAsync(
        """
        using var transaction = [|connection.BeginTransaction(deferred: true)|];
        long count;
        using (var select = connection.CreateCommand())
        {
            select.CommandText = "SELECT count(*) FROM items";
            count = (long)select.ExecuteScalar();
        }
        if (count == 0)
        {
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO items (name) VALUES ('a')";
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
        """);

    [Fact]
    public Task One_text_of_several_statements() => VerifyAsync(
        """
        [|connection.Execute("BEGIN; SELECT * FROM items; DELETE FROM items; COMMIT")|];
        """);

    [Fact]
    public Task A_read_and_a_write_in_helpers() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = [|connection.BeginTransaction(deferred: true)|];
            if (Count(connection) == 0) Save(connection);
            transaction.Commit();
        }

        static long Count(SqliteConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM items");

        static void Save(SqliteConnection connection) => connection.Execute("INSERT INTO items (name) VALUES ('a')");
        """);

    [Fact]
    public Task Both_in_one_helper() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            [|connection.Execute("BEGIN")|];
            Save(connection);
            connection.Execute("COMMIT");
        }

        static void Save(SqliteConnection connection)
        {
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM items") == 0)
            {
                connection.Execute("INSERT INTO items (name) VALUES ('a')");
            }
        }
        """);

    [Fact]
    public Task A_connection_that_is_a_parameter() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            using var transaction = [|connection.BeginTransaction(deferred: true)|];
            connection.Query("SELECT * FROM items");
            connection.Execute("DELETE FROM items");
            transaction.Commit();
        }
        """);

    [Fact]
    public Task A_helper_that_begins_is_reported_where_it_is_called() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = [|Begin(connection)|];
            connection.Query("SELECT * FROM items");
            connection.Execute("DELETE FROM items");
            transaction.Commit();
        }

        static void Other()
        {
            using var connection = Db.Open();
            using var transaction = [|Begin(connection)|];
            connection.Query("SELECT * FROM items");
            connection.Execute("DELETE FROM items");
            transaction.Commit();
        }

        static SqliteTransaction Begin(SqliteConnection connection) => connection.BeginTransaction(deferred: true);
        """);

    [Fact]
    public Task A_loop_in_which_the_second_round_is_one_too_many() => VerifyAsync(
        """
        foreach (var item in items)
        {
            using var transaction = [|connection.BeginTransaction(deferred: true)|];
            connection.Query("SELECT * FROM items");
            connection.Execute("DELETE FROM items");
            transaction.Commit();
        }
        """);

    [Fact]
    public Task An_asynchronous_method() => VerifyMembersAsync(
        """
        static async Task Run()
        {
            await using var connection = Db.Open();
            await using var transaction = [|connection.BeginTransaction(deferred: true)|];
            var count = await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM items");
            await connection.ExecuteAsync("DELETE FROM items");
            await transaction.CommitAsync();
        }
        """);

    [Theory]
    [InlineData("connection.BeginTransaction()")]
    [InlineData("connection.BeginTransaction(deferred: false)")]
    [InlineData("connection.BeginTransaction(System.Data.IsolationLevel.Serializable)")]
    [InlineData("connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted)")]
    [InlineData("connection.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted, deferred: false)")]
    [InlineData("connection.BeginTransaction(deferred: flag)")]
    public Task Clean_where_it_takes_the_lock_at_once(string begin) => VerifyAsync(
        $"using var transaction = {begin}; {Read} {Write} transaction.Commit();");

    [Theory]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("BEGIN EXCLUSIVE TRANSACTION")]
    [InlineData("SAVEPOINT a")]
    [InlineData("SELECT 'BEGIN'")]
    [InlineData("-- BEGIN")]
    public Task Clean_where_SQL_begins_it_otherwise(string sql) => VerifyAsync($"connection.Execute(\"{sql}\"); {Read} {Write}");

    [Fact]
    public Task Clean_where_the_write_comes_first() => VerifyAsync(
        $"using var transaction = connection.BeginTransaction(deferred: true); {Write} {Read} {Write} transaction.Commit();");

    [Fact]
    public Task Clean_where_it_only_reads() => VerifyAsync(
        $"using (var transaction = connection.BeginTransaction(deferred: true)) {{ {Read} transaction.Commit(); }} {Write}");

    [Fact]
    public Task Clean_where_the_read_comes_before_it() => VerifyAsync(
        $"{Read} using var transaction = connection.BeginTransaction(deferred: true); {Write} transaction.Commit();");

    [Fact]
    public Task Clean_where_read_and_write_exclude_each_other() => VerifyAsync(
        $$"""
        using var transaction = connection.BeginTransaction(deferred: true);
        if (flag) { {{Read}} } else { {{Write}} }
        transaction.Commit();
        """);

    [Fact]
    public Task Clean_where_the_write_is_on_another_connection() => VerifyAsync(
        $$"""
        using var second = Db.Open();
        using var transaction = second.BeginTransaction(deferred: true);
        second.Query("SELECT * FROM items");
        {{Write}}
        """);

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=shared;Mode=Memory;Cache=Shared")]
    public Task Clean_in_memory(string connectionString) => VerifyAsync(
        $$"""
        using var own = new SqliteConnection("{{connectionString}}");
        own.Open();
        using var transaction = own.BeginTransaction(deferred: true);
        own.Query("SELECT * FROM items");
        own.Execute("DELETE FROM items");
        """);

    [Fact]
    public Task Clean_where_no_other_connection_gets_in() => VerifyAsync(
        $"connection.Execute(\"PRAGMA locking_mode = EXCLUSIVE\"); connection.Execute(\"BEGIN\"); {Read} {Write} connection.Execute(\"COMMIT\");");

    [Fact]
    public Task Clean_after_a_rollback_in_between() => VerifyAsync(
        $"connection.Execute(\"BEGIN\"); {Read} connection.Execute(\"ROLLBACK\"); {Write}");

    [Fact]
    public Task Clean_where_a_helper_begins_it_for_reading_only() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = Begin(connection);
            connection.Query("SELECT * FROM items");
            transaction.Commit();
        }

        static SqliteTransaction Begin(SqliteConnection connection) => connection.BeginTransaction(deferred: true);
        """);

    [Theory]
    [InlineData("connection.BeginTransaction()", false)]
    [InlineData("connection.BeginTransaction(System.Data.IsolationLevel.Serializable)", false)]
    [InlineData("connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted)", true)]
    public Task System_Data_SQLite_defers_another_level(string begin, bool isDeferred) => RuleVerifier.VerifyAsync(
        Descriptors.DeferredTransactionUpgrade,
        $$"""
        using System.Data.SQLite;
        using Dapper;

        using var connection = new SQLiteConnection("Data Source=app.db");
        connection.Open();
        using var transaction = {{(isDeferred ? $"[|{begin}|]" : begin)}};
        {{Read}}
        {{Write}}
        transaction.Commit();
        """,
        test => test.References = TestReferences.OnlySystemDataSqlite);

    [Theory]
    [InlineData("BeginTransaction()", false)]
    [InlineData("BeginTransaction(System.Data.IsolationLevel.ReadUncommitted)", true)]
    public Task Entity_Framework_Core(string begin, bool isDeferred) => RuleVerifier.VerifyAsync(
        Descriptors.DeferredTransactionUpgrade,
        $$"""
        using Dapper;
        using Microsoft.EntityFrameworkCore;

        class Program
        {
            static void Run(DbContext context)
            {
                using var transaction = {{(isDeferred ? $"[|context.Database.{begin}|]" : $"context.Database.{begin}")}};
                context.Database.GetDbConnection().Query("SELECT * FROM items");
                context.Database.ExecuteSqlRaw("DELETE FROM items");
                transaction.Commit();
            }
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    [Theory]
    [InlineData("_ = context.Items.First();")]
    [InlineData("_ = context.Items.Where(item => item.Id > 1).ToList();")]
    [InlineData("_ = context.Items.AsNoTracking().ToDictionary(item => item.Id);")]
    [InlineData("_ = context.Items.Count(item => item.Id > 1);")]
    [InlineData("_ = context.Set<Item>().Any();")]
    [InlineData("_ = (from item in context.Items select item.Name).ToArray();")]
    [InlineData("_ = await context.Items.ToListAsync();")]
    [InlineData("_ = await context.Items.OrderBy(item => item.Id).FirstOrDefaultAsync();")]
    [InlineData("_ = await context.Items.MaxAsync(item => item.Id);")]
    [InlineData("await context.Items.LoadAsync();")]
    [InlineData("foreach (var item in context.Items) System.Console.WriteLine(item.Name);")]
    [InlineData("await foreach (var item in context.Items.AsAsyncEnumerable()) System.Console.WriteLine(item.Name);")]
    [InlineData("_ = context.Items.FromSqlRaw(\"SELECT * FROM Items\").ToList();")]
    [InlineData("_ = context.Database.SqlQueryRaw<int>(\"SELECT Id AS Value FROM Items\").First();")]
    public Task A_query_of_Entity_Framework_Core(string read) => VerifyContextAsync(
        $"using var transaction = [|context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted)|]; {read} context.SaveChanges(); transaction.Commit();");

    [Theory]
    [InlineData("context.SaveChanges();")]
    [InlineData("context.Items.ExecuteDelete();")]
    [InlineData("context.Database.ExecuteSqlRaw(\"DELETE FROM Items\");")]
    public Task A_write_of_Entity_Framework_Core_after_its_query(string write) => VerifyContextAsync(
        $"using var transaction = [|context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted)|]; var items = context.Items.ToList(); {write} transaction.Commit();");

    [Theory]
    [InlineData("using var transaction = context.Database.BeginTransaction(); _ = context.Items.ToList(); context.SaveChanges(); transaction.Commit();")]
    [InlineData("_ = context.Items.ToList(); using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); context.SaveChanges(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); context.SaveChanges(); _ = context.Items.ToList(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); _ = await context.Items.ToListAsync(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); var query = context.Items.Where(item => item.Id > 1); context.SaveChanges(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); System.Console.WriteLine(context.Items.ToQueryString()); context.SaveChanges(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); _ = context.Items.Local.ToList(); context.SaveChanges(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); context.Items.Add(new Item()); context.SaveChanges(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); _ = context.Items.FromSqlRaw(\"INSERT INTO Items (Name) VALUES ('a') RETURNING *\").ToList(); context.SaveChanges(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); _ = context.Database.SqlQueryRaw<int>(\"DELETE FROM Items RETURNING Id AS Value\").ToList(); context.SaveChanges(); transaction.Commit();")]
    [InlineData("using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); context.Items.Where(item => item.Id > 1).ExecuteDelete(); context.SaveChanges(); transaction.Commit();")]
    [InlineData("using var second = new Context(); using var transaction = context.Database.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted); _ = second.Items.ToList(); context.SaveChanges(); transaction.Commit();")]
    public Task Clean_with_a_query_of_Entity_Framework_Core(string statements) => VerifyContextAsync(statements);

    [Theory]
    [InlineData("System.Data.IDbConnection other = connection; using var transaction = [|other.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted)|]; var n = other.QuerySingle<int>(\"SELECT count(*) FROM items\", transaction: transaction); other.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit();")]
    [InlineData("DbConnection other = connection; using var transaction = [|other.BeginTransaction(System.Data.IsolationLevel.ReadUncommitted)|]; var n = other.QuerySingle<int>(\"SELECT count(*) FROM items\", transaction: transaction); other.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit();")]
    [InlineData("System.Data.IDbConnection other = connection; using var transaction = other.BeginTransaction(System.Data.IsolationLevel.Serializable); var n = other.QuerySingle<int>(\"SELECT count(*) FROM items\", transaction: transaction); other.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit();")]
    [InlineData("System.Data.IDbConnection other = connection; using var transaction = other.BeginTransaction(); var n = other.QuerySingle<int>(\"SELECT count(*) FROM items\", transaction: transaction); other.Execute(\"DELETE FROM items\", transaction: transaction); transaction.Commit();")]
    public Task The_isolation_level_of_any_connection(string statements) => VerifyAsync(statements);

    private static Task VerifyContextAsync(string statements) =>
        RuleVerifier.VerifyAsync(Descriptors.DeferredTransactionUpgrade, RuleSource.ContextStatements(statements), test => test.References = TestReferences.WithEntityFramework);

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.DeferredTransactionUpgrade, RuleSource.Statements(statements));

    private static Task VerifyMembersAsync(string members) => RuleVerifier.VerifyAsync(Descriptors.DeferredTransactionUpgrade, RuleSource.Members(members));
}
