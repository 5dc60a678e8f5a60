using System;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Keeps other threads out of SQLite on a connection until it is disposed, on the thread that took it: what needs several calls is then one for them. Nothing
/// where SQLitePCL.raw's library cannot be looked into.
/// </summary>
/// <remarks>
/// It is SQLite's own mutex of the connection, which each of its calls takes and which is recursive: <see href="https://sqlite.org/c3ref/mutex_alloc.html"/>.
/// The connection must be held open meanwhile.
/// </remarks>
internal readonly ref struct ConnectionTurn
{
#if NET
    private readonly IntPtr _mutex;
#endif

    public ConnectionTurn(sqlite3 handle)
    {
#if NET
        unsafe
        {
            if (DirectCalls.Available)
            {
                _mutex = DirectCalls.ConnectionMutex(handle.DangerousGetHandle());
                DirectCalls.EnterMutex(_mutex);
            }
        }
#endif
    }

    public void Dispose()
    {
#if NET
        unsafe
        {
            if (_mutex != IntPtr.Zero)
            {
                DirectCalls.LeaveMutex(_mutex);
            }
        }
#endif
    }
}
