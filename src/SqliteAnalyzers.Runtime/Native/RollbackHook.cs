#if NET
using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The rollback hook of a batch's transactions, in place of the one that Microsoft.Data.Sqlite sets: it tells the driver's transaction as that one does, but
/// nothing that it is called with is ever freed.
/// </summary>
/// <remarks>
/// SQLitePCL.raw frees what belongs to a hook before it takes the hook away. Where the connection is closed on another thread, a rollback in between would call
/// what is freed, and the process would end (seen with Microsoft.Data.Sqlite 8, where the commit takes the hook away first).
/// </remarks>
internal sealed unsafe class RollbackHook : IDisposable
{
    // SQLite is given a number, which may be as old as it likes.
    private static readonly ConcurrentDictionary<IntPtr, WeakReference<RollbackHook>> s_hooks = new();
    private static readonly bool s_canTellDriver = CanTellDriver();
    private static long s_lastNumber;

    private readonly IntPtr _connection;
    private readonly IntPtr _number;
    private SqliteTransaction? _transaction;

    public RollbackHook(sqlite3 handle)
    {
        _connection = handle.DangerousGetHandle();
        _number = (IntPtr)Interlocked.Increment(ref s_lastNumber);
        s_hooks[_number] = new WeakReference<RollbackHook>(this);
    }

    // Whoever loses the batch without disposing it does not keep the number.
    ~RollbackHook() => s_hooks.TryRemove(_number, out _);

    /// <summary>Takes the place of the hook that the driver has just set for the transaction, in the same turn of the connection.</summary>
    public void Replace(SqliteTransaction transaction)
    {
        if (s_canTellDriver && DirectCalls.RollbackHook != null)
        {
            _transaction = transaction;
            DirectCalls.RollbackHook(_connection, (IntPtr)(delegate* unmanaged[Cdecl]<IntPtr, void>)&OnRollback, _number);
        }
    }

    /// <summary>Takes it away, and says whether it was there; null where SQLite cannot be asked.</summary>
    /// <remarks>The connection must be held open. What somebody else has set in its place proves nothing: it may have been called.</remarks>
    public bool? Remove()
    {
        if (DirectCalls.RollbackHook == null)
        {
            return null;
        }

        var removed = DirectCalls.RollbackHook(_connection, IntPtr.Zero, IntPtr.Zero);
        return s_canTellDriver ? removed == _number : removed != IntPtr.Zero;
    }

    public void Dispose()
    {
        s_hooks.TryRemove(_number, out _);
        GC.SuppressFinalize(this);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRollback(IntPtr number)
    {
        if (s_hooks.TryGetValue(number, out var reference) && reference.TryGetTarget(out var hook))
        {
            hook.TakeAwayAndTellDriver();
        }
    }

    private static bool CanTellDriver()
    {
        try
        {
            RollbackExternal(null!, null);
            return true;
        }
        catch (NullReferenceException)
        {
            return true;
        }
        catch (MissingMethodException)
        {
            return false;
        }
    }

    // What the driver's own hook calls.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(RollbackExternal))]
    private static extern void RollbackExternal(SqliteTransaction transaction, object? userData);

    private void TakeAwayAndTellDriver()
    {
        DirectCalls.RollbackHook(_connection, IntPtr.Zero, IntPtr.Zero);
        try
        {
            RollbackExternal(_transaction!, null);
        }
        catch (Exception exception) when (exception is NullReferenceException or ArgumentNullException or ObjectDisposedException)
        {
            // The driver has closed its connection meanwhile and needs to be told of nothing. No exception may pass through SQLite.
        }
    }
}
#endif
