using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Contenders;

internal sealed class SqliteBatchWriterInsertMany(string path) : MicrosoftDataSqliteContender(path)
{
    public override void Insert(Measurement[] rows, int batchSize)
    {
        using var batch = new SqliteBatchWriter(Connection, batchSize);
        batch.InsertMany("Measurement", ["Id", "Name", "Value", "Taken"], rows,
            static (row, m) => row.Bind(1, m.Id).Bind(2, m.Name).Bind(3, m.Value).Bind(4, m.Taken));
        batch.Commit();
    }
}
