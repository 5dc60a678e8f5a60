using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3006 on files that are kept, and on nothing else.</summary>
public sealed class SynchronousOffTests
{
    private const string Off = "PRAGMA synchronous = [|OFF|]";

    [Theory]
    [InlineData("PRAGMA synchronous = [|OFF|]")]
    [InlineData("PRAGMA synchronous = [|0|];")]
    [InlineData("pragma Main.Synchronous([|'off'|])")]
    [InlineData("PRAGMA synchronous = [|no|]")]
    [InlineData("PRAGMA synchronous = [|FALSE|]")]
    [InlineData("PRAGMA journal_mode = WAL; PRAGMA synchronous = [|OFF|]; PRAGMA temp_store = MEMORY")]
    [InlineData("PRAGMA synchronous /* fast */ = [|0|] -- now")]
    public Task Every_form_of_the_statement(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("PRAGMA synchronous")]
    [InlineData("PRAGMA synchronous = NORMAL")]
    [InlineData("PRAGMA synchronous = 1")]
    [InlineData("PRAGMA synchronous = FULL")]
    [InlineData("PRAGMA synchronous = EXTRA")]
    [InlineData("PRAGMA temp.synchronous = OFF")]
    [InlineData("PRAGMA cache.synchronous = OFF")]
    [InlineData("PRAGMA foreign_keys = OFF")]
    [InlineData("PRAGMA journal_mode = OFF")]
    [InlineData("PRAGMA synchronous =")]
    [InlineData("PRAGMA synchronous = OFF is fast")]
    [InlineData("-- PRAGMA synchronous = OFF")]
    [InlineData("SELECT 'PRAGMA synchronous = OFF'")]
    [InlineData("UPDATE settings SET synchronous = 0")]
    public Task Clean_statements(string sql) => VerifyAsync($"connection.Execute(\"{sql}\");");

