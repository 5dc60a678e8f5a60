using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
    private const string TempStore = "temp_store";
    private const int MostOptions = 1_000;
    private const int MostConnectionStrings = 1_000;

    private static readonly ConcurrentDictionary<SqliteConnectionOptions, ConnectionConfiguration> s_all = new();
    private static readonly TimeSpan s_driversDefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly TimeSpan? _busyTimeout;
    private readonly string? _tempStore;
    private readonly IReadOnlyList<Pragma> _pragmas;
    private readonly string[] _namesOfTheConnection;
    private readonly ConcurrentDictionary<(string ConnectionString, bool ReadOnly), Script> _verified = new();

    private ConnectionConfiguration(SqliteConnectionOptions options)
    {
        _busyTimeout = options.BusyTimeout;
        _pragmas = Pragmas(options).ToArray();
        _tempStore = _pragmas.FirstOrDefault(p => p.Name == TempStore)?.Value;
        _namesOfTheConnection = [.. _busyTimeout is null ? [] : (string[])[BusyTimeout], .. _pragmas.Where(p => p.Name != JournalMode).Select(p => p.Name)];
    }

    public static ConnectionConfiguration Of(SqliteConnectionOptions? options)
    {
        options ??= SqliteConnectionOptions.Default;
        if (s_all.TryGetValue(options, out var configuration))
        {
            return configuration;
        }

        if (s_all.Count >= MostOptions)
        {
            s_all.Clear();
        }

        return s_all.GetOrAdd(options, static o => new ConnectionConfiguration(o));
    }

    /// <summary>Undoes on a connection that has just been opened what other options had set for the last user of the pool.</summary>
    public void PutBackTheRest(sqlite3 handle)
    {
        var original = OriginalSettings.Of(handle);
        if (original.Configuration is not null && original.Configuration != this)
        {
            original.PutBackAllBut(_namesOfTheConnection, handle);
        }
    }

    public void ApplyTo(SqliteConnection connection, sqlite3 handle, bool mayDropTemporaryTables)
    {
        if (!mayDropTemporaryTables)
        {
            RefuseToDropTemporaryTables(handle);
        }

        // A file that cannot be written now may be writable the next time.
        var readOnly = raw.sqlite3_db_readonly(handle, "main") != 0;
        var key = (connection.ConnectionString, readOnly);
        var original = OriginalSettings.Of(handle);
        var isVerified = _verified.TryGetValue(key, out var script);
        var busyTimeout = BusyTimeoutOf(connection);
        var retry = busyTimeout is { } patience ? new BusyRetry(patience) : BusyRetry.AsCommandsOf(connection);
        if (original.Configuration != this && (!isVerified || script!.IsPooled))
        {
            original.Remember(_namesOfTheConnection, handle, retry);
            original.Configuration = this;
        }

        if (isVerified && Run(script!, busyTimeout, handle))
        {
            return;
        }

        script = ApplyOneByOne(connection, handle, busyTimeout, readOnly, retry);
        if (_verified.Count >= MostConnectionStrings)
        {
            _verified.Clear();
        }

        _verified[key] = script;
    }

    // The longer of the two waits holds, because the driver waits for SQLite: so what the user has shortened shortens the other.
    private TimeSpan? BusyTimeoutOf(SqliteConnection connection)
    {
        var driversTimeout = TimeSpan.FromSeconds(connection.DefaultTimeout);
        return driversTimeout > TimeSpan.Zero && driversTimeout < s_driversDefaultTimeout && _busyTimeout > driversTimeout ? driversTimeout : _busyTimeout;
    }

    private void RefuseToDropTemporaryTables(sqlite3 handle)
    {
        if (_tempStore is not null
            && NativeConnection.ReadText(handle, $"PRAGMA {TempStore}") is { } current
            && current != _tempStore
            && NativeConnection.ReadInt64(handle, "SELECT count(*) FROM temp.sqlite_master") > 0)
        {
            throw new InvalidOperationException(
                $"{TempStore} is {current} and was to be set to {_tempStore}, which would drop the temporary tables of the connection. Configure before they are created. Nothing was changed.");
        }
    }

    // The function for the busy timeout does what the pragma does, and costs a tenth.
    private static bool Run(Script script, TimeSpan? busyTimeout, sqlite3 handle) =>
        SetBusyTimeout(busyTimeout, handle) == raw.SQLITE_OK
        && (script.JournalMode is null || (NativeConnection.TryReadText(handle, "PRAGMA main.journal_mode", out var journalMode) == raw.SQLITE_OK && journalMode == script.JournalMode))
        && (script.Sql.Length == 0 || raw.sqlite3_exec(handle, script.Sql) == raw.SQLITE_OK);

    private static int SetBusyTimeout(TimeSpan? busyTimeout, sqlite3 handle) =>
        busyTimeout is { } timeout ? raw.sqlite3_busy_timeout(handle, Milliseconds.Of(timeout)) : raw.SQLITE_OK;

    // Busy timeout first: the journal mode may have to wait for others.
    private Script ApplyOneByOne(SqliteConnection connection, sqlite3 handle, TimeSpan? busyTimeout, bool readOnly, BusyRetry retry)
    {
        var inMemory = NativeConnection.FileName(handle, "main").Length == 0;
        var applicable = _pragmas.Where(p => !(inMemory && p.NeedsFile) && !(readOnly && p.NeedsWrite)).ToArray();
        NativeConnection.Check(SetBusyTimeout(busyTimeout, handle), handle);
        foreach (var pragma in applicable)
        {
            Set(pragma, retry, handle);
        }

        foreach (var pragma in applicable)
        {
            Verify(pragma, retry, handle);
        }

        return new(
            string.Concat(applicable.Where(p => p.Name != JournalMode).Select(p => p.Sql)),
            applicable.FirstOrDefault(p => p.Name == JournalMode)?.Value,
            IsPooled: !inMemory && new SqliteConnectionStringBuilder(connection.ConnectionString).Pooling);
    }

    private static IEnumerable<Pragma> Pragmas(SqliteConnectionOptions options)
    {
        if (options.JournalMode is { } journalMode)
        {
            yield return new(JournalMode, journalMode.ToString().ToLowerInvariant()) { Schema = "main.", NeedsFile = true, NeedsWrite = true };
        }

        if (options.Synchronous is { } synchronous)
        {
            yield return new("synchronous", Text((int)synchronous));
        }

        if (options.TempStore is { } tempStore)
        {
            yield return new(TempStore, Text((int)tempStore));
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
    private static void Set(Pragma pragma, BusyRetry retry, sqlite3 handle)
    {
        while (true)
        {
            var result = raw.sqlite3_exec(handle, pragma.Sql);
            if (result == raw.SQLITE_OK)
            {
                return;
            }

            var failure = NativeConnection.Error(result, handle, Refusal(pragma, result));
            if ((result & 0xFF) != raw.SQLITE_BUSY || !retry.Wait())
            {
                throw failure;
            }
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

    private static void Verify(Pragma pragma, BusyRetry retry, sqlite3 handle)
    {
        var found = PragmaReader.Read(handle, pragma.FullName, retry);
        if (found == pragma.Value)
        {
            return;
        }

        var reason = pragma.Name == JournalMode
            ? " The file system, the VFS or the locking mode does not allow it."
            : " This build of SQLite does not allow it.";
        throw new InvalidOperationException($"{pragma.Name} was set to {pragma.Value}, but SQLite answers {(found is null ? "nothing" : $"'{found}'")}.{reason}");
    }

    /// <summary>What brings verified options about once more: the pragmas but for one, and the journal mode that the file must be in, if any.</summary>
    private sealed record Script(string Sql, string? JournalMode, bool IsPooled);

    private sealed record Pragma(string Name, string Value)
    {
        /// <summary>For the journal mode, which would be set on attached databases as well.</summary>
        public string Schema { get; init; } = "";

        public bool NeedsFile { get; init; }

        public bool NeedsWrite { get; init; }

        public string FullName => Schema + Name;

        public string Sql => $"PRAGMA {FullName}={Value};";
    }
}
