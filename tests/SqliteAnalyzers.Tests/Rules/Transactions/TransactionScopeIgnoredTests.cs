using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Transactions;

/// <summary>SQLITE4009 at each shape of code that has the fault, and at none that has not.</summary>
public sealed class TransactionScopeIgnoredTests
{
    [Theory]
    [InlineData("new TransactionScope()")]
    [InlineData("new TransactionScope(TransactionScopeAsyncFlowOption.Enabled)")]
    [InlineData("new TransactionScope(TransactionScopeOption.Required)")]
    [InlineData("new TransactionScope(TransactionScopeOption.RequiresNew, TimeSpan.FromSeconds(5))")]
    public Task Every_scope(string scope) => VerifyAsync(
        $$"""
        using var scope = {{scope}};
        using var second = new SqliteConnection("Data Source=app.db");
        [|second.Open()|];
        second.Execute("DELETE FROM items");
        scope.Complete();
        """);

    [Fact]
    public Task A_using_statement() => VerifyAsync(
        """
        using (var scope = new TransactionScope())
        {
            using (var second = new SqliteConnection("Data Source=app.db"))
            {
                [|second.Open()|];
                second.Execute("DELETE FROM items");
                second.Execute("DELETE FROM items");
            }
            scope.Complete();
        }
        """);

    [Fact]
    public Task A_connection_that_was_open_before_at_its_first_write() => VerifyAsync(
        """
        using (var scope = new TransactionScope())
        {
            connection.Query("SELECT * FROM items");
            [|connection.Execute("DELETE FROM items")|];
            connection.Execute("INSERT INTO items (name) VALUES ('a')");
            scope.Complete();
        }
        """);

    [Fact]
    public Task Dapper_that_opens_by_itself() => VerifyAsync(
        """
        using var scope = new TransactionScope();
        using var second = new SqliteConnection("Data Source=app.db");
        [|second.Execute("DELETE FROM items")|];
        scope.Complete();
        """);

    [Fact]
    public Task A_helper_that_opens() => VerifyMembersAsync(
        """
        static void Run()
        {
            using var scope = new TransactionScope();
            using var connection = [|Db.Open()|];
            connection.Execute("DELETE FROM items");
            scope.Complete();
        }
        """);

    [Fact]
    public Task An_asynchronous_method() => VerifyMembersAsync(
        """
        static async Task Run()
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            await using var connection = new SqliteConnection("Data Source=app.db");
            await [|connection.OpenAsync()|];
            await connection.ExecuteAsync("DELETE FROM items");
            scope.Complete();
        }
        """);

    [Fact]
    public Task Clean_after_the_scope() => VerifyAsync(
        """
        using (var scope = new TransactionScope())
        {
            scope.Complete();
        }
        using var second = new SqliteConnection("Data Source=app.db");
        second.Open();
        second.Execute("DELETE FROM items");
        """);

    [Fact]
    public Task Clean_before_the_scope() => VerifyAsync(
        """
        using var second = new SqliteConnection("Data Source=app.db");
        second.Open();
        second.Execute("DELETE FROM items");
        using (var scope = new TransactionScope())
        {
            scope.Complete();
        }
        """);

    [Fact]
    public Task Clean_where_the_scope_suppresses_the_transaction() => VerifyAsync(
        """
        using var scope = new TransactionScope(TransactionScopeOption.Suppress);
        using var second = new SqliteConnection("Data Source=app.db");
        second.Open();
        second.Execute("DELETE FROM items");
        """);

    [Theory]
    [InlineData("second.BeginTransaction()", "transaction.Commit();")]
    [InlineData("second.BeginTransaction(System.Data.IsolationLevel.Serializable)", "transaction.Commit();")]
    [InlineData("(IDisposable)null", "second.Execute(\"BEGIN IMMEDIATE\"); second.Execute(\"DELETE FROM items\"); second.Execute(\"COMMIT\");")]
    public Task Clean_where_the_connection_has_a_transaction_of_its_own(string begin, string end) => VerifyAsync(
        $$"""
        using var scope = new TransactionScope();
        using var second = new SqliteConnection("Data Source=app.db");
        second.Open();
        using var transaction = {{begin}};
        {{end}}
        scope.Complete();
        """);

    [Fact]
    public Task Clean_where_an_inner_scope_suppresses_it() => VerifyAsync(
        """
        using var scope = new TransactionScope();
        using (var inner = new TransactionScope(TransactionScopeOption.Suppress))
        {
            using var second = new SqliteConnection("Data Source=app.db");
            second.Open();
            second.Execute("DELETE FROM items");
            inner.Complete();
        }
        scope.Complete();
        """);

    [Fact]
    public Task After_the_inner_scope_that_suppresses_it() => VerifyAsync(
        """
        using var scope = new TransactionScope();
        using (var inner = new TransactionScope(TransactionScopeOption.Suppress))
        {
            inner.Complete();
        }
        using var second = new SqliteConnection("Data Source=app.db");
        [|second.Open()|];
        second.Execute("DELETE FROM items");
        scope.Complete();
        """);

    [Fact]
    public Task Clean_where_the_option_is_not_known() => VerifyMembersAsync(
        """
        static void Run(TransactionScopeOption option)
        {
            using var scope = new TransactionScope(option);
            using var connection = Db.Open();
            connection.Execute("DELETE FROM items");
        }
        """);

    [Fact]
    public Task Clean_where_it_only_reads_on_an_open_connection() => VerifyAsync(
        """
        using var scope = new TransactionScope();
        connection.Query("SELECT * FROM items");
        """);

    [Fact]
    public Task Clean_where_the_connection_has_its_own_transaction() => VerifyAsync(
        """
        using var transaction = connection.BeginTransaction();
        using (var scope = new TransactionScope())
        {
            connection.Execute("DELETE FROM items");
            scope.Complete();
        }
        transaction.Commit();
        """);

    [Fact]
    public Task Clean_with_a_class_of_the_same_name() => RuleVerifier.VerifyAsync(
        Descriptors.TransactionScopeIgnored,
        RuleSource.Types(
            """
            class TransactionScope : IDisposable { public void Dispose() { } }

            class Program
            {
                static void Run()
                {
                    using var scope = new TransactionScope();
                    using var connection = Db.Open();
                    connection.Execute("DELETE FROM items");
                }
            }
            """));

    [Fact]
    public Task Clean_with_System_Data_SQLite_which_takes_part() => RuleVerifier.VerifyAsync(
        Descriptors.TransactionScopeIgnored,
        """
        using System.Data.SQLite;
        using System.Transactions;

        using var scope = new TransactionScope();
        using var connection = new SQLiteConnection("Data Source=app.db");
        connection.Open();
        new SQLiteCommand("DELETE FROM items", connection).ExecuteNonQuery();
        scope.Complete();
        """,
        test => test.References = TestReferences.OnlySystemDataSqlite);

    private static Task VerifyAsync(string statements) =>
        RuleVerifier.VerifyAsync(Descriptors.TransactionScopeIgnored, "using System.Transactions;\n" + RuleSource.Statements(statements));

    private static Task VerifyMembersAsync(string members) =>
        RuleVerifier.VerifyAsync(Descriptors.TransactionScopeIgnored, "using System.Transactions;\n" + RuleSource.Members(members));
}
