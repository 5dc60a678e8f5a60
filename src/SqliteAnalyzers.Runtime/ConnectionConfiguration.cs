using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Options as the pragmas that bring them about.
/// </summary>
/// <remarks>
/// SQLite ignores a pragma it cannot carry out: it answers with the old value, or not at all. So the first time for a connection string every
/// value is read back. The same pragmas on the same engine and the same file then have the same outcome or report an error, and one sqlite3_exec
/// is enough. The journal mode is the file's, and that may have become another one: it is read each time, and set only where it differs.
/// </remarks>
internal sealed class ConnectionConfiguration
{
    private const string BusyTimeout = "busy_timeout";
    private const string JournalMode = "journal_mode";
    private const int MostConnectionStrings = 1_000;

    private static readonly ConditionalWeakTable<SqliteConnectionOptions, ConnectionConfiguration> s_all = new();
    private static readonly TimeSpan s_pauseBetweenAttempts = TimeSpan.FromMilliseconds(10);

    private readonly TimeSpan? _busyTimeout;
    private readonly IReadOnlyList<Pragma> _pragmas;
    private readonly ConcurrentDictionary<(string ConnectionString, bool ReadOnly), Script> _verified = new();

    private ConnectionConfiguration(SqliteConnectionOptions options)
    {
        _busyTimeout = options.BusyTimeout;
        _pragmas = Pragmas(options).ToArray();
    }

    public static ConnectionConfiguration Of(SqliteConnectionOptions options) => s_all.GetValue(options, static o => new ConnectionConfiguration(o));

    public void ApplyTo(SqliteConnection connection, sqlite3 handle)
    {
        // A file that cannot be written now may be writable the next time.
        var readOnly = raw.sqlite3_db_readonly(handle, "main") != 0;
        var key = (connection.ConnectionString, readOnly);
        if (_verified.TryGetValue(key, out var script) && Run(script, handle))
        {
            return;
        }

        script = ApplyOneByOne(connection, handle, readOnly);
        if (_verified.Count >= MostConnectionStrings)
        {
            _verified.Clear();
        }

        _verified[key] = script;
    }

    // The function for the busy timeout does what the pragma does, and costs a tenth.
    private bool Run(Script script, sqlite3 handle) =>
        (_busyTimeout is not { } timeout || raw.sqlite3_busy_timeout(handle, Milliseconds.Of(timeout)) == raw.SQLITE_OK)
        && (script.JournalMode is null || (NativeConnection.TryReadText(handle, "PRAGMA journal_mode", out var journalMode) == raw.SQLITE_OK && journalMode == script.JournalMode))
        && (script.Sql.Length == 0 || raw.sqlite3_exec(handle, script.Sql) == raw.SQLITE_OK);

    private Script ApplyOneByOne(SqliteConnection connection, sqlite3 handle, bool readOnly)
    {
        var inMemory = NativeConnection.FileName(handle, "main").Length == 0;
        var applicable = _pragmas.Where(p => !(inMemory && p.NeedsFile) && !(readOnly && p.NeedsWrite)).ToArray();
        foreach (var pragma in applicable)
        {
            Set(pragma, connection, handle);
        }

        foreach (var pragma in applicable)
        {
            Verify(pragma, handle);
        }

        return new(
            string.Concat(applicable.Where(p => p.Name is not (BusyTimeout or JournalMode)).Select(p => p.Sql)),
            applicable.FirstOrDefault(p => p.Name == JournalMode)?.Value);
    }

    // Busy timeout first: the journal mode may have to wait for others.
    private static IEnumerable<Pragma> Pragmas(SqliteConnectionOptions options)
    {
        if (options.BusyTimeout is { } busyTimeout)
        {
            yield return new(BusyTimeout, Text(Milliseconds.Of(busyTimeout)));
        }

        if (options.JournalMode is { } journalMode)
        {
            yield return new(JournalMode, journalMode.ToString().ToLowerInvariant()) { NeedsFile = true, NeedsWrite = true };
        }

        if (options.Synchronous is { } synchronous)
        {
            yield return new("synchronous", Text((int)synchronous));
        }

        if (options.TempStore is { } tempStore)
        {
            yield return new("temp_store", Text((int)tempStore));
        }

        if (options.CacheSize is { } cacheSize)
        {
            yield return new("cache_size", Text(cacheSize));
        }

        if (options.JournalSizeLimit is { } journalSizeLimit)
        {
            yield return new("journal_size_limit", Text(journalSizeLimit)) { NeedsFile = true };
        }

        if (options.MmapSize is { } mmapSize)
        {
            yield return new("mmap_size", Text(mmapSize)) { NeedsFile = true };
        }

        if (options.WalAutoCheckpoint is { } walAutoCheckpoint)
        {
            yield return new("wal_autocheckpoint", Text(walAutoCheckpoint)) { NeedsFile = true };
        }

        if (options.ForeignKeys is { } foreignKeys)
        {
            yield return new("foreign_keys", foreignKeys ? "1" : "0");
        }

        static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
    }

    // SQLite does not call its busy handler where a reader must give way to a change of the journal mode, and reports SQLITE_BUSY at once.
    private void Set(Pragma pragma, SqliteConnection connection, sqlite3 handle)
    {
        var patience = _busyTimeout ?? TimeSpan.FromSeconds(connection.DefaultTimeout);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var result = raw.sqlite3_exec(handle, pragma.Sql);
            if (result == raw.SQLITE_OK)
            {
                return;
            }

            if ((result & 0xFF) != raw.SQLITE_BUSY || watch.Elapsed + s_pauseBetweenAttempts > patience)
            {
                throw NativeConnection.Error(result, handle, Refusal(pragma, result));
            }

            Thread.Sleep(s_pauseBetweenAttempts);
        }
    }

    private static string Refusal(Pragma pragma, int result)
    {
        var reason = (result & 0xFF) switch
        {
            raw.SQLITE_BUSY => ": another connection, of this process or another, is reading or writing the database.",
            raw.SQLITE_READONLY => ": the database, its folder, or the -wal or -shm file beside it cannot be written.",
            raw.SQLITE_IOERR or raw.SQLITE_FULL => ": the database or the -wal or -shm file beside it cannot be read or cannot grow. The disk may be full.",
            _ => ".",
        };
        return $"{pragma.Name} could not be set to {pragma.Value}{reason}";
    }

    private static void Verify(Pragma pragma, sqlite3 handle)
    {
        var found = NativeConnection.ReadText(handle, pragma.ReadingSql);
        if (found == pragma.Value)
        {
            return;
        }

        var reason = pragma.Name == JournalMode
            ? " The file system, the VFS or the locking mode does not allow it."
            : " This build of SQLite does not allow it.";
        throw new InvalidOperationException($"{pragma.Name} was set to {pragma.Value}, but SQLite answers {(found is null ? "nothing" : $"'{found}'")}.{reason}");
    }

    /// <summary>What brings verified options about once more: the pragmas but for two, and the journal mode that the file must be in, if any.</summary>
    private sealed record Script(string Sql, string? JournalMode);

    private sealed record Pragma(string Name, string Value)
    {
        public bool NeedsFile { get; init; }

        public bool NeedsWrite { get; init; }

        public string Sql { get; } = $"PRAGMA {Name}={Value};";

        public string ReadingSql { get; } = $"PRAGMA {Name};";
    }
}
