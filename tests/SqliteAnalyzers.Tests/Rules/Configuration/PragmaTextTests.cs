using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Configuration;

/// <summary>SQLITE3001 where the text that sets the pragmas is put together at run time, here or in other members and types.</summary>
public sealed class PragmaTextTests
{
    private const string List =
        "var pragmas = new List<string> { $\"PRAGMA journal_mode = {mode}\", \"PRAGMA synchronous = NORMAL\", \"PRAGMA cache_size = -64000\" }; "
        + "if (mode.Length > 0) pragmas.Add($\"PRAGMA busy_timeout = {mode.Length}\");";

    private const string Builder =
        "var text = new StringBuilder(); text.Append(\"PRAGMA journal_mode = \").Append(mode).Append(';'); "
        + "text.AppendLine(\"PRAGMA synchronous = NORMAL;\").AppendLine(\"PRAGMA busy_timeout = 5000;\");";

    /// <summary>In a project with one database every pragma is for that one.</summary>
    private const string SecondDatabase = "\nstatic class Second { public const string Source = \"Data Source=second.db\"; }\n";

    [Theory]
    [InlineData(List + "connection.Execute(string.Join(\";\", pragmas));")]
    [InlineData(List + "connection.Execute(string.Join(\";\\n\", pragmas) + \";\");")]
    [InlineData(List + "var sql = string.Concat(pragmas.Select(pragma => pragma + \";\")); connection.Execute(sql);")]
    [InlineData(List + "foreach (var pragma in pragmas) connection.Execute(pragma);")]
    [InlineData(List + "foreach (var pragma in pragmas) connection.Execute($\"{pragma};\");")]
    [InlineData(List + "pragmas.ForEach(pragma => connection.Execute(pragma));")]
    [InlineData(Builder + "connection.Execute(text.ToString());")]
    [InlineData(Builder + "connection.Execute($\"{text}\");")]
    [InlineData("connection.Execute(string.Format(\"PRAGMA journal_mode = {0}; PRAGMA synchronous = {1}; PRAGMA busy_timeout = {2}\", mode, 1, 2));")]
    [InlineData("foreach (var (name, value) in new Dictionary<string, string> { [\"journal_mode\"] = mode, [\"synchronous\"] = \"1\", [\"busy_timeout\"] = \"9\" }) connection.Execute(\"PRAGMA \" + name + \"=\" + value);")]
    public Task Clean_put_together_in_the_method(string configure) => VerifyAsync(
        $$"""
        class Program
        {
            static void Run(string mode)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                {{configure}}
            }
        }
        """);

    [Theory]
    [InlineData(List + "connection.Execute(string.Join(\";\", pragmas));")]
    [InlineData(Builder + "connection.Execute(text.ToString());")]
    public Task Clean_put_together_in_a_settings_object_that_runs_them(string apply) => VerifyAsync(
        $$"""
        class Settings
        {
            public void Apply(SqliteConnection connection, string mode) { {{apply}} }
        }
        class Program
        {
            static void Run(Settings settings)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                settings.Apply(connection, "WAL");
            }
        }
        """);

