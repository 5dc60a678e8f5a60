using SQLite;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

internal sealed class SqliteNet : Contender
{
    private readonly SQLiteConnection _connection;

    public SqliteNet(string path)
    {
        _connection = new SQLiteConnection(path);
        foreach (var pragma in MeasurementTable.Pragmas.Split(';'))
        {
            _connection.ExecuteScalar<string>(pragma);
        }

        _connection.Execute(MeasurementTable.Schema);
    }

    public override string Engine => _connection.ExecuteScalar<string>("SELECT sqlite_version()");

    public override void Insert(Measurement[] rows, int batchSize)
    {
        foreach (var batch in Batches(rows, batchSize))
        {
            _connection.InsertAll(batch);
        }
    }

    public override void Dispose() => _connection.Dispose();
}
