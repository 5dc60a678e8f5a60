using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>The end of a transaction of Microsoft.Data.Sqlite, whoever may have ended SQLite's own before.</summary>
internal static class DriverTransaction
{
    /// <summary>Rolls back what is open, and frees the connection of the transaction object.</summary>
    /// <remarks>
    /// Microsoft.Data.Sqlite 8 and 9 do not notice that SQLite's transaction is over. Their own ROLLBACK, which the closing of the connection tries
    /// as well, would then fail for ever: so there is something to roll back for them. Later versions leave it alone.
    /// </remarks>
    public static void End(SqliteTransaction transaction, sqlite3 handle)
    {
        var isOver = !NativeConnection.IsInTransaction(handle);
        if (isOver)
        {
            raw.sqlite3_exec(handle, "BEGIN");
        }

        transaction.Dispose();
        if (isOver && NativeConnection.IsInTransaction(handle))
        {
            raw.sqlite3_exec(handle, "ROLLBACK");
        }
    }
}
