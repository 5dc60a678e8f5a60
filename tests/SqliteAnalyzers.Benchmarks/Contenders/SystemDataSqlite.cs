using System.Data;
using System.Data.SQLite;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

internal sealed class SystemDataSqlite : Contender
{
    private readonly SQLiteConnection _connection;

    public SystemDataSqlite(string path)
    {
        _connection = new SQLiteConnection(new SQLiteConnectionStringBuilder { DataSource = path }.ToString());
        _connection.Open();
        Execute(MeasurementTable.Pragmas);
        Execute(MeasurementTable.Schema);
    }

    public override string Engine => _connection.ServerVersion;

    public override void Insert(Measurement[] rows, int batchSize)
    {
        using var insert = new SQLiteCommand(MeasurementTable.InsertNamed, _connection);
        var id = insert.Parameters.Add("@Id", DbType.Int64);
        var name = insert.Parameters.Add("@Name", DbType.String);
        var value = insert.Parameters.Add("@Value", DbType.Double);
        var taken = insert.Parameters.Add("@Taken", DbType.Int64);
        insert.Prepare();

        foreach (var batch in Batches(rows, batchSize))
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var m in batch)
            {
                id.Value = m.Id;
                name.Value = m.Name;
                value.Value = m.Value;
                taken.Value = m.Taken;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    public override void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = new SQLiteCommand(sql, _connection);
        command.ExecuteNonQuery();
    }
}
