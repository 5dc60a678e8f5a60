using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>Measures how workers best share a table among them. The ways take turns.</summary>
internal static class SharingRun
{
    public const string ByRemainder = "`key % n = i`";
    public const string ByDistance = "key ranges of equal length, from the smallest to the largest key";
    public const string ByRows = "key ranges with equally many rows (`SqliteKeyRange.Split`)";

    public static IReadOnlyList<SharingResult> Run(int rows, int workers, int repeat) =>
        [.. Measure(new Measurements(rows, HasGaps: false), workers, repeat), .. Measure(new Measurements(rows, HasGaps: true), workers, repeat)];

    private static IEnumerable<SharingResult> Measure(Measurements rows, int workers, int repeat)
    {
        using var folder = new TemporaryFolder();
        using var connection = new SqliteConnection($"Data Source={folder.File("measurements.db")};Pooling=False");
        connection.OpenConfigured();
        Measurements.CreateTable(connection);
        using (var batch = new SqliteBatchWriter(connection))
        {
            rows.Write(batch, 0, rows.Rows);
        }

        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        (string Way, Func<Share[]> Split)[] ways =
        [
            (ByRemainder, () => Share.ByRemainder(workers)),
            (ByDistance, () => Share.ByDistance(workers, Key("min"), Key("max"))),
            (ByRows, () => Share.ByRows(SqliteKeyRange.Split(connection, Measurements.Table, workers))),
        ];
        var results = ways.Select(w => new SharingResult(w.Way, rows.HasGaps)).ToArray();
        for (var i = 0; i < repeat; i++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var before = Environment.CpuUsage.TotalTime;
                var shares = ways[way].Split();
                var splitting = Environment.CpuUsage.TotalTime - before;
                var situation = new Situation(ways[way].Way, rows, shares);
                situation.Read(share => ChildProcess.Start([ShareReader.Name, connection.DataSource, ShareReader.InPlace, .. share.ToArguments()]));
                results[way].Add(splitting, situation);
            }
        }

        return results;

        long Key(string function) => (long)connection.Scalar($"SELECT {function}(key) FROM {Measurements.Table}")!;
    }
}
