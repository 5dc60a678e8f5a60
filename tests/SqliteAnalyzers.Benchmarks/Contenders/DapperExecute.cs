using Dapper;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

internal sealed class DapperExecute(string path) : MicrosoftDataSqliteContender(path)
{
    public override void Insert(Measurement[] rows, int batchSize)
    {
        foreach (var batch in Batches(rows, batchSize))
        {
            using var transaction = Connection.BeginTransaction();
            Connection.Execute(MeasurementTable.InsertNamed, (IEnumerable<Measurement>)batch, transaction);
            transaction.Commit();
        }
    }
}
