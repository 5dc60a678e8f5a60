using Dapper;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>The same call as that of <see cref="DapperExecute"/>, which Dapper.AOT replaces when it is compiled.</summary>
[DapperAot]
internal sealed class DapperAotExecute(string path) : MicrosoftDataSqliteContender(path)
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
