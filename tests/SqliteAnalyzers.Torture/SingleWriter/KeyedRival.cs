using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>A second process that writes units into the file of a single writer, and makes checkpoints of every mode.</summary>
internal static class KeyedRival
{
    public const string Name = "keyed-rival";

    private const int MostUnitsPerTransaction = 5;

    public static void Run(string path, string firstKey)
    {
        var random = new Random();
        var next = Message.Number(firstKey);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured();
        KeyedUnits.CreateTables(connection);
        using var batch = new SqliteBatchWriter(connection);
        while (true)
        {
            var first = next;
            for (var i = random.Next(MostUnitsPerTransaction); i >= 0; i--)
            {
                using var unit = batch.BeginUnit();
                KeyedUnits.Write(batch.Execute, next++);
                unit.Complete();
            }

            batch.Commit();
            for (var key = first; key < next; key++)
            {
                Message.Say(Message.Acknowledged, key);
            }

            connection.TryCheckpoint((SqliteCheckpointMode)random.Next(4), TimeSpan.FromMilliseconds(5));
            Thread.Sleep(random.Next(4));
        }
    }
}
