using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.FixTorture.Runs;

/// <summary>
/// Runs compiled programs in this process against real SQLite, each on databases of its own, and looks at what is left of them.
/// </summary>
internal static class ProgramRunner
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs the program that <paramref name="compile"/> makes for the path of a database.</summary>
    public static async Task<Outcome> RunAsync(Func<string, Compilation> compile)
    {
        var folder = Directory.CreateTempSubdirectory("sqlite-fix-torture-").FullName;
        try
        {
            var database = Path.Combine(folder, "app.db").Replace('\\', '/');
            Prepare(database);
            using var image = new MemoryStream();
            var result = compile(database).Emit(image);
            if (!result.Success)
            {
                return new Outcome("does not compile", string.Join(' ', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)), "", "", []);
            }

            image.Position = 0;
            var context = new AssemblyLoadContext(name: null, isCollectible: true);
            var assembly = context.LoadFromStream(image);
            var run = Task.Factory.StartNew(() => Invoke(assembly), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (await Task.WhenAny(run, Task.Delay(s_patience)) != run)
            {
                return new Outcome("hangs", "", "", "", []);
            }

            var exception = await run;
            var outcome = Observe(assembly, exception, database);
            context.Unload();
            return outcome;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            TryDelete(folder);
        }
    }

    /// <summary>A database in WAL mode with a table t whose rows are in the database file.</summary>
    private static void Prepare(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand("PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER); PRAGMA wal_checkpoint(TRUNCATE);", connection);
        command.ExecuteNonQuery();
    }

    private static Exception? Invoke(Assembly assembly)
    {
        try
        {
            var main = assembly.EntryPoint!;
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException is AggregateException { InnerException: { } inner } ? inner : exception.InnerException;
        }
    }

    private static Outcome Observe(Assembly assembly, Exception? exception, string database)
    {
        var db = assembly.GetType("Db")!;
        var notes = (IEnumerable)db.GetField("Notes")!.GetValue(null)!;
        var copies = Directory.GetFiles(Path.GetDirectoryName(database)!, "app.db.copy*").OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal);
        var type = exception is null ? "" : exception is SqliteException sqlite ? $"SqliteException {sqlite.SqliteErrorCode}" : exception.GetType().FullName!;
        return new Outcome(
            type,
            exception?.Message ?? "",
            string.Join("; ", new[] { "", ".plain", ".aux" }.Select(suffix => Describe(database + suffix))),
            string.Join(" | ", notes.Cast<object>()),
            [.. copies.Select(Count)]);
    }

    private static string Describe(string file)
    {
        if (!File.Exists(file))
        {
            return "none";
        }

        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        var tables = Read(connection, "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master ORDER BY name)");
        var rows = Read(connection, "SELECT count(*) FROM sqlite_master WHERE name = 't'") == "0" ? "" : Read(connection, "SELECT group_concat(a) FROM (SELECT a FROM t ORDER BY a)");
        return $"{tables}({rows}) {Read(connection, "PRAGMA page_size")} {Read(connection, "PRAGMA auto_vacuum")} {Read(connection, "PRAGMA encoding")}";
    }

    private static string Read(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return $"{command.ExecuteScalar()}";
    }

    private static long Count(string copy)
    {
        using var connection = new SqliteConnection($"Data Source=file:{copy}?immutable=1;Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM sqlite_master WHERE name = 't'", connection);
        if ((long)command.ExecuteScalar()! == 0)
        {
            return -1;
        }

        command.CommandText = "SELECT count(*) FROM t";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>A program that leaves a connection open may still hold its files.</summary>
    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
        }
    }
}
