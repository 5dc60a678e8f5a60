using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Benchmarks.Bulk;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Runtime;
using SQLitePCL;

namespace SqliteAnalyzers.Benchmarks.Checkpoints;

/// <summary>Checkpoints after many rows and after none, beside the native call.</summary>
internal static class CheckpointsPart
{
    private const int IdleCheckpointsAtATime = 2_000;
    private const int IdleRounds = 40;

    private static readonly SqliteCheckpointMode[] s_modes = Enum.GetValues<SqliteCheckpointMode>();

    private static readonly SqliteConnectionOptions s_withoutCheckpoints = SqliteConnectionOptions.Default with { WalAutoCheckpoint = 0 };

    public static void Run(PartContext context)
    {
        context.Page.Heading(2, "Checkpoints");
        AfterRows(context);
        WithNothingToDo(context);
    }

    private static void AfterRows(PartContext context)
    {
        Contender[] contenders =
        [
            .. s_modes.SelectMany(m => (Contender[])
            [
                new($"{m} by the native call", m, (connection, _) => Native(connection, m)),
                new($"{m} by Checkpoint", m, (connection, _) => connection.Checkpoint(m)) { IsOurs = true },
            ]),
            new("copying the -wal file and syncing the copy", null, (_, path) => CopyAndSync(path + "-wal", path + "-wal-copy.db")),
            new("syncing the -wal file, copying it and syncing the copy", null, (_, path) =>
            {
                Sync(path + "-wal");
                CopyAndSync(path + "-wal", path + "-wal-copy.db");
            }),
        ];
        var seconds = contenders.ToDictionary(c => c, _ => new List<double>());
        var rows = MeasurementTable.Rows(context.Rows, KeyOrder.Ascending, SqliteBatchWriter.DefaultBatchSize);
        long walBytes = 0;

        Array.ForEach(contenders, c => Measure(context, c, rows.AsSpan(0, Math.Min(rows.Length, 1_000)).ToArray(), ref walBytes));
        Turns.Take(contenders, context.Rounds, (round, contender) =>
        {
            var time = Measure(context, contender, rows, ref walBytes);
            seconds[contender].Add(time);
            PartContext.Progress($"checkpoints, round {round + 1}: {contender.Title}: {1_000 * time:0} ms");
        });

        context.Page.Paragraph($"""
            The time of a checkpoint by the clock, right after {Numbers.Whole(context.Rows)} rows were inserted with automatic checkpoints off ({Numbers.MiB(walBytes)} MiB in the -wal file), with nobody
            else at the database ({context.Rounds} rounds). The ratio is to the same mode through `sqlite3_wal_checkpoint_v2`. Beside it, what moving the same bytes costs without SQLite:
            a checkpoint syncs the -wal file, copies its pages and syncs the database file.
            """);
        context.Page.Table(
            ["", "time × native call", "ms"],
            contenders.Select(c => (IReadOnlyList<string>)
            [
                c.Title,
                c.IsOurs ? Numbers.Ratio(Spread.Of(seconds[c].Zip(seconds[contenders.Single(n => n.Mode == c.Mode && !n.IsOurs)], (ours, native) => ours / native))) : "",
                Numbers.Whole(1_000 * Spread.Of(seconds[c]).Median),
            ]));
    }

    private static double Measure(PartContext context, Contender contender, Measurement[] rows, ref long walBytes)
    {
        var path = context.Folder.NewFile("checkpoint.db");
        double time;
        using (var connection = OpenWithTable(path))
        {
            using (var batch = new SqliteBatchWriter(connection))
            {
                batch.InsertMany("Measurement", ["Id", "Name", "Value", "Taken"], rows,
                    static (row, m) => row.Bind(1, m.Id).Bind(2, m.Name).Bind(3, m.Value).Bind(4, m.Taken));
                batch.Commit();
            }

            walBytes = new FileInfo(path + "-wal").Length;
            var watch = Stopwatch.GetTimestamp();
            contender.Run(connection, path);
            time = Stopwatch.GetElapsedTime(watch).TotalSeconds;
        }

        context.Folder.Clear();
        return time;
    }

    private static void WithNothingToDo(PartContext context)
    {
        using var connection = OpenWithTable(context.Folder.NewFile("idle.db"));
        connection.Checkpoint();
        (string Title, Action Run)[] contenders =
        [
            ("Full by the native call", () => Native(connection, SqliteCheckpointMode.Full)),
            ("Full by Checkpoint", () => connection.Checkpoint()),
        ];
        var results = Repetition.InTurns(contenders, IdleRounds, IdleCheckpointsAtATime);

        context.Page.Paragraph($"""
            A checkpoint that has nothing to do, {Numbers.Whole(IdleCheckpointsAtATime)} at a time in {IdleRounds} rounds. `Checkpoint` also puts its own timeout in the place of the connection's and takes
            turns with other checkpoints of the process.
            """);
        context.Page.Table(["", "time × native call", "µs"], results.Select(r => (IReadOnlyList<string>)
        [
            r.Title,
            Numbers.Ratio(r.RatioTo(results[0])),
            Numbers.TwoDigits(r.Microseconds.Median),
        ]));
        context.Folder.Clear();
    }

    private static SqliteConnection OpenWithTable(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.OpenConfigured(s_withoutCheckpoints);
        using var command = new SqliteCommand(MeasurementTable.Schema, connection);
        command.ExecuteNonQuery();
        return connection;
    }

    private static void Native(SqliteConnection connection, SqliteCheckpointMode mode)
    {
        var result = raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", (int)mode, out var frames, out var moved);
        if (result != raw.SQLITE_OK || frames != moved)
        {
            throw new InvalidOperationException($"The {mode} checkpoint moved {moved} of {frames} frames, with result {result}.");
        }
    }

    private static void CopyAndSync(string source, string target)
    {
        const int BufferSize = 1 << 20;
        using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        from.CopyTo(to, BufferSize);
        to.Flush(flushToDisk: true);
    }

    private static void Sync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    private sealed record Contender(string Title, SqliteCheckpointMode? Mode, Action<SqliteConnection, string> Run)
    {
        public bool IsOurs { get; init; }
    }
}
