using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>A unit of one row in a transaction of its own, by a prepared command of Microsoft.Data.Sqlite.</summary>
internal sealed class UnitCommand : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _key;

    public UnitCommand(SqliteConnection connection)
    {
        _connection = connection;
        _insert = new SqliteCommand(SharedDatabase.Insert, connection);
        _key = _insert.Parameters.Add("?1", SqliteType.Integer);
        _insert.Parameters.Add("?2", SqliteType.Text).Value = SharedDatabase.Text;
        _insert.Prepare();
    }

    public void WriteInTransaction(long key)
    {
        using var transaction = _connection.BeginTransaction();
        Write(key, transaction);
        transaction.Commit();
    }

    public void Write(long key, SqliteTransaction? transaction)
    {
        _key.Value = key;
        _insert.Transaction = transaction;
        _insert.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
