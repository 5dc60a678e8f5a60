using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>A new command for each row.</summary>
internal sealed class MicrosoftDataSqliteNaive(string path) : MicrosoftDataSqliteContender(path)
{
    public override void Insert(Measurement[] rows, int batchSize)
    {
        foreach (var batch in Batches(rows, batchSize))
        {
            using var transaction = Connection.BeginTransaction();
            foreach (var m in batch)
            {
                Insert(m, transaction);
            }

            transaction.Commit();
        }
    }

    private void Insert(Measurement m, SqliteTransaction transaction)
    {
        using var insert = new SqliteCommand(MeasurementTable.InsertNamed, Connection, transaction);
        insert.Parameters.AddWithValue("@Id", m.Id);
        insert.Parameters.AddWithValue("@Name", m.Name);
        insert.Parameters.AddWithValue("@Value", m.Value);
        insert.Parameters.AddWithValue("@Taken", m.Taken);
        insert.ExecuteNonQuery();
    }
}
