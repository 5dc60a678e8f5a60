using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Contenders;

internal sealed class SqliteBatchWriterPrepared(string path) : MicrosoftDataSqliteContender(path)
{
    public override void Insert(Measurement[] rows, int batchSize)
    {
        using var batch = new SqliteBatchWriter(Connection, batchSize);
        var insert = batch.Prepare(MeasurementTable.Insert);
        foreach (var m in rows)
        {
            insert.Bind(1, m.Id).Bind(2, m.Name).Bind(3, m.Value).Bind(4, m.Taken).Execute();
        }

        batch.Commit();
    }
}
