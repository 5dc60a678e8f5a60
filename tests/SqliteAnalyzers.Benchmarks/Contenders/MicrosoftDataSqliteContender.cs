using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

/// <summary>A contender on a connection of Microsoft.Data.Sqlite.</summary>
internal abstract class MicrosoftDataSqliteContender : Contender
{
    protected MicrosoftDataSqliteContender(string path)
    {
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        Connection.Open();
        Execute(MeasurementTable.Pragmas);
        Execute(MeasurementTable.Schema);
    }

    public override string Engine => Connection.ServerVersion;

    protected SqliteConnection Connection { get; }

    public override void Dispose() => Connection.Dispose();

    private void Execute(string sql)
    {
        using var command = new SqliteCommand(sql, Connection);
        command.ExecuteNonQuery();
    }
}
