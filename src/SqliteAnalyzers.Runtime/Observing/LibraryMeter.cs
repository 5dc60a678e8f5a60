#if NET
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The library's instruments, with the words of OpenTelemetry's conventions for databases where they have one.
/// Source: <see href="https://opentelemetry.io/docs/specs/semconv/database/"/>.
/// </summary>
internal static class LibraryMeter
{
    /// <summary>Of the meter and of the source of activities.</summary>
    public const string Name = "SqliteAnalyzers.Runtime";

    public const string Database = "db.namespace";
    public const string ErrorType = "error.type";
    public const string StatusCode = "db.response.status_code";
    public const string System = "db.system.name";
    public const string Sqlite = "sqlite";

    private const string Seconds = "s";

    private static readonly Meter s_meter = new(Name, typeof(LibraryMeter).Assembly.GetName().Version?.ToString());

    public static readonly Counter<long> Commits = s_meter.CreateCounter<long>("sqlite.commits", "{commit}", "Transactions that were committed.");
    public static readonly Histogram<double> CommitDuration = s_meter.CreateHistogram<double>("sqlite.commit.duration", Seconds, "How long commits took, those that failed included.");
    public static readonly Counter<long> Rows = s_meter.CreateCounter<long>("sqlite.rows", "{row}", "Rows inserted, updated or deleted by what was committed, those by triggers and foreign keys included.");
    public static readonly Histogram<double> LockWaitTime = s_meter.CreateHistogram<double>("sqlite.lock.wait_time", Seconds, "How long it took to get the write lock, or to give up.");
    public static readonly Counter<long> BusyAnswers = s_meter.CreateCounter<long>("sqlite.lock.busy", "{answer}", "How often a lock of somebody else was in the way.");
    public static readonly Histogram<double> CheckpointDuration = s_meter.CreateHistogram<double>("sqlite.checkpoint.duration", Seconds, "How long checkpoints took.");
    public static readonly Histogram<long> CheckpointFrames = s_meter.CreateHistogram<long>("sqlite.checkpoint.frames", "{frame}", "Frames of the -wal file that stand in the database file after a checkpoint.");
    public static readonly Histogram<long> CheckpointFramesLeft = s_meter.CreateHistogram<long>("sqlite.checkpoint.frames_left", "{frame}", "Frames of the -wal file that a checkpoint could not move.");
    public static readonly Histogram<long> UnitsPerCommit = s_meter.CreateHistogram<long>("sqlite.writer.units", "{unit}", "Units that shared a commit of a single writer.");
    public static readonly Histogram<double> UnitDuration = s_meter.CreateHistogram<double>("sqlite.writer.unit.duration", Seconds, "How long it took from the call of a single writer until its outcome was known.");
    public static readonly ObservableGauge<long> WalSize = s_meter.CreateObservableGauge("sqlite.wal.size", MeasureWals, "By", "Length of the -wal files of databases that the library has written or checkpointed.");

    private static readonly ConcurrentDictionary<string, string> s_databases = new();
    private static readonly ConcurrentDictionary<WriterLoop, bool> s_writers = new();

    static LibraryMeter() => s_meter.CreateObservableUpDownCounter("sqlite.writer.queue.length", MeasureQueues, "{unit}", "Units that wait for a single writer.");

    /// <summary>Whether anybody wants to know how long something takes.</summary>
    public static bool WantsTimes => CommitDuration.Enabled || LockWaitTime.Enabled || CheckpointDuration.Enabled;

    public static TagList Tags(string? database)
    {
        var tags = new TagList { { System, Sqlite } };
        if (database is not null)
        {
            tags.Add(Database, database);
        }

        return tags;
    }

    /// <summary>Takes note of a database whose -wal file may have grown.</summary>
    /// <param name="file">Its full path; empty if it has none.</param>
    public static void Watch(string file)
    {
        if (WalSize.Enabled && file.Length > 0)
        {
            s_databases.TryAdd(file, Path.GetFileName(file));
        }
    }

    public static void Add(WriterLoop writer) => s_writers.TryAdd(writer, true);

    public static void Remove(WriterLoop writer) => s_writers.TryRemove(writer, out _);

    // Who closes a database last deletes its -wal file. The next commit brings it back.
    private static IEnumerable<Measurement<long>> MeasureWals()
    {
        foreach (var (file, database) in s_databases)
        {
            var wal = new FileInfo(file + "-wal");
            if (wal.Exists)
            {
                yield return new(wal.Length, Tags(database));
            }
            else
            {
                s_databases.TryRemove(file, out _);
            }
        }
    }

    private static IEnumerable<Measurement<long>> MeasureQueues() =>
        s_writers.Keys.GroupBy(writer => writer.Database).Select(group => new Measurement<long>(group.Sum(writer => (long)writer.Waiting), Tags(group.Key)));
}
#endif
