using SqliteAnalyzers.CodeFixes.Configuration;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

public sealed class ConnectionNotConfiguredFixTests
{
    private readonly FixHarness _fix = new(
        new ConnectionNotConfiguredFix(), Descriptors.ConnectionNotConfigured, nameof(Descriptors.ConnectionNotConfigured));

    [Fact]
    public Task Open() => HelperAsync("[|connection.Open()|]; // now", "connection.OpenConfigured(); // now");

    [Fact]
    public Task Open_without_braces() => HelperAsync(
        "if (connection.State == System.Data.ConnectionState.Closed)\n    [|connection.Open()|];",
        "if (connection.State == System.Data.ConnectionState.Closed)\n    connection.OpenConfigured();");

    [Fact]
    public Task Open_of_a_field() => _fix.VerifyAsync(
        "Helper",
        Source.Class("private readonly SqliteConnection _connection = new();\n\nvoid Open() => [|this._connection.Open()|];"),
        Source.Class("private readonly SqliteConnection _connection = new();\n\nvoid Open() => this._connection.OpenConfigured();", runtime: true),
        Properties("this._connection"));

    [Fact]
    public Task Open_of_what_may_be_null() => _fix.VerifyAsync(
        "Helper",
        Source.Method("connection?[|.Open()|];", parameters: "SqliteConnection? connection"),
        Source.Method("connection?.OpenConfigured();", runtime: true, parameters: "SqliteConnection? connection"),
        Properties());

    [Fact]
    public Task Open_of_a_new_connection() => HelperAsync(
        "[|new SqliteConnection(\"Data Source=app.db\").Open()|];",
        "new SqliteConnection(\"Data Source=app.db\").OpenConfigured();");

    [Fact]
    public Task Open_async() => _fix.VerifyAsync(
        "Helper",
        Source.Method("await [|connection.OpenAsync()|].ConfigureAwait(false);\nawait Task.Yield();", signature: "static async Task"),
        Source.Method("await connection.OpenAsync().ConfigureAwait(false);\nconnection.Configure();\nawait Task.Yield();", runtime: true, signature: "static async Task"),
        Properties());

    [Fact]
    public Task The_only_await_and_its_token_are_kept() => _fix.VerifyAsync(
        "Helper",
        Source.Method("await [|connection.OpenAsync(token)|];", signature: "static async Task", parameters: "SqliteConnection connection, System.Threading.CancellationToken token"),
        Source.Method("await connection.OpenAsync(token);\nconnection.Configure();", runtime: true, signature: "static async Task", parameters: "SqliteConnection connection, System.Threading.CancellationToken token"),
        Properties());

    [Fact]
    public async Task A_task_that_is_returned_is_left_alone() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("return [|connection.OpenAsync()|];", signature: "static Task"), Properties()));

    [Fact]
    public Task All_pragmas_in_one_command() => PlainAsync(
        "busy_timeout,journal_mode,synchronous",
        """
        [|connection.Open()|]; // now
        Console.WriteLine();
        """,
        """
        connection.Open(); // now
        using (var pragmas = connection.CreateCommand())
        {
            pragmas.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
            pragmas.ExecuteNonQuery();
        }
        Console.WriteLine();
        """);

    [Fact]
    public Task Only_what_is_missing() => PlainAsync(
        "synchronous, busy_timeout",
        """
        using (connection)
            [|connection.Open()|];
        """,
        """
        using (connection)
        {
            connection.Open();
            using (var pragmas = connection.CreateCommand())
            {
                pragmas.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = NORMAL;";
                pragmas.ExecuteNonQuery();
            }
        }
        """);

    [Fact]
    public Task On_one_line() => PlainAsync(
        "journal_mode",
        """
        if (connection.State == System.Data.ConnectionState.Closed) { [|connection.Open()|]; }
        """,
        """
        if (connection.State == System.Data.ConnectionState.Closed) { connection.Open();
            using (var pragmas = connection.CreateCommand())
            {
                pragmas.CommandText = "PRAGMA journal_mode = WAL;";
                pragmas.ExecuteNonQuery();
            }
        }
        """);

    [Fact]
    public Task An_await_is_kept() => _fix.VerifyAsync(
        "Plain",
        Source.Method("await [|connection.OpenAsync()|];", signature: "static async Task"),
        Source.Method(
            """
            await connection.OpenAsync();
            using (var pragmas = connection.CreateCommand())
            {
                pragmas.CommandText = "PRAGMA journal_mode = WAL;";
                pragmas.ExecuteNonQuery();
            }
            """,
            signature: "static async Task"),
        Properties(missing: "journal_mode"));

    [Fact]
    public Task A_method_with_an_expression() => _fix.VerifyAsync(
        "Plain",
        Source.Class("static void Open(SqliteConnection connection) => [|connection.Open()|];"),
        Source.Class(
            """
            static void Open(SqliteConnection connection)
            {
                connection.Open();
                using (var pragmas = connection.CreateCommand())
                {
                    pragmas.CommandText = "PRAGMA journal_mode = WAL;";
                    pragmas.ExecuteNonQuery();
                }
            }
            """),
        Properties(missing: "journal_mode"));

    [Fact]
    public Task A_lambda() => PlainAsync(
        "journal_mode",
        """
        Action open = () => [|connection.Open()|];
        open();
        """,
        """
        Action open = () =>
        {
            connection.Open();
            using (var pragmas = connection.CreateCommand())
            {
                pragmas.CommandText = "PRAGMA journal_mode = WAL;";
                pragmas.ExecuteNonQuery();
            }
        };
        open();
        """);

    [Fact]
    public async Task A_connection_of_another_type_has_no_helper() => Assert.Equal(["Plain"], await _fix.OfferedAsync(
        Source.Method("[|connection.Open()|];", parameters: "System.Data.Common.DbConnection connection"), Properties()));

    [Fact]
    public async Task A_pragma_whose_value_only_the_user_knows_is_not_set() => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("[|connection.Open()|];"), Properties(missing: "journal_mode,mmap_size")));

    private static (string, string)[] Properties(string connection = "connection", string missing = "journal_mode,synchronous,busy_timeout") =>
        [(DiagnosticProperties.Connection, connection), (DiagnosticProperties.Missing, missing)];

    private Task HelperAsync(string body, string expected) =>
        _fix.VerifyAsync("Helper", Source.Method(body), Source.Method(expected, runtime: true), Properties());

    private Task PlainAsync(string missing, string body, string expected) =>
        _fix.VerifyAsync("Plain", Source.Method(body), Source.Method(expected), Properties(missing: missing));
}