    [Theory]
    [InlineData("new SqliteCommand(\"PRAGMA synchronous = [|OFF|]\", connection).ExecuteNonQuery();")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"PRAGMA synchronous = [|0|]\"; command.ExecuteNonQuery();")]
    [InlineData("foreach (var sql in new[] { \"PRAGMA synchronous = [|OFF|]\", \"PRAGMA optimize\" }) connection.Execute(sql);")]
    [InlineData("connection.Execute($\"PRAGMA synchronous = [|OFF|]; PRAGMA cache_size = {items[0]}\");")]
    [InlineData("connection.Execute(\"PRAGMA synchronous = [|OFF|]\"); connection.Execute(\"PRAGMA synchronous = NORMAL\");")]
    [InlineData("using var other = new SqliteConnection(items[0]); other.Open(); other.Execute(\"PRAGMA synchronous = [|OFF|]\");")]
    [InlineData("using var other = new SqliteConnection(\"Data Source=:memory:\"); other.Open(); foreach (var each in new[] { connection, other }) each.Execute(\"PRAGMA synchronous = [|OFF|]\");")]
    [InlineData("connection.Execute(\"DELETE FROM items; \".Insert(0, \"PRAGMA synchronous = [|OFF|]; \"));")]
    [InlineData("connection.Execute(items[0].Replace(\"SPEED\", \"PRAGMA synchronous = [|OFF|]\"));")]
    [InlineData("connection.Execute(\"PRAGMA synchronous = \" + (flag ? \"[|OFF|]\" : \"FULL\"));")]
    [InlineData("connection.Execute($\"PRAGMA synchronous = {(flag ? \"FULL\" : \"[|OFF|]\")}; PRAGMA cache_size = {items[0]}\");")]
    [InlineData("connection.Execute(\"PRAGMA synchronous = \" + items.Length switch { 0 => \"[|OFF|]\", 1 => \"NORMAL\", _ => \"[|0|]\" } + \";\");")]
    [InlineData("connection.Execute(\"PRAGMA \" + (flag ? \"synchronous\" : \"temp_store\") + \" = [|0|]\");")]
    public Task Every_place_of_the_text(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("connection.Execute($\"PRAGMA synchronous = {items[0]}\");")]
    [InlineData("connection.Execute(\"PRAGMA synchronous = \" + (flag ? \"FULL\" : \"NORMAL\"));")]
    [InlineData("connection.Execute(\"PRAGMA \" + (flag ? \"foreign_keys\" : \"recursive_triggers\") + \" = OFF\");")]
    [InlineData("Console.WriteLine(flag ? \"PRAGMA synchronous = OFF\" : \"PRAGMA synchronous = NORMAL\");")]
    [InlineData("connection.Execute(flag ? \"PRAGMA synchronous = FULL\" : \"PRAGMA synchronous = NORMAL\");")]
    [InlineData("using var other = new SqliteConnection(\"Data Source=:memory:\"); other.Open(); other.Execute(\"PRAGMA synchronous = OFF\");")]
    [InlineData("using var other = new SqliteConnection(\"Data Source=shared;Mode=Memory;Cache=Shared\"); other.Open(); other.Execute(\"PRAGMA synchronous = OFF\");")]
    [InlineData("using var other = new SqliteConnection(\"Data Source=\"); other.Open(); other.Execute(\"PRAGMA synchronous = OFF\");")]
    [InlineData("using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = \"x\", Mode = SqliteOpenMode.Memory }.ToString()); other.Open(); other.Execute(\"PRAGMA synchronous = OFF\");")]
    [InlineData("using var other = new SqliteConnection($\"Data Source={Path.GetTempFileName()}\"); other.Open(); other.Execute(\"PRAGMA synchronous = OFF\");")]
    [InlineData("using var other = new SqliteConnection($\"Data Source={Path.Combine(Path.GetTempPath(), \"x.db\")}\"); other.Open(); other.Execute(\"PRAGMA synchronous = OFF\");")]
    [InlineData("if (items[0].Contains(\"PRAGMA synchronous = OFF\")) connection.Execute(\"DELETE FROM items\");")]
    [InlineData("if (items[0] == \"PRAGMA synchronous = OFF\" || items[0].Equals(\"PRAGMA synchronous = OFF\")) connection.Execute(\"DELETE FROM items\");")]
    [InlineData("switch (items[0]) { case \"PRAGMA synchronous = OFF\": connection.Execute(\"DELETE FROM items\"); break; }")]
    [InlineData("if (items[0] is \"PRAGMA synchronous = OFF\") connection.Execute(\"DELETE FROM items\");")]
    [InlineData("connection.Execute(items[0].Replace(\"PRAGMA synchronous = OFF\", \"PRAGMA synchronous = NORMAL\"));")]
    [InlineData("Console.WriteLine(\"PRAGMA synchronous = OFF\"); System.Diagnostics.Debug.WriteLine(\"PRAGMA synchronous = OFF\");")]
    [InlineData("if (flag) throw new InvalidOperationException(\"PRAGMA synchronous = OFF\");")]
    [InlineData("[System.ComponentModel.Description(\"PRAGMA synchronous = OFF\")] static void Local() { } Local();")]
    public Task Clean_where_nobody_keeps_the_database(string statements) => VerifyAsync(statements);

    /// <summary>What another method makes of a variable of the same name is no concern of this text, nor a method whose name begins like a log's.</summary>
    [Fact]
    public Task A_name_that_is_used_elsewhere_too() => VerifyMembersAsync(
        """
        static string Fill(string sql) { sql = sql.Replace("@", ""); return sql; }
        static void Run(SqliteConnection connection) { var sql = "PRAGMA synchronous = [|OFF|]"; connection.Execute(sql); LogAndExecute(connection, "PRAGMA synchronous = [|OFF|]"); }
        static void LogAndExecute(SqliteConnection connection, string sql) => connection.Execute(sql);
        """);

    [Fact]
    public Task A_helper_that_is_given_the_text() => VerifyMembersAsync(
        """
        static void Run() { using var connection = Db.Open(); Set(connection, "PRAGMA synchronous = [|OFF|]"); }
        static void Set(SqliteConnection connection, string sql) => connection.Execute(sql);
        """);

    [Fact]
    public Task A_constant_that_only_a_file_is_given() => VerifyMembersAsync(
        """
        private const string Fast = "PRAGMA synchronous = [|OFF|]";
        static void Run() { using var connection = Db.Open(); connection.Execute(Fast); }
        """);

    [Fact]
    public Task Clean_with_a_constant_that_only_a_memory_database_is_given() => VerifyMembersAsync(
        """
        private const string Fast = "PRAGMA synchronous = OFF";
        static void Run() { using var connection = new SqliteConnection("Data Source=:memory:"); connection.Open(); connection.Execute(Fast); }
        """);

    /// <summary>What is set over a helper is set by who calls it.</summary>
    [Fact]
    public Task Only_on_the_file_where_a_helper_executes_both() => VerifyMembersAsync(
        """
        static void Set(SqliteConnection connection, string sql) { using var command = connection.CreateCommand(); command.CommandText = sql; command.ExecuteNonQuery(); }
        static void Median() { using var scratch = new SqliteConnection("Data Source=:memory:"); scratch.Open(); Set(scratch, "PRAGMA synchronous = OFF"); }
        static void Import() { using var connection = Db.Open(); Set(connection, "PRAGMA synchronous = [|OFF|]"); }
        """);

    [Fact]
    public Task A_text_of_which_nobody_is_seen_to_execute_it() => VerifyMembersAsync("""public static string[] Settings => new[] { "PRAGMA synchronous = [|OFF|]" };""");

    [Fact]
    public Task Another_provider_of_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.SynchronousOff,
        $"class Program {{ void Run(System.Data.SQLite.SQLiteCommand command) => command.CommandText = \"{Off}\"; }}",
        test => test.References = TestReferences.OnlySystemDataSqlite);

    [Fact]
    public Task Clean_without_SQLite() => RuleVerifier.VerifyAsync(
        Descriptors.SynchronousOff,
        "class Program { const string Sql = \"PRAGMA synchronous = OFF\"; }",
        test => test.References = TestReferences.Net);

    [Fact]
    public Task Clean_in_a_test_project() => VerifySourceAsync(RuleSource.Types(
        """
        class Program { static void Run(SqliteConnection connection) => connection.Execute("PRAGMA synchronous = OFF"); }
        namespace Xunit { class FactAttribute : Attribute; }
        """));

    [Fact]
    public Task Clean_in_half_typed_code() => RuleVerifier.VerifyAsync(
        Descriptors.SynchronousOff,
        RuleSource.Statements("connection.Execute(\"PRAGMA synchronous = O"),
        test => test.CompilerDiagnostics = CompilerDiagnostics.None);

    [Fact]
    public Task The_message_and_what_the_fix_is_told() => RuleVerifier.VerifyAsync(
        Descriptors.SynchronousOff,
        RuleSource.Statements("connection.Execute(\"PRAGMA synchronous = {|#0:off|}\");"),
        test =>
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.SynchronousOff).WithLocation(0).WithArguments("off"));
            test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Equal("NORMAL", diagnostic.Properties.GetValueOrDefault(DiagnosticProperties.Replacement));
        });

    private static Task VerifyAsync(string statements) => VerifySourceAsync(RuleSource.Statements(statements));

    private static Task VerifyMembersAsync(string members) => VerifySourceAsync(RuleSource.Members(members));

    private static Task VerifySourceAsync(string source) => RuleVerifier.VerifyAsync(Descriptors.SynchronousOff, source);
}
