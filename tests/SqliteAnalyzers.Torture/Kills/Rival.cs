using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>A second process that writes into the same file, makes checkpoints of every mode and deletes what is old, its own and the other's.</summary>
internal static class Rival
{
    public const string Name = "rival";
    public const int Author = 2;

    private const int MostTransactionsKept = 15;

    public static void Run(string path)
    {
        var random = new Random();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured();
        Units.CreateTables(connection);
        using var batch = new SqliteBatchWriter(connection);
        while (true)
        {
            Write(batch);
            Delete(batch, random.Next(2) == 0 ? Author : KilledWriter.Author);
            connection.TryCheckpoint((SqliteCheckpointMode)random.Next(4), TimeSpan.FromMilliseconds(5));
            Thread.Sleep(random.Next(4));
        }
    }

    private static void Write(SqliteBatchWriter batch)
    {
        var number = Units.Last(batch.Connection, Author);
        for (var i = 0; i < Units.PerTransaction; i++)
        {
            using var unit = batch.BeginUnit();
            Units.Write(batch, Author, ++number);
            unit.Complete();
        }

        batch.Commit();
        Message.Say(Message.Committed, Author, number);
    }

    private static void Delete(SqliteBatchWriter batch, int author)
    {
        var upTo = Units.Last(batch.Connection, author) - (MostTransactionsKept * Units.PerTransaction);
        if (upTo <= 0)
        {
            return;
        }

        Message.Say(Message.Deleting, author, upTo);
        using (var unit = batch.BeginUnit())
        {
            Units.Delete(batch, author, upTo);
            unit.Complete();
        }

        batch.Commit();
        Message.Say(Message.Deleted, author, upTo);
    }
}
