using System;
using System.Linq;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// One checkpoint through sqlite3_wal_checkpoint_v2, which reports whether it was busy as its result: there is no row to forget,
/// and none of the driver's repetitions of what no repetition can cure.
/// </summary>
internal static class Checkpointer
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    private const string NothingIsLost = "Nothing is lost: the rest stays in the -wal file, which every connection that opens the database in place reads.";

    private static readonly SqliteCheckpointResult s_keptOut = new(Busy: true, LogFrames: -1, CheckpointedFrames: -1);

    public static SqliteCheckpointResult Run(SqliteConnection connection, SqliteCheckpointMode mode, TimeSpan? timeout, string databaseName)
    {
        var handle = NativeConnection.OpenHandle(connection, "A checkpoint");
        var patience = Patience(mode, timeout);
        return databaseName switch
        {
            null => throw new ArgumentNullException(nameof(databaseName)),
            "" => throw new ArgumentException("The name of the database is empty. It is \"main\", or that of an attached one.", nameof(databaseName)),
            _ => RunObserved(connection, handle, mode, new BusyRetry(patience, connection), databaseName),
        };
    }

    /// <summary>A checkpoint of all databases of the connection that can be written: main and the attached ones.</summary>
    /// <returns>What was done in all of them together. It is complete.</returns>
    /// <exception cref="SqliteException">One of them could not be completed.</exception>
    public static SqliteCheckpointResult CompleteAll(SqliteConnection connection, SqliteCheckpointMode mode, TimeSpan? timeout)
    {
        var handle = NativeConnection.OpenHandle(connection, "A checkpoint");
        var retry = new BusyRetry(Patience(mode, timeout), connection);
        var result = DatabaseList.Names(handle)
            .Where(name => raw.sqlite3_db_readonly(handle, name) == 0)
            .Select(name => RunObserved(connection, handle, mode, retry, name))
            .Aggregate(new SqliteCheckpointResult(Busy: false, LogFrames: -1, CheckpointedFrames: -1), Together);
        return result.IsComplete ? result : throw Incomplete(mode, timeout, result);
    }

    /// <summary>What to tell somebody whose checkpoint did not complete.</summary>
    public static SqliteException Incomplete(SqliteCheckpointMode mode, TimeSpan? timeout, SqliteCheckpointResult result)
    {
        var time = mode == SqliteCheckpointMode.Passive ? "" : $" within {(timeout ?? DefaultTimeout).TotalMilliseconds:0} ms";
        var frames = result.LogFrames < 0 ? "" : $" {result.CheckpointedFrames} of {result.LogFrames} frames of the -wal file are in the database file.";
        return new SqliteException(
            $"The {Name(mode)} checkpoint could not be completed{time}.{frames} {Obstacle(mode, result)} {NothingIsLost} SQLite Error 5: 'database is locked'.",
            raw.SQLITE_BUSY,
            raw.SQLITE_BUSY);
    }

    private static TimeSpan Patience(SqliteCheckpointMode mode, TimeSpan? timeout)
    {
        if (mode is < SqliteCheckpointMode.Passive or > SqliteCheckpointMode.Truncate)
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode must be Passive, Full, Restart or Truncate.");
        }

        var patience = timeout ?? DefaultTimeout;
        if (!Milliseconds.AreInRange(patience))
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The timeout must be from 0 to 2,147,483,647 milliseconds.");
        }

        return mode == SqliteCheckpointMode.Passive ? TimeSpan.Zero : patience;
    }

    // A database without WAL has nothing to move and no frames to count.
    private static SqliteCheckpointResult Together(SqliteCheckpointResult one, SqliteCheckpointResult other) =>
        one.LogFrames < 0 || other.LogFrames < 0
            ? (one.LogFrames < 0 ? other : one) with { Busy = one.Busy || other.Busy }
            : new(one.Busy || other.Busy, one.LogFrames + other.LogFrames, one.CheckpointedFrames + other.CheckpointedFrames);

    // Where not all frames are moved, somebody reads a state that is older than the last of them. Where all are, nobody does.
    private static string Obstacle(SqliteCheckpointMode mode, SqliteCheckpointResult result) => mode switch
    {
        _ when result.LogFrames < 0 => "Another connection, of this process or another, was making a checkpoint; or, with Cache=Shared, a connection that uses the same cache, this one included, had an open reader or transaction.",
        SqliteCheckpointMode.Passive => "A reader of an older state still needs the database file as it is (an open read transaction or a reader that is not read to its end). PASSIVE waits for nobody: use Full, or TryCheckpoint if an incomplete one will do.",
        _ when result.CheckpointedFrames < result.LogFrames => "Another connection, of this process or another, reads from an older state (an open read transaction or a reader that is not read to its end). New writers waited meanwhile.",
        SqliteCheckpointMode.Full => "Another connection, of this process or another, has an open write transaction.",
        _ => "Another connection, of this process or another, has an open write transaction, or still reads from the -wal file, which therefore cannot begin anew (an open read transaction or a reader that is not read to its end, of whatever state).",
    };

    private static SqliteCheckpointResult RunObserved(SqliteConnection connection, sqlite3 handle, SqliteCheckpointMode mode, BusyRetry retry, string databaseName)
    {
        using var operation = ObservedOperation.Begin(ObservedOperation.Checkpoint, handle, databaseName);
        var began = Observed.Now();
        try
        {
            var result = RunInTurn(connection, handle, mode, retry, databaseName);
            Observed.Checkpoint(handle, databaseName, mode, began, result, failure: null);
            return result;
        }
        catch (Exception exception)
        {
            Observed.Checkpoint(handle, databaseName, mode, began, result: null, exception);
            operation.Fail(exception);
            throw;
        }
    }

    private static SqliteCheckpointResult RunInTurn(SqliteConnection connection, sqlite3 handle, SqliteCheckpointMode mode, BusyRetry retry, string databaseName)
    {
        // A database in memory has no -wal file, and no name to tell it from others by.
        var file = NativeConnection.FileName(handle, databaseName);
        using var turn = file.Length == 0 ? null : FileTurns.Checkpoints.Take(file, retry.Left);
        return file.Length == 0 || turn is not null ? RunNow(connection, handle, mode, retry, databaseName) : s_keptOut;
    }

    private static SqliteCheckpointResult RunNow(SqliteConnection connection, sqlite3 handle, SqliteCheckpointMode mode, BusyRetry retry, string databaseName)
    {
        var hasRead = false;

        // PASSIVE asks nobody how long to wait.
        var waits = mode != SqliteCheckpointMode.Passive;
        var busyTimeout = waits ? NativeConnection.ReadInt64(handle, "PRAGMA busy_timeout") : null;
        try
        {
            while (true)
            {
                if (waits)
                {
                    raw.sqlite3_busy_timeout(handle, Milliseconds.Of(retry.Left));
                }

                var result = raw.sqlite3_wal_checkpoint_v2(handle, databaseName, (int)mode, out var logFrames, out var checkpointedFrames);
                switch (result & 0xFF)
                {
                    // A connection that has read nothing yet does not know that its database is in WAL mode, and would do nothing.
                    case raw.SQLITE_OK when logFrames < 0 && !hasRead:
                        NativeConnection.ReadInt64(handle, $"PRAGMA {SqlText.QuotedName(databaseName)}.user_version");
                        hasRead = true;
                        continue;

                    case raw.SQLITE_OK:
                        return new(Busy: false, logFrames, checkpointedFrames);

                    // The busy timeout does not apply to the lock that checkpoints take against each other. Both counts are -1 then.
                    case raw.SQLITE_BUSY when logFrames < 0 && retry.Wait():
                        continue;

                    case raw.SQLITE_BUSY:
                        return new(Busy: true, logFrames, checkpointedFrames);

                    // In a shared cache it may be another connection that reads or writes, and SQLite does not say which.
                    case raw.SQLITE_LOCKED when !NativeConnection.IsInTransaction(handle) && SharesItsCache(connection):
                        if (retry.Wait())
                        {
                            continue;
                        }

                        return s_keptOut;

                    case raw.SQLITE_LOCKED:
                        throw NativeConnection.Error(result, handle, OwnObstacle(connection, handle));

                    case var _ when raw.sqlite3_db_readonly(handle, databaseName) == 1:
                        throw NativeConnection.Error(result, handle, "A read-only connection cannot make a checkpoint.");

                    case raw.SQLITE_FULL or raw.SQLITE_IOERR:
                        throw NativeConnection.Error(result, handle, $"The {Name(mode)} checkpoint could not be completed. {NothingIsLost}");

                    default:
                        throw NativeConnection.Error(result, handle);
                }
            }
        }
        finally
        {
            if (waits)
            {
                raw.sqlite3_busy_timeout(handle, (int)(busyTimeout ?? 0));
            }
        }
    }

    private static string Name(SqliteCheckpointMode mode) => mode.ToString().ToUpperInvariant();

    private static bool SharesItsCache(SqliteConnection connection)
    {
        var builder = new SqliteConnectionStringBuilder(connection.ConnectionString);
        return builder.Cache == SqliteCacheMode.Shared || builder.DataSource.IndexOf("cache=shared", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static string OwnObstacle(SqliteConnection connection, sqlite3 handle) => NativeConnection.IsInTransaction(handle)
        ? SharesItsCache(connection)
            ? "The checkpoint cannot run while a transaction is open on this connection or on another that uses the same cache (Cache=Shared): commit or roll back first."
            : "The checkpoint cannot run while this connection's own transaction is open: commit or roll back first."
        : "The checkpoint cannot run while this connection is still reading: read its readers to the end or dispose them first, and its blobs and backups too.";
}
