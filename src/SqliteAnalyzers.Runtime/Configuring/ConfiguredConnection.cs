#if NET
using System.Data;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>A connection that configures itself whenever it is opened, and leaves no open transaction to the next user of the pool.</summary>
internal sealed class ConfiguredConnection(string connectionString, bool isPooled, ConfiguredSqliteDataSource source) : SqliteConnection(connectionString)
{
    public override void Open()
    {
        if (State == ConnectionState.Open)
        {
            return;
        }

        source.ThrowIfDisposed();
        base.Open();
        try
        {
            source.Configure(this);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public override void Close()
    {
        try
        {
            if (State == ConnectionState.Open && Handle is { } handle)
            {
                if (Transaction is { } transaction)
                {
                    DriverTransaction.End(transaction, handle);
                }

                // Where there is no pool, closing rolls back.
                if (isPooled)
                {
                    PooledConnection.RollBack(this, handle);
                }
            }
        }
        finally
        {
            base.Close();
        }
    }
}
#endif
