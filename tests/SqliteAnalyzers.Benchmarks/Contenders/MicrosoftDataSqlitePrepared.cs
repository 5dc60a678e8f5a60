using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

internal sealed class MicrosoftDataSqlitePrepared(string path) : MicrosoftDataSqliteContender(path)
{
    public override void Insert(Measurement[] rows, int batchSize)
    {
        using var insert = new SqliteCommand(MeasurementTable.InsertNamed, Connection);
        var id = insert.Parameters.Add("@Id", SqliteType.Integer);
        var name = insert.Parameters.Add("@Name", SqliteType.Text);
        var value = insert.Parameters.Add("@Value", SqliteType.Real);
        var taken = insert.Parameters.Add("@Taken", SqliteType.Integer);
        insert.Prepare();

        foreach (var batch in Batches(rows, batchSize))
        {
            using var transaction = Connection.BeginTransaction();
            insert.Transaction = transaction;
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
}
