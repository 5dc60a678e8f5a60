using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.SQLite;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

internal sealed class Linq2Db : Contender
{
    private readonly DataConnection _connection;

    public Linq2Db(string path)
    {
        _connection = new DataConnection(new DataOptions().UseSQLite($"Data Source={path};Pooling=False", SQLiteProvider.Microsoft));
        _connection.Execute(MeasurementTable.Pragmas);
        _connection.Execute(MeasurementTable.Schema);
    }

    public override string Engine => _connection.Execute<string>("SELECT sqlite_version()");

    public override void Insert(Measurement[] rows, int batchSize)
    {
        foreach (var batch in Batches(rows, batchSize))
        {
            using var transaction = _connection.BeginTransaction();
            _connection.BulkCopy(batch);
            transaction.Commit();
        }
    }

    public override void Dispose() => _connection.Dispose();
}
