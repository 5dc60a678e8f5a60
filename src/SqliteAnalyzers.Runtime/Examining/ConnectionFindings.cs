using System;
using System.Collections.Generic;
using System.Reflection;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>What an examination finds at the connection and the libraries below it.</summary>
internal static class ConnectionFindings
{
    private const string Configure = "Open it by OpenConfigured, or from a ConfiguredSqliteDataSource.";

    public static IEnumerable<SqliteFinding> Of(ExaminedDatabase database) => [.. Settings(database), .. State(database), .. Libraries(database)];

    private static IEnumerable<SqliteFinding> Settings(ExaminedDatabase database)
    {
        var isWal = database.IsInWal;
        if (database.File.Length > 0 && !database.IsReadOnly && !isWal)
        {
            yield return new(
                "SQLITE3001", SqliteFindingSeverity.Warning, "journal_mode", database.Text("main.journal_mode"), "wal",
                "Readers and the writer wait for each other, and fail with 'database is locked' when it takes too long.", Configure);
        }

        var synchronous = database.Number("main.synchronous");
        if (database.File.Length > 0 && !database.IsReadOnly && synchronous == (long)SqliteSynchronous.Off)
        {
            yield return new(
                null, SqliteFindingSeverity.Error, "synchronous", "0 (OFF)", isWal ? "1 (NORMAL)" : "2 (FULL)",
                "When the power fails the database can be corrupt.", Configure);
        }
        else if (database.File.Length > 0 && !database.IsReadOnly && !isWal && synchronous == (long)SqliteSynchronous.Normal)
        {
            yield return new(
                null, SqliteFindingSeverity.Warning, "synchronous", "1 (NORMAL)", "2 (FULL)",
                "Without WAL the database can be corrupt when the power fails, on some file systems.", "Set the journal mode to WAL, or synchronous to FULL.");
        }
        else if (!database.IsReadOnly && isWal && synchronous > (long)SqliteSynchronous.Normal)
        {
            yield return new(
                "SQLITE3011", SqliteFindingSeverity.Info, "synchronous", $"{synchronous} (FULL or EXTRA)", "1 (NORMAL)",
                "Each commit waits for the disk. That is right where the last commits must outlast a loss of power, and slow elsewhere.", Configure);
        }

        if (database.File.Length > 0 && database.Number("busy_timeout") == 0)
        {
            yield return new(
                "SQLITE3011", SqliteFindingSeverity.Info, "busy_timeout", "0", "30000",
                "SQLite reports a lock at once. Microsoft.Data.Sqlite repeats commands, but not a step that has returned rows, nor a checkpoint.", Configure);
        }

        if (database.Number("foreign_keys") == 0)
        {
            yield return new(
                null, SqliteFindingSeverity.Warning, "foreign_keys", "off", "on",
                "Rows can refer to rows that do not exist.", "Set ForeignKeys in the options, or 'Foreign Keys=True' in the connection string.");
        }

        if (isWal && database.Number("wal_autocheckpoint") == 0)
        {
            yield return new(
                null, SqliteFindingSeverity.Warning, "wal_autocheckpoint", "0 (off)", "1000",
                "The -wal file grows until somebody makes a checkpoint.", "Leave it on, or make checkpoints, as Litestream does.");
        }
    }

    private static IEnumerable<SqliteFinding> State(ExaminedDatabase database)
    {
        if (database.IsInTransaction)
        {
            yield return new(
                "SQLITE1002", SqliteFindingSeverity.Warning, "transaction", "open on this connection", "none",
                "Its rows are invisible to every other connection and process, a checkpoint on this connection fails, and once it has written nobody else can write.",
                "Commit or roll back before a checkpoint and before starting a process.");
        }

        var builder = new SqliteConnectionStringBuilder(database.Connection.ConnectionString);
        if (database.File.Length > 0 && builder.Cache == SqliteCacheMode.Shared)
        {
            yield return new(
                null, SqliteFindingSeverity.Warning, "cache", "Cache=Shared", "Private",
                "Readers and writers of the same cache lock each other's tables, WAL or not, and no timeout helps.", "Leave Cache out of the connection string.");
        }
    }

    private static IEnumerable<SqliteFinding> Libraries(ExaminedDatabase database)
    {
        var sqlite = raw.sqlite3_libversion_number();

        // sqlite.org/wal.html#walresetbug
        if (sqlite is >= 3_007_000 and < 3_050_007 or >= 3_051_000 and < 3_051_003 && database.IsInWal)
        {
            yield return new(
                null, SqliteFindingSeverity.Warning, "SQLite", raw.sqlite3_libversion().utf8_to_string(), "3.51.3 or later, or 3.50.7",
                "Two checkpoints back to back while another connection commits can corrupt a database in WAL mode (the WAL-reset bug).",
                "Take Microsoft.Data.Sqlite 8.0.30, 9.0.19, 10.0.11, 11.0.0 or later, or a newer SQLitePCLRaw.");
        }

        // dotnet/efcore#39008
        var driver = typeof(SqliteConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', '-')[0];
        if (Version.TryParse(driver, out var version) && version.Major == 10 && version <= new Version(10, 0, 11))
        {
            yield return new(
                null, SqliteFindingSeverity.Error, "Microsoft.Data.Sqlite", driver!, "10.0.15 or later",
                "Its pool can lend one connection to two users at once.", "Update the package, or set Pooling=False.");
        }
    }
}