    [Theory]
    [InlineData("public string ToSql(string mode) { " + List + "return string.Join(\";\", pragmas); }", "settings.ToSql(\"WAL\")")]
    [InlineData("public string ToSql(string mode) { " + Builder + "return text.ToString(); }", "settings.ToSql(\"WAL\") + \";\"")]
    [InlineData("public IEnumerable<string> Lines(string mode) { " + List + "return pragmas; }", "string.Join(\";\", settings.Lines(\"WAL\"))")]
    [InlineData("public IEnumerable<string> Lines() { yield return \"PRAGMA journal_mode = WAL\"; yield return \"PRAGMA synchronous = 1\"; yield return \"PRAGMA busy_timeout = 9\"; }", "string.Join(\";\", settings.Lines())")]
    [InlineData("public List<string> Lines { get; } = [\"PRAGMA journal_mode = WAL\", \"PRAGMA synchronous = 1\", \"PRAGMA busy_timeout = 9\"];", "string.Join(\";\", settings.Lines)")]
    [InlineData("public Dictionary<string, string> All { get; set; } = new() { [\"journal_mode\"] = \"WAL\", [\"synchronous\"] = \"1\", [\"busy_timeout\"] = \"9\" };", "string.Join(\";\", settings.All.Select(pair => $\"PRAGMA {pair.Key} = {pair.Value}\"))")]
    [InlineData("private static readonly string[] s_lines = [\"PRAGMA journal_mode = WAL\", \"PRAGMA synchronous = 1\", \"PRAGMA busy_timeout = 9\"]; public string Sql => string.Join(\";\", s_lines.Reverse());", "settings.Sql")]
    public Task Clean_put_together_in_another_type(string member, string text) => VerifyAsync(
        $$"""
        class Settings
        {
            {{member}}
        }
        static class Extensions
        {
            public static void Run(this SqliteConnection connection, string sql)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
        }
        class Program
        {
            static void Run(Settings settings)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                connection.Open();
                connection.Run({{text}});
            }
        }
        """);

    [Theory]
    [InlineData("connection.Execute(mode);")]
    [InlineData("connection.Execute(string.Join(\";\", new List<string> { \"PRAGMA foreign_keys = ON\", mode }));")]
    [InlineData("var text = new StringBuilder(); text.Append(\"INSERT INTO items VALUES (\").Append(mode).Append(')'); connection.Execute(text.ToString());")]
    [InlineData("Console.WriteLine(string.Join(\";\", new[] { \"PRAGMA journal_mode = WAL\", \"PRAGMA synchronous = 1\", \"PRAGMA busy_timeout = 9\" })); connection.Execute(\"DELETE FROM items\");")]
    public Task What_sets_no_pragma(string statements) => VerifyAsync(
        $$"""
        class Program
        {
            static void Run(string mode)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                {{statements}}
            }
        }
        """);

    [Fact]
    public Task Set_on_another_database() => VerifyAsync(
        $$"""
        class Settings
        {
            public string ToSql(string mode) { {{List}} return string.Join(";", pragmas); }
        }
        class Program
        {
            static void Other(Settings settings)
            {
                using var connection = new SqliteConnection("Data Source=other.db");
                connection.Open();
                connection.Execute(settings.ToSql("WAL"));
            }
            static void Run(string statement)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                connection.Execute(statement);
            }
        }
        """);

    [Fact]
    public Task Opened_by_a_factory_of_another_database_of_the_same_name() => VerifyAsync(
        $$"""
        class Other
        {
            public void Open(string mode)
            {
                using var connection = new SqliteConnection("Data Source=other.db");
                connection.Open();
                {{List}}
                connection.Execute(string.Join(";", pragmas));
            }
        }
        class Program
        {
            static void Run(string statement)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                [|connection.Open()|];
                connection.Execute(statement);
            }
        }
        """);

    [Fact]
    public Task Text_that_is_put_together_names_what_it_sets() => VerifyAsync(
        """
        class Program
        {
            static void Run(string mode)
            {
                using var connection = new SqliteConnection("Data Source=app.db");
                {|#0:connection.Open()|};
                connection.Execute(string.Join(";", new List<string> { $"PRAGMA synchronous = {mode}", "PRAGMA busy_timeout = 5000" }));
            }
        }
        """,
        "journal_mode");

    private static Task VerifyAsync(string types, string? missing = null) => RuleVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        RuleSource.Alone("using System.Text;\n" + types + SecondDatabase),
        test =>
        {
            if (missing is not null)
            {
                test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult(Descriptors.ConnectionNotConfigured)
                    .WithLocation(0).WithArguments(missing, "it").WithOptions(Microsoft.CodeAnalysis.Testing.DiagnosticOptions.IgnoreAdditionalLocations));
            }
        });
}
