using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3004 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class PragmaInsideTransactionTests
{
    [Theory]
    [InlineData("PRAGMA journal_mode = WAL")]
    [InlineData("PRAGMA journal_mode(wal);")]
    [InlineData("PRAGMA synchronous = NORMAL")]
    [InlineData("PRAGMA foreign_keys = OFF")]
    [InlineData("SELECT 1; PRAGMA main.foreign_keys = 1")]
    public Task Every_pragma(string sql) => VerifyAsync(
        $"""
        using var transaction = connection.BeginTransaction();
        [|connection.Execute("{sql}")|];
        transaction.Commit();
        """);

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("BEGIN; SELECT * FROM items")]
    [InlineData("SAVEPOINT a")]
    public Task Every_transaction_begun_by_SQL(string sql) => VerifyAsync(
        $"connection.Execute(\"{sql}\"); [|connection.Execute(\"PRAGMA foreign_keys = OFF\")|];");

    [Theory]
    [InlineData("DELETE")]
    [InlineData("TRUNCATE")]
    [InlineData("MEMORY")]
    public Task Any_journal_mode_after_a_write(string mode) => VerifyAsync(
        $"""
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM items");
        [|connection.Execute("PRAGMA journal_mode = {mode}")|];
        """);

    [Theory]
    [InlineData("connection.Execute(\"ROLLBACK\");")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"ROLLBACK TRANSACTION\"; command.ExecuteNonQuery();")]
    public Task Clean_in_a_finally_after_a_rollback_by_SQL(string rollback) => VerifyAsync(
        $$"""
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            connection.Execute("DROP TABLE items");
            connection.Execute("COMMIT");
        }
        catch
        {
            {{rollback}}
            throw;
        }
        finally
        {
            connection.Execute("PRAGMA foreign_keys = ON");
        }
        """);

    [Fact]
    public Task A_finally_after_a_statement_that_may_fail_before_the_rollback() => VerifyAsync(
        """
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            connection.Execute("DROP TABLE items");
            connection.Execute("COMMIT");
        }
        catch
        {
            connection.Execute("DROP TABLE other; ROLLBACK");
            throw;
        }
        finally
        {
            [|connection.Execute("PRAGMA foreign_keys = ON")|];
        }
        """);

    [Fact]
    public Task One_text_of_several_statements() => VerifyAsync(
        """[|connection.Execute("BEGIN; PRAGMA foreign_keys = OFF; DROP TABLE items; COMMIT")|];""");

    [Fact]
    public Task A_command_of_ADO_NET() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF";
        [|command.ExecuteNonQuery()|];
        """);

    [Fact]
    public Task A_helper_that_configures() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            [|Configure(connection)|];
            transaction.Commit();
        }

        static void Configure(SqliteConnection connection) => connection.Execute("PRAGMA foreign_keys = ON");
        """);

    [Fact]
    public Task A_helper_that_is_handed_the_text() => VerifyMembersAsync(
        """
        static void Run(SqliteConnection connection)
        {
            using var transaction = connection.BeginTransaction();
            [|Execute(connection, "PRAGMA foreign_keys = OFF")|];
            Execute(connection, "DROP TABLE items");
            transaction.Commit();
        }

        static void Execute(SqliteConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        """);

    [Theory]
    [InlineData("PRAGMA busy_timeout = 5000")]
    [InlineData("PRAGMA cache_size = -16000")]
    [InlineData("PRAGMA temp_store = MEMORY")]
    [InlineData("PRAGMA defer_foreign_keys = ON")]
    [InlineData("PRAGMA user_version = 3")]
    [InlineData("PRAGMA foreign_keys")]
    [InlineData("PRAGMA foreign_key_check")]
    [InlineData("PRAGMA journal_mode")]
    [InlineData("PRAGMA journal_mode = MEMORY")]
    [InlineData("SELECT 'PRAGMA foreign_keys = OFF'")]
    [InlineData("-- PRAGMA foreign_keys = OFF")]
    public Task Clean_what_a_transaction_does_not_hinder(string sql) => VerifyAsync(
        $"using var transaction = connection.BeginTransaction(); connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("transaction.Commit();")]
    [InlineData("transaction.Rollback();")]
    [InlineData("transaction.Dispose();")]
    public Task Clean_after_the_transaction(string end) => VerifyAsync(
        $$"""
        connection.Execute("PRAGMA foreign_keys = OFF");
        using var transaction = connection.BeginTransaction();
        connection.Execute("DROP TABLE items");
        {{end}}
        connection.Execute("PRAGMA foreign_keys = ON");
        """);

    [Fact]
    public Task Clean_around_a_transaction_in_one_text() => VerifyAsync(
        """connection.Execute("PRAGMA foreign_keys = OFF; BEGIN; DROP TABLE items; COMMIT; PRAGMA foreign_keys = ON");""");

    [Fact]
    public Task Clean_in_the_finally_after_commit_or_rollback() => VerifyAsync(
        """
        connection.Execute("PRAGMA foreign_keys = OFF");
        using var transaction = connection.BeginTransaction();
        try
        {
            connection.Execute("DROP TABLE items");
            transaction.Commit();
        }
        catch
        {
            transaction.Rollback();
            throw;
        }
        finally
        {
            connection.Execute("PRAGMA foreign_keys = ON");
        }
        """);

    [Fact]
    public Task Clean_in_the_finally_around_a_using_statement() => VerifyAsync(
        """
        connection.Execute("PRAGMA foreign_keys = OFF");
        try
        {
            using (var transaction = connection.BeginTransaction())
            {
                connection.Execute("DROP TABLE items");
                transaction.Commit();
            }
        }
        finally
        {
            connection.Execute("PRAGMA foreign_keys = ON");
        }
        """);

    [Fact]
    public Task Clean_on_another_connection() => VerifyAsync(
        """
        using var second = Db.Open();
        using var transaction = second.BeginTransaction();
        connection.Execute("PRAGMA foreign_keys = OFF");
        """);

    /// <summary>Who opens the connection where it is not open does nothing in a transaction.</summary>
    [Theory]
    [InlineData("if (connection.State != System.Data.ConnectionState.Open) { connection.Open(); connection.Execute(\"PRAGMA journal_mode = WAL\"); }")]
    [InlineData("if (connection.State == System.Data.ConnectionState.Closed) { connection.Open(); connection.Execute(\"PRAGMA journal_mode = WAL\"); }")]
    [InlineData("if (connection.State is not System.Data.ConnectionState.Open) { connection.Open(); connection.Execute(\"PRAGMA journal_mode = WAL\"); }")]
    [InlineData("Ensure(connection); static void Ensure(SqliteConnection own) { if (own.State == System.Data.ConnectionState.Open) { return; } own.Open(); own.Execute(\"PRAGMA journal_mode = WAL\"); }")]
    [InlineData("Ensure(connection); static void Ensure(DbConnection own) { if (own.State != System.Data.ConnectionState.Open) { own.Open(); own.Execute(\"PRAGMA journal_mode = WAL\"); } }")]
    public Task Clean_where_the_connection_is_opened_if_it_is_not_open(string statements) => VerifyAsync("using var transaction = connection.BeginTransaction(); " + statements + " transaction.Commit();");

    [Theory]
    [InlineData("if (connection.State == System.Data.ConnectionState.Open) { [|connection.Execute(\"PRAGMA journal_mode = WAL\")|]; }")]
    [InlineData("if (connection.State != System.Data.ConnectionState.Open) { connection.Open(); } [|connection.Execute(\"PRAGMA journal_mode = WAL\")|];")]
    [InlineData("[|Ensure(connection)|]; static void Ensure(SqliteConnection own) { if (own.State != System.Data.ConnectionState.Open) { own.Open(); } own.Execute(\"PRAGMA journal_mode = WAL\"); }")]
    public Task Where_it_is_asked_whether_the_connection_is_open(string statements) => VerifyAsync("using var transaction = connection.BeginTransaction(); " + statements + " transaction.Commit();");

    [Fact]
    public Task Clean_where_an_object_opens_its_connection_before_each_command() => VerifyMembersAsync(
        """
        private readonly SqliteConnection _connection = new("Data Source=app.db");
        public void Run(string[] items)
        {
            Ensure();
            using var transaction = _connection.BeginTransaction();
            foreach (var item in items) { Ensure(); _connection.Execute("DELETE FROM items"); }
            transaction.Commit();
        }
        private void Ensure()
        {
            if (_connection.State != System.Data.ConnectionState.Open) { _connection.Open(); _connection.Execute("PRAGMA synchronous = NORMAL"); }
        }
        """);

    [Fact]
    public Task Clean_where_nothing_is_known_of_a_transaction() => VerifyMembersAsync(
        """
        static void Configure(SqliteConnection connection) => connection.Execute("PRAGMA foreign_keys = ON");

        static void Run()
        {
            using var connection = Db.Open();
            Configure(connection);
            using var transaction = connection.BeginTransaction();
            transaction.Commit();
        }
        """);

    [Theory]
    [InlineData("[|migrationBuilder.Sql(\"PRAGMA foreign_keys = OFF\")|];")]
    [InlineData("[|migrationBuilder.Sql(\"PRAGMA foreign_keys = 0;\", suppressTransaction: false)|];")]
    [InlineData("[|migrationBuilder.Sql(sql: \"PRAGMA synchronous = OFF\")|];")]
    [InlineData("[|migrationBuilder.Sql(\"UPDATE items SET name = ''; PRAGMA foreign_keys = ON\")|];")]
    [InlineData("migrationBuilder.Sql(\"PRAGMA foreign_keys = OFF\", suppressTransaction: true);")]
    [InlineData("migrationBuilder.Sql(\"PRAGMA foreign_keys = OFF\", true);")]
    [InlineData("migrationBuilder.Sql(\"PRAGMA foreign_keys = OFF\", outside);")]
    [InlineData("migrationBuilder.Sql(\"PRAGMA journal_mode = WAL\");")]
    [InlineData("migrationBuilder.Sql(\"PRAGMA user_version = 3\");")]
    [InlineData("migrationBuilder.Sql(\"UPDATE items SET name = 'PRAGMA foreign_keys = OFF'\");")]
    [InlineData("new Own().Sql(\"PRAGMA foreign_keys = OFF\");")]
    public Task A_migration(string statement) => RuleVerifier.VerifyAsync(
        Descriptors.PragmaInsideTransaction,
        $$"""
        using Microsoft.EntityFrameworkCore.Migrations;

        class First : Migration
        {
            private bool outside;

            protected override void Up(MigrationBuilder migrationBuilder)
            {
                {{statement}}
            }
        }

        class Own { public void Sql(string sql) { } }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    [Fact]
    public Task Entity_Framework_Core() => RuleVerifier.VerifyAsync(
        Descriptors.PragmaInsideTransaction,
        """
        using Microsoft.EntityFrameworkCore;

        class Program
        {
            static void Run(DbContext context)
            {
                context.Database.ExecuteSqlRaw("PRAGMA foreign_keys = OFF");
                using var transaction = context.Database.BeginTransaction();
                [|context.Database.ExecuteSqlRaw("PRAGMA foreign_keys = OFF")|];
                context.Database.ExecuteSqlRaw("DROP TABLE items");
                transaction.Commit();
            }
        }
        """,
        test => test.References = TestReferences.WithEntityFramework);

    [Fact]
    public Task The_location_of_the_pragma_in_a_called_method_is_added() => RuleVerifier.VerifyAsync(
        Descriptors.PragmaInsideTransaction,
        RuleSource.Types(
            """
            class Program
            {
                static void Run()
                {
                    using var connection = Db.Open();
                    using var transaction = {|#1:connection.BeginTransaction()|};
                    {|#0:Rebuild(connection)|};
                    transaction.Commit();
                }
                static void Rebuild(SqliteConnection connection) => {|#2:connection.Execute("PRAGMA foreign_keys = OFF")|};
            }
            """),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.PragmaInsideTransaction)
            .WithLocation(0).WithLocation(1).WithLocation(2).WithArguments("foreign_keys", "SQLite ignores it without an error")));

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.PragmaInsideTransaction, RuleSource.Statements(statements));

    private static Task VerifyMembersAsync(string members) => RuleVerifier.VerifyAsync(Descriptors.PragmaInsideTransaction, RuleSource.Members(members));
}
