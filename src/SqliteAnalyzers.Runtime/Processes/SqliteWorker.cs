using System;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>Hands a database over to another process.</summary>
public static class SqliteWorker
{
    /// <summary>
    /// Makes sure that everything written on the connection is committed and stands in the database file, and in those of attached databases, then starts the process.
    /// </summary>
    /// <remarks>
    /// A process that opens the database in place sees what is committed, checkpoint or not. After the checkpoint so does one that gets a copy of
    /// the database file, or that opens it with <c>immutable=1</c>. A read-only connection has written nothing and can make no checkpoint: the process is started
    /// without one. The process inherits none of the database's file handles.
    /// </remarks>
    /// <param name="connection">The connection that wrote, open, with no transaction of its own and no reader half read.</param>
    /// <param name="startInfo">What to start.</param>
    /// <param name="timeout">How long the checkpoint waits for others, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out.</param>
    /// <returns>The started process.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="startInfo"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or its database is in memory or temporary, where no other process sees it; or a transaction is open on it, whose rows the process would not see;
    /// or no process was started, because <see cref="ProcessStartInfo.UseShellExecute"/> handed the start to a running one.</exception>
    /// <exception cref="SqliteException">The checkpoint could not be completed: see <see cref="SqliteConnectionExtensions.Checkpoint"/>. Nothing was started.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The file to start cannot be started.</exception>
    public static Process Start(SqliteConnection connection, ProcessStartInfo startInfo, TimeSpan? timeout = null)
    {
        var handle = NativeConnection.OpenHandle(connection, "Handing a database over");
        if (startInfo is null)
        {
            throw new ArgumentNullException(nameof(startInfo));
        }

        if (NativeConnection.FileName(handle, "main").Length == 0)
        {
            throw new InvalidOperationException("The database is in memory or temporary: another process cannot see it. Hand over a database file, for instance one that BackupTo has written.");
        }

        if (NativeConnection.IsInTransaction(handle))
        {
            throw new InvalidOperationException(
                "A transaction is open: the process would not see its rows, and its own writes would wait or fail. Commit or roll back before starting it.");
        }

        Checkpointer.CompleteAll(connection, SqliteCheckpointMode.Full, timeout);
        return Process.Start(startInfo)
            ?? throw new InvalidOperationException($"No process was started for '{startInfo.FileName}': a running one took over.");
    }
}
