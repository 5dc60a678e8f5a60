using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3001, the rule and its fix together.</summary>
public sealed class ConnectionNotConfiguredEndToEndTests
{
    [Fact]
    public Task Open() => HelperAsync(
        """
         using var connection = new SqliteConnection("Data Source=app.db");
        -[|connection.Open()|]; // now
        +connection.OpenConfigured(); // now
         connection.Execute("INSERT INTO t VALUES (1)");
        """);

    [Fact]
    public Task Open_without_the_helper() => VerifyAsync(
        "Plain",
        """
         using var connection = new SqliteConnection("Data Source=app.db");
         [|connection.Open()|]; // now
        +using (var pragmas = connection.CreateCommand())
        +{
        +    pragmas.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        +    pragmas.ExecuteNonQuery();
        +}
         connection.Execute("INSERT INTO t VALUES (1)");
        """);

    [Fact]
    public Task What_is_set_is_not_set_again() => VerifyAsync(
        "Plain",
        """
         using var connection = new SqliteConnection("Data Source=app.db");
         [|connection.Open()|];
        +using (var pragmas = connection.CreateCommand())
        +{
        +    pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        +    pragmas.ExecuteNonQuery();
        +}
         connection.Execute("PRAGMA busy_timeout = 5000");
         connection.Execute("INSERT INTO t VALUES (1)");
        """);

    [Fact]
    public Task Without_braces() => HelperAsync(
        """
         using var connection = new SqliteConnection("Data Source=app.db");
         if (Environment.TickCount > 0)
        -    [|connection.Open()|];
        +    connection.OpenConfigured();
         connection.Execute("INSERT INTO t VALUES (1)");
        """);

    [Fact]
    public Task In_a_lambda() => VerifyAsync(
        "Plain",
        """
         var connection = new SqliteConnection("Data Source=app.db");
        -Action open = () => [|connection.Open()|];
        +Action open = () =>
        +{
        +    connection.Open();
        +    using (var pragmas = connection.CreateCommand())
        +    {
        +        pragmas.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        +        pragmas.ExecuteNonQuery();
        +    }
        +};
         open();
         connection.Execute("INSERT INTO t VALUES (1)");
        """);

    [Fact]
    public Task In_a_loop() => HelperAsync(
        """
         for (var share = 0; share < 9; share++)
         {
             using var connection = new SqliteConnection("Data Source=app.db");
        -    [|connection.Open()|];
        +    connection.OpenConfigured();
             connection.Execute("INSERT INTO t VALUES (1)");
         }
        """);

    [Fact]
    public Task In_a_factory() => FixVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        "ConnectionNotConfigured.Helper",
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class Program
         {
             static void Main()
             {
                 using var connection = Create();
                 connection.Execute("INSERT INTO t VALUES (1)");
             }

             private static SqliteConnection Create()
             {
                 var connection = new SqliteConnection("Data Source=app.db");
        -        [|connection.Open()|];
        +        connection.OpenConfigured();
                 return connection;
             }
         }
        """);

    [Fact]
    public Task Open_async() => FixVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        "ConnectionNotConfigured.Helper",
        Program(
            """
             await using var connection = new SqliteConnection("Data Source=app.db");
             await [|connection.OpenAsync()|];
            +connection.Configure();
             await connection.ExecuteAsync("INSERT INTO t VALUES (1)");
            """,
            runtime: true,
            signature: "static async Task Main()"));

    [Fact]
    public Task All_at_once_in_several_documents() => FixVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured,
        "ConnectionNotConfigured.Helper",
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class First
         {
             static void Run()
             {
                 using var connection = new SqliteConnection("Data Source=first.db");
        -        [|connection.Open()|];
        +        connection.OpenConfigured();
                 connection.Execute("INSERT INTO t VALUES (1)");
             }
         }
        """,
        """
        +using SqliteAnalyzers.Runtime;
        +
         static class Second
         {
             static void Run()
             {
                 using var connection = new SqliteConnection("Data Source=second.db");
        -        [|connection.Open()|];
        +        connection.OpenConfigured();
                 connection.Execute("INSERT INTO t VALUES (1)");
             }
         }
        """);

    private static Task HelperAsync(string body) => VerifyAsync("Helper", body);

    private static Task VerifyAsync(string variant, string body) => FixVerifier.VerifyAsync(
        Descriptors.ConnectionNotConfigured, $"ConnectionNotConfigured.{variant}", Program(body, runtime: variant == "Helper", "static void Main()"));

    private static string Program(string body, bool runtime, string signature) => ChangeSource.Method(body, runtime, signature);
}
