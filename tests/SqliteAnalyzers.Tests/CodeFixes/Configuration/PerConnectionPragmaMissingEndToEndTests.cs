using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.CodeFixes.Configuration;

/// <summary>SQLITE3011, the rule and its fix together: afterwards it is quiet.</summary>
public sealed class PerConnectionPragmaMissingEndToEndTests
{
    [Fact]
    public Task With_the_values_of_the_connection_that_has_them() => VerifyAsync("Helper", runtime: true,
        """
         using (var setup = new SqliteConnection("Data Source=app.db"))
         {
             setup.Open();
             setup.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000");
             setup.Execute("CREATE TABLE IF NOT EXISTS t (a)");
         }

         using var connection = new SqliteConnection("Data Source=app.db");
        -[|connection.Open()|]; // work
        +connection.OpenConfigured(new SqliteConnectionOptions { BusyTimeout = TimeSpan.FromMilliseconds(5000), JournalMode = null }); // work
         connection.Execute("INSERT INTO t VALUES (1)");
        """);

    [Fact]
    public Task Only_what_the_connection_lacks() => VerifyAsync("Plain", runtime: false,
        """
         using (var setup = new SqliteConnection("Data Source=app.db"))
         {
             setup.Open();
             setup.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000");
             setup.Execute("CREATE TABLE IF NOT EXISTS t (a)");
         }

         using var connection = new SqliteConnection("Data Source=app.db");
         [|connection.Open()|];
        +using (var pragmas = connection.CreateCommand())
        +{
        +    pragmas.CommandText = "PRAGMA busy_timeout = 5000;";
        +    pragmas.ExecuteNonQuery();
        +}
         connection.Execute("PRAGMA synchronous = NORMAL");
         connection.Execute("INSERT INTO t VALUES (1)");
        """);

    private static Task VerifyAsync(string variant, bool runtime, string body) => FixVerifier.VerifyAsync(
        Descriptors.PerConnectionPragmaMissing, $"PerConnectionPragmaMissing.{variant}", ChangeSource.Method(body, runtime, "static void Main()"));
}
