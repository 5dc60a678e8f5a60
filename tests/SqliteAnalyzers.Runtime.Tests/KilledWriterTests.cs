using System.Diagnostics;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>A process that writes through a batch is killed at moments it does not choose.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private const int Kills = 8;

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Loses_nothing_it_has_committed_and_leaves_no_half_unit()
    {
        using (var connection = _database.OpenConfigured())
        {
            connection.Run(KilledWriter.Schema);
        }

        var random = new Random();
        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = KillAWriter(TimeSpan.FromMilliseconds(random.Next(0, 120)));
            AssertWhole(_database.Path, acknowledged);
            foreach (var copy in Directory.GetFiles(_database.Folder, "copy-*.db"))
            {
                AssertWhole(copy, acknowledged: 0);
                File.Delete(copy);
            }
        }
    }

    private long KillAWriter(TimeSpan after)
    {
        using var writer = Process.Start(Worker.StartInfo("write-until-killed", _database.Path))!;
        var acknowledged = long.Parse(writer.StandardOutput.ReadLine()!);
        Thread.Sleep(after);
        writer.Kill();
        while (writer.StandardOutput.ReadLine() is { } line)
        {
            acknowledged = long.TryParse(line, out var number) ? Math.Max(acknowledged, number) : acknowledged;
        }

        writer.WaitForExit();
        Assert.NotEqual(0, writer.ExitCode);
        return acknowledged;
    }

    private static void AssertWhole(string path, long acknowledged)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
        Assert.InRange((long)connection.Scalar("SELECT count(*) FROM item")!, acknowledged, long.MaxValue);
        Assert.Equal(0L, connection.Scalar($"""
            SELECT count(*) FROM item
            LEFT JOIN (SELECT item, count(*) AS lines FROM line GROUP BY item) AS l ON l.item = id
            WHERE lines IS NOT {KilledWriter.LinesPerItem}
            """));
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM line WHERE item NOT IN (SELECT id FROM item)"));
    }
}
