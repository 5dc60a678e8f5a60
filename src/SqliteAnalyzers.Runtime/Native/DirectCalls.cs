#if NET
using System;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The few functions of SQLite that run for every row, called without the reference counting that SQLitePCL.raw does on every call.
/// </summary>
/// <remarks>
/// <para>
/// They are looked up in the library that SQLitePCL.raw itself uses, whichever that is: the addresses of a string inside it must agree. Where they
/// do not, or the library cannot be looked into, everything goes through SQLitePCL.raw.
/// </para>
/// <para>
/// A call without a GC transition keeps the garbage collector waiting for its end. If it waits for a mutex whose holder runs managed code (a function
/// or a collation) the process stands still for ever: so only what takes no lock is called that way. That newer versions of SQLite lock where older
/// ones did not (sqlite3_changes, sqlite3_get_autocommit) has been seen.
/// </para>
/// </remarks>
internal static unsafe class DirectCalls
{
    public static readonly bool Available;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int, long, int> BindInt64;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int, double, int> BindDouble;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int, byte*, int, IntPtr, int> BindText;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int, byte*, int, IntPtr, int> BindBlob;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int, int> BindNull;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int> Step;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int> Reset;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int> Changes;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, int> Autocommit;
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, IntPtr> ConnectionMutex;
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, void> EnterMutex;
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, void> LeaveMutex;

    /// <summary>Sets the rollback hook, and gives back what the one before was to be called with. Null where the library does not export it.</summary>
    public static readonly delegate* unmanaged[Cdecl]<IntPtr, IntPtr, IntPtr, IntPtr> RollbackHook;

    static DirectCalls()
    {
        var name = raw.GetNativeLibraryName();

        // Windows' own library has another calling convention on x86.
        if (name.Contains("winsqlite3", StringComparison.OrdinalIgnoreCase)
            || !NativeLibrary.TryLoad(name, typeof(raw).Assembly, searchPath: null, out var library))
        {
            return;
        }

        if (!IsTheProvidersOwn(library)
            || !NativeLibrary.TryGetExport(library, "sqlite3_bind_int64", out var bindInt64)
            || !NativeLibrary.TryGetExport(library, "sqlite3_bind_double", out var bindDouble)
            || !NativeLibrary.TryGetExport(library, "sqlite3_bind_text", out var bindText)
            || !NativeLibrary.TryGetExport(library, "sqlite3_bind_blob", out var bindBlob)
            || !NativeLibrary.TryGetExport(library, "sqlite3_bind_null", out var bindNull)
            || !NativeLibrary.TryGetExport(library, "sqlite3_step", out var step)
            || !NativeLibrary.TryGetExport(library, "sqlite3_reset", out var reset)
            || !NativeLibrary.TryGetExport(library, "sqlite3_changes", out var changes)
            || !NativeLibrary.TryGetExport(library, "sqlite3_get_autocommit", out var autocommit)
            || !NativeLibrary.TryGetExport(library, "sqlite3_db_mutex", out var connectionMutex)
            || !NativeLibrary.TryGetExport(library, "sqlite3_mutex_enter", out var enterMutex)
            || !NativeLibrary.TryGetExport(library, "sqlite3_mutex_leave", out var leaveMutex))
        {
            NativeLibrary.Free(library);
            return;
        }

        BindInt64 = (delegate* unmanaged[Cdecl]<IntPtr, int, long, int>)bindInt64;
        BindDouble = (delegate* unmanaged[Cdecl]<IntPtr, int, double, int>)bindDouble;
        BindText = (delegate* unmanaged[Cdecl]<IntPtr, int, byte*, int, IntPtr, int>)bindText;
        BindBlob = (delegate* unmanaged[Cdecl]<IntPtr, int, byte*, int, IntPtr, int>)bindBlob;
        BindNull = (delegate* unmanaged[Cdecl]<IntPtr, int, int>)bindNull;
        Step = (delegate* unmanaged[Cdecl]<IntPtr, int>)step;
        Reset = (delegate* unmanaged[Cdecl]<IntPtr, int>)reset;
        Changes = (delegate* unmanaged[Cdecl]<IntPtr, int>)changes;
        Autocommit = (delegate* unmanaged[Cdecl]<IntPtr, int>)autocommit;
        ConnectionMutex = (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, IntPtr>)connectionMutex;
        EnterMutex = (delegate* unmanaged[Cdecl]<IntPtr, void>)enterMutex;
        LeaveMutex = (delegate* unmanaged[Cdecl, SuppressGCTransition]<IntPtr, void>)leaveMutex;
        if (NativeLibrary.TryGetExport(library, "sqlite3_rollback_hook", out var rollbackHook))
        {
            RollbackHook = (delegate* unmanaged[Cdecl]<IntPtr, IntPtr, IntPtr, IntPtr>)rollbackHook;
        }

        Available = true;
    }

    private static bool IsTheProvidersOwn(IntPtr library)
    {
        if (!NativeLibrary.TryGetExport(library, "sqlite3_libversion", out var version))
        {
            return false;
        }

        fixed (byte* providersVersion = raw.sqlite3_libversion())
        {
            return ((delegate* unmanaged[Cdecl]<byte*>)version)() == providersVersion;
        }
    }
}
#endif
