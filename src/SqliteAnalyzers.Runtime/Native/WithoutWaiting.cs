using System;
using System.Threading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Until it is disposed, nothing that is done on the connection waits for the locks of others, neither in SQLite nor in Microsoft.Data.Sqlite: whoever calls decides how long
/// to wait and how. SQLite waits with its mutex of the connection, and keeps every other thread from it meanwhile, also one that is to close it.
/// </summary>
internal readonly ref struct WithoutWaiting
{
    /// <summary>The driver's timeout with which a command is not repeated.</summary>
    public const int NoRepetition = -1;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;
    private readonly int _defaultTimeout;
    private readonly int _busyTimeout;

    public WithoutWaiting(SqliteConnection connection, sqlite3 handle)
    {
        _connection = connection;
        _handle = handle;
        _defaultTimeout = connection.DefaultTimeout;
        _busyTimeout = BusyTimeoutOf(handle);
        SetBusyTimeout(0);
        connection.DefaultTimeout = NoRepetition;
    }

    /// <summary>How long a command of the connection waits otherwise: for SQLite's busy timeout or the driver's, whichever is longer.</summary>
    public TimeSpan Patience => _defaultTimeout == 0
        ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromMilliseconds(Math.Max(_defaultTimeout * 1_000L, _busyTimeout));

    public void Dispose()
    {
        _connection.DefaultTimeout = _defaultTimeout;
        SetBusyTimeout(_busyTimeout);
    }

    // An authorizer may forbid to ask. Then the timeout stays as it is.
    private static int BusyTimeoutOf(sqlite3 handle)
    {
        try
        {
            return (int)(NativeConnection.ReadInt64(handle, "PRAGMA busy_timeout") ?? 0);
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    // 0 is also that of a busy handler that somebody else has set, and that would be lost.
    private void SetBusyTimeout(int milliseconds)
    {
        if (_busyTimeout != 0)
        {
            raw.sqlite3_busy_timeout(_handle, milliseconds);
        }
    }
}
