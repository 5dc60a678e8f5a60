using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>A process that changes rows all over the table while others read them: none of what they sum up, but all the pages.</summary>
internal static class BusyWriter
{
    public const string Name = "busy-writer";

    private const int RowsPerUpdate = 200;

    public static void Run(string path)
    {
        var random = new Random();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured();
        var last = (long)connection.Scalar($"SELECT max(key) FROM {Measurements.Table}")!;
        using var batch = new SqliteBatchWriter(connection);
        var update = batch.Prepare($"UPDATE {Measurements.Table} SET touched = touched + 1 WHERE key IN (SELECT key FROM {Measurements.Table} WHERE key >= ? LIMIT {RowsPerUpdate})");
        while (true)
        {
            update.Bind(1, random.NextInt64(last)).Execute();
            batch.Commit();
            Console.WriteLine("updated");
        }
    }
}
