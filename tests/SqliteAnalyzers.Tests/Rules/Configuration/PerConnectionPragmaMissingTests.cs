using Microsoft.CodeAnalysis.Testing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3011 where one connection lacks what another to the same database has, and nowhere else.</summary>
public sealed class PerConnectionPragmaMissingTests
{
    private const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL";
    private const string Create = "using var connection = new SqliteConnection(\"Data Source=app.db\");";
    private const string Work = "connection.Execute(\"DELETE FROM items\");";

    [Theory]
    [InlineData(Create + " [|connection.Open()|]; " + Work)]
    [InlineData(Create + " [|connection.Open()|]; connection.Query(\"SELECT name FROM items\");")]
    [InlineData(Create + " [|connection.Open()|]; connection.Execute(\"PRAGMA journal_mode=WAL\"); " + Work)]
    [InlineData(Create + " [|connection.Open()|]; connection.Execute(\"PRAGMA synchronous=NORMAL\"); " + Work)]
    [InlineData("DbConnection connection = new SqliteConnection(\"Data Source=app.db\"); [|connection.Open()|]; using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM items\"; command.ExecuteNonQuery();")]
    [InlineData(Create + " [|connection.Open()|]; Worker.Write(connection);")]
    [InlineData(Create + " if (flag) { [|connection.Open()|]; } [|connection.Execute(\"DELETE FROM items\")|];")]
    [InlineData(Create + " [|connection.Execute(\"DELETE FROM items\")|];")]
    [InlineData(Create + " [|connection.Execute(\"PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000\")|]; connection.Execute(\"DELETE FROM items\");")]
    [InlineData("using var connection = Worker.Make(); [|connection.Open()|]; " + Work)]
    [InlineData(Create + " [|connection.Open()|]; connection.Execute(\"BEGIN; PRAGMA synchronous=NORMAL\"); " + Work + " connection.Execute(\"COMMIT; PRAGMA busy_timeout=1\");")]
    public Task A_connection_without_them(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData(Create + " connection.Open(); connection.Execute(\"PRAGMA busy_timeout=1000; PRAGMA synchronous=FULL\"); " + Work)]
    [InlineData(Create + " connection.Open(); void Configure(SqliteConnection opened) => opened.Execute(\"PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=1\"); Configure(connection); " + Work)]
    [InlineData(Create + " connection.Open(); foreach (var pragma in new[] { \"synchronous=NORMAL\", \"busy_timeout=1\" }) connection.Execute(\"PRAGMA \" + pragma); " + Work)]
    [InlineData(Create + " connection.Open(); connection.Execute(items[0]); " + Work)]
    [InlineData(Create + " connection.Open(); Console.WriteLine(connection.ExecuteScalar<long>(\"SELECT count(*) FROM items\"));")]
    [InlineData(Create + " connection.Open(); connection.Execute(\"PRAGMA wal_checkpoint(PASSIVE)\");")]
    [InlineData(Create + " connection.Open();")]
    [InlineData(Create + " SqliteAnalyzers.Runtime.SqliteConnectionExtensions.OpenConfigured(connection); " + Work)]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db;Mode=ReadOnly\"); connection.Open(); connection.Query(\"SELECT name FROM items\");")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=:memory:\"); connection.Open(); " + Work)]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=other.db\"); connection.Open(); " + Work)]
    [InlineData("using var connection = Worker.Open(); connection.Open(); " + Work)]
    public Task Clean_with_them_or_without_need(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("PRAGMA synchronous=NORMAL", "busy_timeout", "it is")]
    [InlineData("PRAGMA busy_timeout=30000", "synchronous", "it is")]
    [InlineData("PRAGMA foreign_keys=ON", "synchronous, busy_timeout", "they are")]
    public Task The_message_names_what_is_missing(string pragmas, string missing, string verb) => RuleVerifier.VerifyAsync(
        Descriptors.PerConnectionPragmaMissing,
        Source($"{Create} {{|#0:connection.Open()|}}; connection.Execute(\"{pragmas}\"); {Work}", Pragmas),
        test => test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.PerConnectionPragmaMissing).WithLocation(0).WithArguments(missing, verb)));

    [Theory]
    [InlineData("PRAGMA busy_timeout=30000; PRAGMA synchronous=NORMAL")]
    [InlineData("PRAGMA journal_mode=WAL")]
    [InlineData("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL")]
    [InlineData("PRAGMA foreign_keys=ON")]
    [InlineData("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; DELETE FROM items; PRAGMA journal_mode=DELETE; PRAGMA synchronous=NORMAL")]
    public Task Clean_where_no_other_connection_has_them_in_WAL_mode(string pragmas) => RuleVerifier.VerifyAsync(
        Descriptors.PerConnectionPragmaMissing,
        Source($"{Create} connection.Open(); {Work}", pragmas));

    [Theory]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); connection.OpenConfigured();")]
    [InlineData("using var source = new ConfiguredSqliteDataSource(\"Data Source=app.db\"); using var connection = source.OpenConnection();")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); connection.Open(); connection.Configure();")]
    public Task A_connection_beside_one_that_the_helper_library_sets_up(string open) => VerifyTypesAsync(BesideConfigured(open, "[|connection.Open()|];"));

    [Theory]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); connection.OpenConfigured();", "connection.OpenConfigured();")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); connection.OpenConfigured();", "connection.Open(); connection.Configure();")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=other.db\"); connection.OpenConfigured();", "connection.Open();")]
    [InlineData("using var connection = new SqliteConnection(\"Data Source=app.db\"); connection.Execute(\"PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=1\"); connection.Execute(\"PRAGMA journal_mode=WAL\");", "connection.Open();")]
    public Task Clean_beside_one_that_the_helper_library_sets_up(string open, string plain) => VerifyTypesAsync(BesideConfigured(open, plain));

    [Fact]
    public Task A_factory_whose_connections_are_used_as_they_are() => VerifyTypesAsync(
        $$"""
        static class Factory
        {
            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                return connection;
            }
        }
        class Setup { static void Run() { using var connection = Factory.Open(); connection.Execute("{{Pragmas}}"); {{Work}} } }
        class Program
        {
            static void Run() { using var connection = Factory.Open(); {{Work}} }
            static void RunAgain() { using var connection = Factory.Open(); {{Work}} }
        }
        """);

    [Fact]
    public Task Clean_with_a_factory_whose_connections_are_all_configured() => VerifyTypesAsync(
        $$"""
        static class Factory
        {
            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                return connection;
            }
            public static SqliteConnection OpenReady()
            {
                var connection = Open();
                connection.Execute("{{Pragmas}}");
                return connection;
            }
        }
        class Program
        {
            static void Run() { using var connection = Factory.OpenReady(); {{Work}} }
            static void RunAgain() { using var connection = Factory.Open(); connection.Execute("PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=1"); {{Work}} }
        }
        """);

    [Fact]
    public Task Clean_where_another_database_of_unknown_path_has_them() => VerifyTypesAsync(
        $$"""
        class Cache(string text)
        {
            public void Write() { using var connection = new SqliteConnection(text); connection.Open(); connection.Execute("{{Pragmas}}"); {{Work}} }
        }
        class Index(string text)
        {
            private const string First = "Data Source=first.db", Second = "Data Source=second.db";
            public void Write() { using var connection = new SqliteConnection(text); connection.Open(); {{Work}} }
        }
        """);

    [Fact]
    public Task The_same_path_of_which_nothing_is_known() => VerifyTypesAsync(
        $$"""
        class Store(string text)
        {
            private const string First = "Data Source=first.db", Second = "Data Source=second.db";
            public void Setup() { using var connection = new SqliteConnection(text); connection.Open(); connection.Execute("{{Pragmas}}"); {{Work}} }
            public void Write() { using var connection = new SqliteConnection(text); [|connection.Open()|]; {{Work}} }
        }
        """);

    [Fact]
    public Task Clean_in_generated_code() => VerifyAsync("Generated.Run();", "[System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1.0\")] static class Generated { public static void Run() { " + Create + " connection.Open(); " + Work + " } }");

    [Fact]
    public Task The_fix_is_told_connection_and_missing_pragmas() => RuleVerifier.VerifyAsync(
        Descriptors.PerConnectionPragmaMissing,
        Source($"{Create} [|connection.Open()|]; connection.Execute(\"PRAGMA synchronous=NORMAL\"); {Work}", Pragmas),
        test => test.DiagnosticVerifier = (diagnostic, _, _) =>
        {
            Assert.Equal("connection", diagnostic.Properties[DiagnosticProperties.Connection]);
            Assert.Equal("busy_timeout", diagnostic.Properties[DiagnosticProperties.Missing]);
        });

    [Theory]
    [InlineData("PRAGMA journal_mode=WAL; PRAGMA synchronous=normal; PRAGMA busy_timeout=5000", "normal,5000")]
    [InlineData("PRAGMA journal_mode=WAL; PRAGMA synchronous=EXTRA; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000", ",5000")]
    [InlineData("PRAGMA journal_mode=WAL; PRAGMA synchronous=1; PRAGMA synchronous=1; PRAGMA busy_timeout=0; PRAGMA busy_timeout=100", "1,")]
    public Task The_fix_is_told_the_values_that_others_have(string pragmas, string values) => RuleVerifier.VerifyAsync(
        Descriptors.PerConnectionPragmaMissing,
        Source($"{Create} [|connection.Open()|]; {Work}", pragmas),
        test => test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Equal(values, diagnostic.Properties[DiagnosticProperties.Values]));

    [Theory]
    [InlineData("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")]
    [InlineData("PRAGMA journal_mode=WAL; PRAGMA synchronous=2; PRAGMA busy_timeout=0")]
    public Task Clean_where_others_have_what_each_connection_begins_with(string pragmas) => RuleVerifier.VerifyAsync(
        Descriptors.PerConnectionPragmaMissing,
        Source($"{Create} connection.Open(); {Work}", pragmas));

    private static string BesideConfigured(string open, string plain) =>
        $$"""
        namespace App
        {
            using SqliteAnalyzers.Runtime;

            class Store
            {
                public void Setup() { {{open}} {{Work}} }
                public void Write() { {{Create}} {{plain}} {{Work}} }
            }
        }
        """;

    private static string Source(string statements, string pragmas, string types = "") => RuleSource.Alone(
        $$"""
        class Program
        {
            static void Run(bool flag, string[] items)
            {
                {{statements}}
            }
        }
        static class Worker
        {
            public static void Setup() { using var connection = Open(); {{Work}} }
            public static SqliteConnection Open()
            {
                var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Execute("{{pragmas}}");
                return connection;
            }
            public static SqliteConnection Make() => new("Data Source=app.db");
            public static void Write(SqliteConnection connection) => connection.Execute("INSERT INTO items (name) VALUES ('a')");
        }
        {{types}}
        """);

    private static Task VerifyAsync(string statements, string types = "") => RuleVerifier.VerifyAsync(Descriptors.PerConnectionPragmaMissing, Source(statements, Pragmas, types));

    private static Task VerifyTypesAsync(string types) => RuleVerifier.VerifyAsync(Descriptors.PerConnectionPragmaMissing, RuleSource.Alone(types));
}
