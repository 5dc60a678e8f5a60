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
        if (connection.State == System.Data.ConnectionState.Closed)
        {
            connection.Open();
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

    [Theory]
    [InlineData("synchronous", "new SqliteConnectionOptions { BusyTimeout = null, JournalMode = null }")]
    [InlineData("journal_mode", "new SqliteConnectionOptions { BusyTimeout = null, Synchronous = null }")]
    [InlineData("journal_mode,synchronous,busy_timeout,temp_store", "new SqliteConnectionOptions { TempStore = SqliteTempStore.Memory }")]
    [InlineData("cache_size", "new SqliteConnectionOptions { BusyTimeout = null, JournalMode = null, Synchronous = null, CacheSize = -64000 }")]
    public Task The_helper_sets_what_the_finding_names_and_nothing_else(string missing, string options) => _fix.VerifyAsync(
        "Helper",
        Source.Method("[|connection.Open()|];"),
        Source.Method($"connection.OpenConfigured({options});", runtime: true),
        Properties(missing: missing));

    [Theory]
    [InlineData("connection.Execute(\"PRAGMA key = 'secret'\");")]
    [InlineData("connection.Execute(\"PRAGMA cipher_compatibility = 3\");")]
    [InlineData("connection.Execute(\"PRAGMA page_size=8192\");")]
    [InlineData("connection.Execute(\"pragma main.encoding = 'UTF-16'\");")]
    [InlineData("connection.Execute($\"PRAGMA {\"auto_vacuum\"} = 1\");")]
    [InlineData("connection.Execute(\"PRAGMA legacy_file_format = ON\");")]
    [InlineData("SQLitePCL.raw.sqlite3_key(connection.Handle, \"secret\"u8);")]
    public async Task What_must_come_before_everything_else_keeps_its_place(string body) => Assert.Empty(await _fix.OfferedAsync(
        Source.Method("[|connection.Open()|];\n" + body), Properties()));

    [Theory]
    [InlineData("connection.Execute(\"INSERT INTO settings VALUES ('key', 'encoding of the file')\");")]
    [InlineData("connection.Execute(\"PRAGMA foreign_keys = ON\");")]
    public async Task Words_that_are_no_such_pragmas_are_in_nobodys_way(string body) => Assert.Equal(["Helper", "Plain"], await _fix.OfferedAsync(
        Source.Method("[|connection.Open()|];\n" + body), Properties()));

    [Fact]
    public Task Where_files_are_copied_the_journal_is_for_the_user_to_change() => _fix.VerifyForOneOnlyAsync(
        "Helper", Source.Method("[|connection.Open()|];\nSystem.IO.File.Copy(\"app.db\", \"backup.db\");"), Properties());

    [Fact]
    public async Task One_of_two_connections_has_no_name_for_a_command() => Assert.Equal(["Helper"], await _fix.OfferedAsync(
        Source.Method("[|(Environment.ProcessId > 0 ? connection : other).Open()|];", parameters: "SqliteConnection connection, SqliteConnection other"), Properties()));

    [Fact]
    public Task A_connection_that_is_made_as_one_but_not_called_one() => _fix.VerifyAsync(
        "Helper",
        Source.Method("System.Data.Common.DbConnection made = new SqliteConnection();\n[|made.Open()|];"),
        Source.Method("System.Data.Common.DbConnection made = new SqliteConnection();\n((SqliteConnection)made).OpenConfigured();", runtime: true),
        Properties("made"));

    [Fact]
    public Task A_private_field_that_holds_nothing_else() => _fix.VerifyAsync(
        "Helper",
        Source.Class("private System.Data.Common.DbConnection? _made;\nvoid Run()\n{\n    _made = new SqliteConnection();\n    [|_made.Open()|];\n}"),
        Source.Class("private System.Data.Common.DbConnection? _made;\nvoid Run()\n{\n    _made = new SqliteConnection();\n    ((SqliteConnection)_made).OpenConfigured();\n}", runtime: true),
        Properties("_made"));

    [Fact]
    public async Task A_field_that_others_may_set_has_no_helper() => Assert.Equal(["Plain"], await _fix.OfferedAsync(
        Source.Class("protected System.Data.Common.DbConnection _made = new SqliteConnection();\nvoid Run()\n{\n    [|_made.Open()|];\n}"), Properties("_made")));

    [Fact]
    public Task At_the_end_of_a_file_without_a_newline() => _fix.VerifyAsync(
        "Plain",
        "using Microsoft.Data.Sqlite;\n\nvar connection = new SqliteConnection();\n[|connection.Open()|]; // now",
        "using Microsoft.Data.Sqlite;\n\nvar connection = new SqliteConnection();\nconnection.Open(); // now\nusing (var pragmas = connection.CreateCommand())\n{\n    pragmas.CommandText = \"PRAGMA journal_mode = WAL;\";\n    pragmas.ExecuteNonQuery();\n}",
        Properties(missing: "journal_mode"));

    [Fact]
    public Task A_comment_before_the_brace_stays_with_its_condition() => PlainAsync(
        "journal_mode",
        """
        if (connection.State == System.Data.ConnectionState.Closed) // closed
            [|connection.Open()|];
        """,
        """
        if (connection.State == System.Data.ConnectionState.Closed) // closed
        {
            connection.Open();
            using (var pragmas = connection.CreateCommand())
            {
                pragmas.CommandText = "PRAGMA journal_mode = WAL;";
                pragmas.ExecuteNonQuery();
            }
        }
        """);

    [Theory]
    [InlineData("journal_mode,synchronous,busy_timeout", "Use OpenConfigured() (WAL, NORMAL, 30 s timeout)", "Set busy_timeout, journal_mode, synchronous after opening (ADO.NET only)")]
    [InlineData("synchronous", "Use OpenConfigured() (NORMAL)", "Set synchronous after opening (ADO.NET only)")]
    public async Task Titles_say_what_is_set(string missing, string helper, string plain) => Assert.Equal(
        [helper, plain], await _fix.TitlesAsync(Source.Method("[|connection.Open()|];"), Properties(missing: missing)));

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
