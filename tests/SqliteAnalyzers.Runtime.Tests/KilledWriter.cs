namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Writes units, commits, makes checkpoints and copies for ever, and says after each commit how many units must be there from then on.</summary>
internal static class KilledWriter
{
    public const string Schema = "CREATE TABLE item (id INTEGER PRIMARY KEY); CREATE TABLE line (item INTEGER, number INTEGER, text TEXT)";
    public const int LinesPerItem = 40;

    public static void Run(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured();
        using var batch = new SqliteBatch(connection, batchSize: 500);
        var item = batch.Prepare("INSERT INTO item (id) VALUES (?)");
        var id = (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM item")!;
        for (var round = 1; ; round++)
        {
            for (var i = 0; i < 30; i++)
            {
                id++;
                using var unit = batch.BeginUnit();
                item.Bind(1, id).Execute();
                batch.InsertMany("line", ["item", "number", "text"], Enumerable.Range(0, LinesPerItem), (row, number) => row.Bind(1, id).Bind(2, number).Bind(3, "some text"));
                unit.Complete();
            }

            if (round % 3 == 0)
            {
                batch.CommitAndCheckpoint(SqliteCheckpointMode.Truncate);
            }
            else
            {
                batch.Commit();
            }

            Console.WriteLine(connection.Scalar("SELECT count(*) FROM item"));
            if (round % 4 == 0)
            {
                connection.BackupTo(Path.Combine(Path.GetDirectoryName(path)!, $"copy-{Environment.ProcessId}-{round}.db"));
            }
        }
    }
}
