using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>A new command for each row, and each row a transaction of its own, whatever the batch size.</summary>
internal sealed class MicrosoftDataSqliteAutocommit(string path) : MicrosoftDataSqliteContender(path)
{
    public override void Insert(Measurement[] rows, int batchSize)
    {
        foreach (var m in rows)
        {
            using var insert = new SqliteCommand(MeasurementTable.InsertNamed, Connection);
            insert.Parameters.AddWithValue("@Id", m.Id);
            insert.Parameters.AddWithValue("@Name", m.Name);
            insert.Parameters.AddWithValue("@Value", m.Value);
            insert.Parameters.AddWithValue("@Taken", m.Taken);
            insert.ExecuteNonQuery();
        }
    }
}
