using System;
using System.Diagnostics;
using System.Threading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Repeats what others keep from being done, at a constant short interval, for a time. SQLite's own busy timeout does not wait for everything
/// (a schema that cannot be read, a lock of the shared cache, a checkpoint, a backup), and is 0 unless somebody has set it.
/// </summary>
internal readonly struct BusyRetry(TimeSpan patience, SqliteConnection? connection = null)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>How much of the time is left; never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            if (patience == Timeout.InfiniteTimeSpan)
            {
                return TimeSpan.MaxValue;
            }

            var left = patience - TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - _began) / (double)Stopwatch.Frequency);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>As long as a command of the connection waits: its Default Timeout, of which 0 means for ever.</summary>
    public static BusyRetry AsCommandsOf(SqliteConnection connection) =>
        new(connection.DefaultTimeout == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(connection.DefaultTimeout), connection);

    /// <summary>
    /// Whether somebody else's lock was in the way. Not so where this connection itself is: with a state too old to write from (BUSY_SNAPSHOT)
    /// or with a statement that is still running (LOCKED).
    /// </summary>
    /// <param name="extendedCode">SQLite's extended result code.</param>
    public static bool IsCurable(int extendedCode) =>
        ((extendedCode & 0xFF) == raw.SQLITE_BUSY && extendedCode != raw.SQLITE_BUSY_SNAPSHOT) || extendedCode == raw.SQLITE_LOCKED_SHAREDCACHE;

    /// <summary>Waits before the next attempt.</summary>
    /// <returns>False, at once, if the time is up.</returns>
    public bool Wait()
    {
        Observed.Busy(connection);
        var left = Left;
        if (left == TimeSpan.Zero)
        {
            return false;
        }

        Thread.Sleep(left < s_pause ? left : s_pause);
        return true;
    }
}
