using System.Diagnostics;
using System.Linq;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What a user leaves on a connection and the pool of Microsoft.Data.Sqlite hands on to the next one.
/// </summary>
internal static class PooledConnection
{
    /// <summary>Ends a transaction that a statement has begun and nobody has ended: it holds its locks, and each opening that gets the connection fails.</summary>
    /// <remarks>Nothing that was acknowledged is lost: a transaction is stored when its COMMIT returns.</remarks>
    /// <exception cref="SqliteException">SQLite could not roll back.</exception>
    public static void RollBack(SqliteConnection connection, sqlite3 handle)
    {
        if (!NativeConnection.IsInTransaction(handle))
        {
            return;
        }

        NativeConnection.Check(raw.sqlite3_exec(handle, "ROLLBACK"), handle);
        Trace.TraceWarning(
            "SqliteAnalyzers.Runtime: a connection to '{0}' went to the pool, or came from it, with a transaction that a BEGIN or SAVEPOINT statement had opened and nobody had ended. It was rolled back.",
            connection.DataSource);
    }

    /// <summary>Detaches what an earlier opening has attached, so that an opening can attach it again.</summary>
    /// <exception cref="SqliteException">An attached database is in use.</exception>
    public static void Detach(sqlite3 handle)
    {
        foreach (var name in DatabaseList.Names(handle).Skip(1))
        {
            NativeConnection.Check(raw.sqlite3_exec(handle, $"DETACH {SqlText.QuotedName(name)}"), handle);
        }
    }
}
