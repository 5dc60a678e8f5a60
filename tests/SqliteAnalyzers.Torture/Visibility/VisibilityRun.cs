using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>Writes rows, hands them over to workers, and counts what these see.</summary>
internal sealed class VisibilityRun
{
    // Of the rows, the share that a reader's old snapshot lacks.
    private const int SnapshotLacksOneOf = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Measurements _rows;
    private readonly int _workers;
    private readonly List<Situation> _situations = [];
    private readonly List<TimeSpan> _writing = [];
    private readonly Random _random = new();
    private int _refusals;

    private VisibilityRun(int rows, int workers)
    {
        _rows = new Measurements(rows, HasGaps: false);
        _workers = workers;
    }

    /// <param name="rows">How many rows are written.</param>
    /// <param name="workers">How many processes read them.</param>
    /// <param name="repeat">How often, with a new database each time.</param>
    /// <param name="repeated">Is called after each time.</param>
    public static VisibilityResult Run(int rows, int workers, int repeat, Action repeated)
    {
        var run = new VisibilityRun(rows, workers);
        for (var i = 0; i < repeat; i++)
        {
            run.RunOnce();
            repeated();
        }

        return new VisibilityResult(rows, workers, repeat, run._situations, run._writing, run._refusals);
    }

    private void RunOnce()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("measurements.db");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured();
        Measurements.CreateTable(connection);

        var watch = Stopwatch.StartNew();
        using var batch = new SqliteBatchWriter(connection);
        var beforeSnapshot = _rows.Rows - (_rows.Rows / SnapshotLacksOneOf) - 1;
        _rows.Write(batch, 0, beforeSnapshot);
        watch.Stop();
        using (LockHolder.Start(path, $"BEGIN; SELECT count(*) FROM {Measurements.Table}"))
        {
            watch.Start();
            _rows.Write(batch, beforeSnapshot, _rows.Rows);
            _writing.Add(watch.Elapsed);
            BesideOldSnapshot(connection);
        }

        using (LockHolder.Start(path, $"BEGIN; SELECT count(*) FROM {Measurements.Table}"))
        {
            FromTheFileAlone(connection);
        }

        BesideWriter(connection);
    }

    private void BesideOldSnapshot(SqliteConnection connection)
    {
        var situation = Begin("in place, beside a reader of an old snapshot; the hand-over's checkpoint is refused (error 5), and they are started without it", connection);
        try
        {
            SqliteWorker.Start(connection, new ProcessStartInfo("no-such-program"), TimeSpan.Zero).Dispose();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == 5)
        {
            _refusals++;
        }
        catch (Win32Exception)
        {
            situation.AddProblem("the hand-over was not refused");
        }

        situation.Read(share => ChildProcess.Start(Arguments(connection, ShareReader.InPlace, share)));
    }

    private void FromTheFileAlone(SqliteConnection connection)
    {
        var ways = new Queue<string>(Enumerable.Range(0, _workers).Select(i => i % 2 == 0 ? ShareReader.Immutable : ShareReader.Copied));
        Begin("handed over; each opens the file with `immutable=1`, or a copy of it; beside a reader of the newest snapshot", connection)
            .Read(share => HandOver(connection, ways.Dequeue(), share));
    }

    private void BesideWriter(SqliteConnection connection)
    {
        using var writer = ChildProcess.Start(BusyWriter.Name, connection.DataSource);
        writer.ReadLine();
        var isFirst = true;
        Begin("handed over; in place, beside a writer; one is killed and started again", connection).Read(share =>
        {
            if (isFirst)
            {
                isFirst = false;
                using var killed = HandOver(connection, ShareReader.InPlace, share);
                Thread.Sleep(_random.Next(150));
                killed.Kill();
            }

            return HandOver(connection, ShareReader.InPlace, share);
        });
    }

    private Situation Begin(string name, SqliteConnection connection)
    {
        var shares = Share.ByRows(SqliteKeyRange.Split(connection, Measurements.Table, _workers));
        var situation = new Situation(name, _rows, shares);
        _situations.Add(situation);
        return situation;
    }

    private static ChildProcess HandOver(SqliteConnection connection, string how, Share share) =>
        new(SqliteWorker.Start(connection, ChildProcess.StartInfo(Arguments(connection, how, share)), s_patience));

    private static string[] Arguments(SqliteConnection connection, string how, Share share) => [ShareReader.Name, connection.DataSource, how, .. share.ToArguments()];
}
