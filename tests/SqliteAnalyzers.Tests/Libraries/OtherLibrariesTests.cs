using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Tests.Flow;

namespace SqliteAnalyzers.Tests.Libraries;

/// <summary>Projects that use SQLite without ADO.NET: what they write in SQL is read, and nothing is said of connections that are not followed.</summary>
public sealed class OtherLibrariesTests
{
    private const string SqliteNet = """
        namespace SQLite
        {
            public class SQLiteConnection : System.IDisposable
            {
                public SQLiteConnection(string databasePath) { }

                public int Execute(string query, params object[] arguments) => 0;

                public void RunInTransaction(System.Action action) => action();

                public void Dispose() { }
            }
        }
        """;

    [Theory]
    [InlineData("PRAGMA jornal_mode = WAL", "SQLITE3002")]
    [InlineData("PRAGMA synchronous = FASTER", "SQLITE3003")]
    [InlineData("PRAGMA synchronous = OFF", "SQLITE3006")]
    [InlineData("PRAGMA wal_checkpoint(TRUNCAT)", "SQLITE2003")]
    [InlineData("PRAGMA wal_autocheckpoint = 0", "SQLITE2004")]
    public async Task What_is_wrong_in_a_text(string sql, string id)
    {
        Assert.Equal([id], await FoundWithSqliteNetAsync(sql));
        Assert.Equal([id], await FoundWithRawAsync(sql));
    }

    [Theory]
    [InlineData("PRAGMA journal_mode = WAL")]
    [InlineData("PRAGMA synchronous = NORMAL")]
    [InlineData("PRAGMA wal_checkpoint(TRUNCATE)")]
    [InlineData("INSERT INTO t VALUES (1)")]
    [InlineData("BEGIN")]
    public async Task Clean_text(string sql)
    {
        Assert.Empty(await FoundWithSqliteNetAsync(sql));
        Assert.Empty(await FoundWithRawAsync(sql));
    }

    [Fact]
    public async Task Clean_where_a_class_only_has_the_name() => Assert.Empty(await FoundAsync(
        """
        namespace SQLite
        {
            public class SQLiteConnection
            {
                public void Execute(string query) { }
            }

            class Program
            {
                static void Main() => new SQLiteConnection().Execute("PRAGMA jornal_mode = WAL");
            }
        }
        """));

    private static Task<IEnumerable<string>> FoundWithSqliteNetAsync(string sql) => FoundAsync(
        SqliteNet + $$"""

        class Program
        {
            static void Main()
            {
                using var connection = new SQLite.SQLiteConnection("app.db");
                connection.RunInTransaction(() => connection.Execute("INSERT INTO t VALUES (1)"));
                connection.Execute("{{sql}}");
                System.Diagnostics.Process.Start("worker", "app.db");
            }
        }
        """);

    private static Task<IEnumerable<string>> FoundWithRawAsync(string sql) => FoundAsync(
        $$"""
        using SQLitePCL;

        class Program
        {
            static void Main()
            {
                raw.sqlite3_open("app.db", out var database);
                raw.sqlite3_exec(database, "INSERT INTO t VALUES (1)");
                raw.sqlite3_exec(database, "{{sql}}");
                System.Diagnostics.Process.Start("worker", "app.db");
                raw.sqlite3_close(database);
            }
        }
        """,
        MetadataReference.CreateFromFile(typeof(SQLitePCL.raw).Assembly.Location));

    private static async Task<IEnumerable<string>> FoundAsync(string source, params MetadataReference[] references)
    {
        var compilation = FlowRun.Compile(source, withLibraries: false).AddReferences(references);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return (await FlowRun.Of(compilation, TestContext.Current.CancellationToken)).Findings.Select(finding => finding.Id);
    }
}
