using System;
using System.Diagnostics;
using System.Threading;
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

    private static readonly TimeSpan s_pauseBetweenAttempts = TimeSpan.FromMilliseconds(5);

    public static SqliteCheckpointResult Run(SqliteConnection connection, SqliteCheckpointMode mode, TimeSpan? timeout, string databaseName)
    {
        var handle = NativeConnection.OpenHandle(connection, "A checkpoint");
        if (mode is < SqliteCheckpointMode.Passive or > SqliteCheckpointMode.Truncate)
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode must be Passive, Full, Restart or Truncate.");
        }

        var patience = timeout ?? DefaultTimeout;
        if (!Milliseconds.AreInRange(patience))
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The timeout must be from 0 to 2,147,483,647 milliseconds.");
        }

        if (databaseName is null)
        {
            throw new ArgumentNullException(nameof(databaseName));
        }

        var watch = Stopwatch.StartNew();
        using var gate = CheckpointGate.Enter(NativeConnection.FileName(handle, databaseName), patience);
        return gate is null ? new(Busy: true, LogFrames: -1, CheckpointedFrames: -1) : Run(handle, mode, patience, watch, databaseName);
    }

    /// <summary>What to tell somebody whose checkpoint did not complete.</summary>
    public static SqliteException Incomplete(SqliteCheckpointMode mode, TimeSpan? timeout, SqliteCheckpointResult result)
    {
        var frames = result.LogFrames < 0 ? "" : $" {result.CheckpointedFrames} of {result.LogFrames} frames of the -wal file are in the database file.";
        var obstacle = mode switch
        {
            SqliteCheckpointMode.Passive => "A reader still needs an older state, or another checkpoint is at work. PASSIVE waits for nobody: use Full, or TryCheckpoint if an incomplete one will do.",
            _ when result.LogFrames < 0 => "Another connection, of this process or another, was making a checkpoint all the time.",
            _ => "Another connection, of this process or another, has an open write transaction, or reads from an older state (an open read transaction or a reader that is not read to its end). New writers waited meanwhile.",
        };
        return new SqliteException(
            $"The {Name(mode)} checkpoint could not be completed within {(timeout ?? DefaultTimeout).TotalMilliseconds:0} ms.{frames} {obstacle} {NothingIsLost} SQLite Error 5: 'database is locked'.",
            raw.SQLITE_BUSY,
            raw.SQLITE_BUSY);
    }

    private static SqliteCheckpointResult Run(sqlite3 handle, SqliteCheckpointMode mode, TimeSpan patience, Stopwatch watch, string databaseName)
    {
        var hasRead = false;
        var busyTimeout = NativeConnection.ReadInt64(handle, "PRAGMA busy_timeout");
        try
        {
            while (true)
            {
                var left = patience - watch.Elapsed;
                raw.sqlite3_busy_timeout(handle, left > TimeSpan.Zero ? Milliseconds.Of(left) : 0);
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
                    case raw.SQLITE_BUSY when logFrames < 0 && watch.Elapsed + s_pauseBetweenAttempts < patience:
                        Thread.Sleep(s_pauseBetweenAttempts);
                        continue;

                    case raw.SQLITE_BUSY:
                        return new(Busy: true, logFrames, checkpointedFrames);

                    case raw.SQLITE_LOCKED:
                        throw NativeConnection.Error(result, handle, OwnObstacle(handle));

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
            raw.sqlite3_busy_timeout(handle, (int)(busyTimeout ?? 0));
        }
    }

    private static string Name(SqliteCheckpointMode mode) => mode.ToString().ToUpperInvariant();

    private static string OwnObstacle(sqlite3 handle) => NativeConnection.IsInTransaction(handle)
        ? "The checkpoint cannot run while this connection's own transaction is open: commit or roll back first."
        : "The checkpoint cannot run while this connection is still reading: read its readers to the end or dispose them first, and its blobs and backups too.";
}
