using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3009 where a connection to a database in memory of its own is opened a second time, and nowhere else.</summary>
public sealed class InMemoryDatabaseReopenedTests
{
    private const string Built = "using var memory = new SqliteConnection(new SqliteConnectionStringBuilder { ";

    private const string Own = "using var memory = new SqliteConnection(\"Data Source=:memory:\"); ";

    [Theory]
    [InlineData(Own + "memory.Open(); memory.Execute(\"CREATE TABLE t (a)\"); memory.Close(); [|memory.Open()|]; memory.Execute(\"INSERT INTO t VALUES (1)\");")]
    [InlineData(Own + "memory.Open(); memory.Close(); Console.WriteLine(flag); [|memory.OpenAsync()|].Wait();")]
    [InlineData(Own + "memory.Execute(\"CREATE TABLE t (a)\"); [|memory.Execute(\"INSERT INTO t VALUES (1)\")|];")]
    [InlineData("using var memory = new SqliteConnection(\"Data Source=scratch;Mode=Memory\"); memory.Open(); memory.Close(); [|memory.Open()|];")]
    [InlineData("using var memory = new SqliteConnection { ConnectionString = \"DataSource=:memory:\" }; memory.Open(); memory.Close(); [|memory.Open()|];")]
    [InlineData(Own + "try { memory.Open(); memory.Execute(\"CREATE TABLE t (a)\"); } finally { memory.Close(); } [|memory.Open()|];")]
    [InlineData(Own + "Fill(memory); [|memory.Open()|];")]
    [InlineData(Own + "memory.Open(); memory.Close(); [|Fill(memory)|];")]
    [InlineData(Built + "DataSource = \":memory:\" }.ToString()); memory.Open(); memory.Close(); [|memory.Open()|];")]
    [InlineData(Built + "DataSource = \"scratch\", Mode = SqliteOpenMode.Memory }.ConnectionString); memory.Open(); memory.Close(); [|memory.Open()|];")]
    [InlineData(Built + "DataSource = \":memory:\", Cache = SqliteCacheMode.Private }.ToString()); memory.Execute(\"CREATE TABLE t (a)\"); [|memory.Execute(\"INSERT INTO t VALUES (1)\")|];")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(); builder.DataSource = \":memory:\"; using var memory = new SqliteConnection(builder.ToString()); memory.Open(); memory.Close(); [|memory.Open()|];")]
    [InlineData(Own + "memory.Execute(\"CREATE TABLE t (a)\"); Console.WriteLine([|memory.ExecuteScalar<int>(\"SELECT count(*) FROM t\")|]);")]
    [InlineData(Own + "memory.Execute(\"CREATE TABLE t (a)\"); Console.WriteLine([|memory.ExecuteScalar<int>(\"SELECT count(*) FROM json_each(@items) JOIN t\", new { items })|]);")]
    [InlineData(Own + "memory.Execute(\"CREATE TABLE t (a)\"); Console.WriteLine([|memory.ExecuteScalar<int>(\"SELECT count(*) FROM json_each(@items) e, t\", new { items })|]);")]
    public Task Opened_again(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData(Own + "memory.Open(); memory.Execute(\"CREATE TABLE t (a)\"); memory.Execute(\"INSERT INTO t VALUES (1)\");")]
    [InlineData(Own + "memory.Open();")]
    [InlineData(Own + "memory.Execute(\"CREATE TABLE t (a)\");")]
    [InlineData(Own + "if (memory.State != System.Data.ConnectionState.Open) { memory.Open(); } memory.Execute(\"CREATE TABLE t (a)\");")]
    [InlineData("using var memory = new SqliteConnection(\"Data Source=scratch;Mode=Memory;Cache=Shared\"); memory.Open(); memory.Close(); memory.Open();")]
    [InlineData("using var memory = new SqliteConnection(\"Data Source=file::memory:?cache=shared\"); memory.Open(); memory.Close(); memory.Open();")]
    [InlineData("using var file = new SqliteConnection(Db.Text); file.Open(); file.Close(); file.Open();")]
    [InlineData("using var file = new SqliteConnection(items[0]); file.Open(); file.Close(); file.Open();")]
    [InlineData("foreach (var item in items) { using var memory = new SqliteConnection(\"Data Source=:memory:\"); memory.Open(); memory.Execute(item); }")]
    [InlineData("using (var one = new SqliteConnection(\"Data Source=:memory:\")) { one.Open(); } using (var two = new SqliteConnection(\"Data Source=:memory:\")) { two.Open(); }")]
    [InlineData(Own + "if (flag) { memory.Open(); memory.Close(); } else { memory.Open(); }")]
    [InlineData(Own + "memory.Open(); memory.Close();")]
    [InlineData(Own + "Console.WriteLine(memory.ExecuteScalar<string>(\"SELECT sqlite_version()\")); Console.WriteLine(memory.ExecuteScalar<string>(\"SELECT sqlite_source_id()\"));")]
    [InlineData(Own + "Console.WriteLine(memory.ExecuteScalar<string>(\"PRAGMA cache_size\")); Console.WriteLine(memory.Query<string>(\"PRAGMA compile_options\").Count());")]
    [InlineData(Own + "Console.WriteLine(memory.Query<string>(\"SELECT name FROM pragma_function_list\").Count()); Console.WriteLine(memory.Query<string>(\"SELECT name FROM pragma_module_list()\").Count());")]
    [InlineData(Own + "foreach (var item in items) { Console.WriteLine(memory.Query<string>(\"SELECT value FROM json_each(@item)\", new { item }).Count()); }")]
    [InlineData(Own + "foreach (var item in items) { Console.WriteLine(memory.ExecuteScalar<string>(\"SELECT upper(@item)\", new { item })); }")]
    [InlineData(Own + "foreach (var item in items) { Console.WriteLine(memory.ExecuteScalar<string>(\"SELECT 'from t' /* join t */ || @item\", new { item })); }")]
    [InlineData(Own + "foreach (var item in items) { Console.WriteLine(memory.Query<string>(\"SELECT value FROM json_each(@item) ORDER BY value, key\", new { item }).Count()); }")]
    [InlineData(Built + "DataSource = \"scratch\", Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared }.ToString()); memory.Open(); memory.Close(); memory.Open();")]
    [InlineData("var builder = new SqliteConnectionStringBuilder(\"Data Source=scratch;Mode=Memory;Cache=Shared\"); using var memory = new SqliteConnection(builder.ToString()); memory.Open(); memory.Close(); memory.Open();")]
    [InlineData("var builder = new SqliteConnectionStringBuilder { DataSource = \":memory:\" }; builder[\"Cache\"] = items[0]; using var memory = new SqliteConnection(builder.ToString()); memory.Open(); memory.Close(); memory.Open();")]
    [InlineData("using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = items[0] }.ToString()); file.Open(); file.Close(); file.Open();")]
    [InlineData(Own + "memory.Open(); if (flag) { memory.Close(); return; } memory.Execute(\"CREATE TABLE t (a)\");")]
    public Task Clean(string statements) => VerifyAsync(statements);

    [Fact]
    public Task Clean_in_a_test_project() => RuleVerifier.VerifyAsync(
        Descriptors.InMemoryDatabaseReopened,
        RuleSource.Statements(Own + "memory.Open(); memory.Close(); memory.Open();") + "\nnamespace Xunit { class FactAttribute : Attribute; }");

    [Fact]
    public Task The_message_names_the_connection_string() => RuleVerifier.VerifyAsync(
        Descriptors.InMemoryDatabaseReopened,
        RuleSource.Statements(Own + "memory.Open(); {|#1:memory.Close()|}; {|#0:memory.Open()|};"),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.InMemoryDatabaseReopened).WithLocation(0).WithLocation(1).WithArguments("Data Source=:memory:")));

    private static Task VerifyAsync(string statements) => RuleVerifier.VerifyAsync(Descriptors.InMemoryDatabaseReopened, RuleSource.Members(
        $$"""
        static void Run(bool flag, string[] items)
        {
            {{statements}}
        }

        static void Fill(SqliteConnection given)
        {
            given.Open();
            given.Execute("CREATE TABLE t (a)");
            given.Close();
        }
        """));
}
