#if !NETSTANDARD_BUILD
using System.Diagnostics;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What the library tells of itself, and that nothing depends on who listens.</summary>
public sealed class ObservingTests : IDisposable
{
    private readonly TestDatabase _folder = new();
    private readonly string _name = $"{Guid.NewGuid():N}.db";

    private string File => Path.Combine(_folder.Folder, _name);

    private string Unpooled => $"Data Source={File};Pooling=False";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_batch_tells_its_commits_and_the_rows_that_they_stored()
    {
        using var connection = Open();
        connection.Run("CREATE TABLE log (id); CREATE TRIGGER t AFTER INSERT ON item WHEN new.id < 2 BEGIN INSERT INTO log VALUES (new.id); END");
        using var recorder = new Recorder(_name);
        using (var batch = new SqliteBatchWriter(connection, batchSize: 4))
        {
            for (var i = 0; i < 4; i++)
            {
                batch.Execute("INSERT INTO item VALUES (?)", i);
            }

            using (batch.BeginUnit())
            {
                batch.Execute("INSERT INTO item VALUES (100), (101), (102)");
            }

            Assert.Throws<SqliteException>(() => batch.Execute("INSERT INTO item VALUES (50), (51), (0)"));
            batch.InsertMany("item", ["id"], Enumerable.Range(10, 6), static (row, i) => row.Bind(1, i));
            batch.Execute("INSERT INTO item VALUES (200)");
            batch.Rollback();
        }

        // Four and two by the trigger; then four. Two and the last one are rolled back.
        Assert.Equal([6d, 4d], recorder.Of("sqlite.rows").Select(m => m.Value));
        Assert.Equal(2, recorder.Sum("sqlite.commits"));
        Assert.Equal(2, recorder.Of("sqlite.commit.duration").Count);
        Assert.Equal(3, recorder.Of("sqlite.lock.wait_time").Count);
        Assert.All(recorder.Of("sqlite.commits").Concat(recorder.Of("sqlite.lock.wait_time")), m =>
        {
            Assert.Equal("sqlite", m.Tags["db.system.name"]);
            Assert.Equal("batch", m.Tags["sqlite.writer"]);
            Assert.DoesNotContain("error.type", m.Tags);
        });
        Assert.All(recorder.Of("sqlite.commit.duration"), m => Assert.InRange(m.Value, 0, 60));
    }

    [Fact]
    public void A_lock_that_does_not_come_is_told_with_its_error()
    {
        using var holder = Open();
        using var connection = new SqliteConnection(Unpooled + ";Default Timeout=1");
        connection.Open();
        holder.Run("BEGIN IMMEDIATE");
        using var recorder = new Recorder(_name);
        using (var batch = new SqliteBatchWriter(connection))
        {
            Assert.Throws<SqliteException>(() => batch.Execute("INSERT INTO item VALUES (1)"));
        }

        Assert.Throws<SqliteException>(() => connection.InTransaction(_ => { }, TimeSpan.FromMilliseconds(20)));

        var waits = recorder.Of("sqlite.lock.wait_time");
        Assert.Equal(["batch", "in_transaction"], waits.Select(m => m.Tags["sqlite.writer"]));
        Assert.All(waits, m => Assert.Equal(("5", "5"), (m.Tags["error.type"], m.Tags["db.response.status_code"])));
        Assert.InRange(waits[0].Value, 0.9, 60);
        Assert.InRange(recorder.Sum("sqlite.lock.busy"), 2, double.MaxValue);
        Assert.Empty(recorder.Of("sqlite.commits"));
    }

    [Fact]
    public void A_commit_that_fails_is_no_commit()
    {
        using var connection = Open("PRAGMA journal_mode=DELETE; PRAGMA busy_timeout=0");
        using var other = new SqliteConnection(Unpooled);
        other.Open();
        connection.DefaultTimeout = 1;
        using var recorder = new Recorder(_name);
        using var batch = new SqliteBatchWriter(connection);
        batch.Execute("INSERT INTO item VALUES (1)");
        other.Run("BEGIN; SELECT * FROM item");
        Assert.Throws<SqliteException>(batch.Commit);
        Assert.Empty(recorder.Of("sqlite.commits"));
        Assert.Equal("5", Assert.Single(recorder.Of("sqlite.commit.duration")).Tags["error.type"]);

        other.Run("COMMIT");
        batch.Commit();

        Assert.Equal(1, recorder.Sum("sqlite.commits"));
        Assert.Equal(1, recorder.Sum("sqlite.rows"));
    }

    [Fact]
    public void A_commit_that_is_refused_is_told_with_its_error_whoever_makes_it()
    {
        using var connection = Open();
        connection.Run("CREATE TABLE child (item INTEGER REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)");
        using var recorder = new Recorder(_name);
        using (var batch = new SqliteBatchWriter(connection))
        {
            batch.Execute("INSERT INTO child VALUES (1)");
            Assert.Throws<SqliteException>(batch.Commit);
        }

        Assert.Throws<SqliteException>(() => connection.InTransaction(_ => connection.Run("INSERT INTO child VALUES (1)")));

        Assert.Equal([("batch", "787"), ("in_transaction", "787")], recorder.Of("sqlite.commit.duration").Select(m => ((string)m.Tags["sqlite.writer"]!, (string)m.Tags["error.type"]!)));
        Assert.Empty(recorder.Of("sqlite.commits"));
    }

    [Fact]
    public void A_checkpoint_tells_its_frames_and_what_was_in_its_way()
    {
        using var connection = Open();
        using var reader = new SqliteConnection(Unpooled);
        reader.Open();
        connection.Run("INSERT INTO item VALUES (1)");
        reader.Run("BEGIN; SELECT * FROM item");
        connection.Run("INSERT INTO item VALUES (2)");
        using var recorder = new Recorder(_name);

        var kept = connection.TryCheckpoint(SqliteCheckpointMode.Full, TimeSpan.Zero);
        reader.Run("COMMIT");
        var complete = connection.Checkpoint(SqliteCheckpointMode.Restart);
        connection.Run("BEGIN");
        connection.Run("INSERT INTO item VALUES (3)");
        Assert.Throws<SqliteException>(() => connection.Checkpoint());
        connection.Run("ROLLBACK");

        var durations = recorder.Of("sqlite.checkpoint.duration");
        Assert.Equal(["full", "restart", "full"], durations.Select(m => m.Tags["sqlite.checkpoint.mode"]));
        Assert.Equal([false, true, false], durations.Select(m => m.Tags["sqlite.checkpoint.complete"]));
        Assert.Equal([null, null, "6"], durations.Select(m => m.Tags.GetValueOrDefault("error.type")));
        Assert.Equal([kept.CheckpointedFrames, complete.CheckpointedFrames], recorder.Of("sqlite.checkpoint.frames").Select(m => (int)m.Value));
        Assert.Equal([kept.LogFrames - kept.CheckpointedFrames, 0], recorder.Of("sqlite.checkpoint.frames_left").Select(m => (int)m.Value));
        Assert.NotEqual(0, kept.LogFrames - kept.CheckpointedFrames);
        Assert.Equal([$"CHECKPOINT {_name}", $"CHECKPOINT {_name}", $"CHECKPOINT {_name}"], recorder.Activities.Select(a => a.DisplayName));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Unset, ActivityStatusCode.Error], recorder.Activities.Select(a => a.Status));
    }

    [Fact]
    public void The_length_of_the_wal_file_can_be_watched_until_it_is_gone()
    {
        using var recorder = new Recorder(_name);
        using (var connection = Open())
        using (var batch = new SqliteBatchWriter(connection))
        {
            batch.Execute("INSERT INTO item VALUES (1)");
            batch.Commit();
            recorder.Observe();
            batch.InsertMany("item", ["id"], Enumerable.Range(10, 10_000), static (row, i) => row.Bind(1, i));
            batch.Commit();
            recorder.Observe();
            Assert.Equal(new FileInfo(File + "-wal").Length, recorder.Of("sqlite.wal.size")[1].Value);
        }

        recorder.Observe();

        var sizes = recorder.Of("sqlite.wal.size");
        Assert.Equal(2, sizes.Count);
        Assert.InRange(sizes[0].Value, 1, sizes[1].Value - 1);
    }

    [Fact]
    public async Task A_single_writer_tells_its_units_and_its_queue()
    {
        Open().Dispose();
        using var recorder = new Recorder(_name);
        await using (var writer = new SqliteSingleWriter(Unpooled))
        {
            await writer.ExecuteAsync("INSERT INTO item VALUES (1)");
            using var begun = new ManualResetEventSlim();
            using var go = new ManualResetEventSlim();
            var first = writer.RunAsync(unit =>
            {
                begun.Set();
                go.Wait();
                unit.Execute("INSERT INTO item VALUES (2), (3)");
            });
            begun.Wait();
            var refused = writer.RunAsync(unit =>
            {
                unit.Execute("INSERT INTO item VALUES (4)");
                unit.Execute("INSERT INTO item VALUES (1)");
            });
            var last = writer.ExecuteAsync("INSERT INTO item VALUES (5)");
            recorder.Observe();
            go.Set();
            await first;
            await last;
            await Assert.ThrowsAsync<SqliteException>(() => refused);
            recorder.Observe();
        }

        recorder.Observe();

        Assert.Equal([2d, 0d], recorder.Of("sqlite.writer.queue.length").Select(m => m.Value));
        Assert.Equal(4, recorder.Sum("sqlite.writer.units"));
        Assert.Equal(4, recorder.Sum("sqlite.rows"));
        Assert.Equal(recorder.Of("sqlite.writer.units").Count, recorder.Sum("sqlite.commits"));
        Assert.All(recorder.Of("sqlite.commits"), m => Assert.Equal("single_writer", m.Tags["sqlite.writer"]));
        Assert.Equal([null, null, "1555", null], recorder.Of("sqlite.writer.unit.duration").Select(m => m.Tags.GetValueOrDefault("error.type")));
    }

    [Fact]
    public async Task The_queue_of_a_single_writer_holds_those_who_wait_for_room_too()
    {
        Open().Dispose();
        using var recorder = new Recorder(_name);
        await using var writer = new SqliteSingleWriter(Unpooled, new() { QueueCapacity = 2 });
        await writer.ExecuteAsync("INSERT INTO item VALUES (0)");
        using var begun = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var first = writer.RunAsync(_ =>
        {
            begun.Set();
            go.Wait();
        });
        begun.Wait();
        var waiting = Enumerable.Range(1, 5).Select(id => writer.ExecuteAsync("INSERT INTO item VALUES (?)", [id])).ToArray();
        recorder.Observe();
        go.Set();
        await first;
        await Task.WhenAll(waiting);

        Assert.Equal([5d], recorder.Of("sqlite.writer.queue.length").Select(m => m.Value));
    }

    [Fact]
    public void Copies_are_activities_under_the_caller_s()
    {
        var copy = Path.Combine(_folder.Folder, "copy.db");
        using var connection = Open();
        using var recorder = new Recorder(_name);
        using var caller = new Activity("caller").Start();

        connection.BackupTo(copy);
        connection.RestoreFrom(copy);
        Assert.Throws<IOException>(() => connection.BackupTo(copy));

        var activities = recorder.Activities;
        Assert.Equal([$"BACKUP {_name}", $"RESTORE {_name}", $"BACKUP {_name}"], activities.Select(a => a.DisplayName));
        Assert.Equal(["BACKUP", "RESTORE", "BACKUP"], activities.Select(a => a.GetTagItem("db.operation.name")));
        Assert.All(activities, a => Assert.Equal((caller.SpanId, ActivityKind.Client), (a.ParentSpanId, a.Kind)));
        Assert.Equal(typeof(IOException).FullName, activities[2].GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, activities[2].Status);
    }

    [Fact]
    public async Task A_listener_that_throws_harms_nothing()
    {
        var copy = Path.Combine(_folder.Folder, "copy.db");
        using var connection = Open();
        var heard = 0;
        using (new Recorder(_name, () => throw new InvalidOperationException($"The listener's own fault {Interlocked.Increment(ref heard)}.")))
        {
            using (var batch = new SqliteBatchWriter(connection, batchSize: 7))
            {
                batch.InsertMany("item", ["id"], Enumerable.Range(0, 100), static (row, i) => row.Bind(1, i));
                batch.CommitAndCheckpoint();
                Assert.Equal(100, batch.CommittedOperations);
            }

            connection.InTransaction(_ => connection.Run("INSERT INTO item VALUES (100)"));
            await using (var writer = new SqliteSingleWriter(Unpooled))
            {
                await writer.ExecuteAsync("INSERT INTO item VALUES (101)");
                await Assert.ThrowsAsync<SqliteException>(() => writer.ExecuteAsync("INSERT INTO item VALUES (101)"));
            }

            connection.BackupTo(copy);
            connection.RestoreFrom(copy);
        }

        Assert.InRange(heard, 20, int.MaxValue);
        Assert.Equal(102L, connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void A_listener_that_throws_when_it_is_told_of_the_instruments_harms_nothing() => IsolatedScene.Play(typeof(ObservingTests), nameof(ListenAndThrow));

    private static void ListenAndThrow()
    {
        using var database = new TestDatabase();
        using var meters = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "SqliteAnalyzers.Runtime")
                {
                    throw new InvalidOperationException("The listener's own fault.");
                }
            },
        };
        meters.Start();
        using var activities = new ActivityListener { ShouldListenTo = source => source.Name == "SqliteAnalyzers.Runtime" ? throw new InvalidOperationException("The listener's own fault.") : false };
        ActivitySource.AddActivityListener(activities);
        using var connection = database.OpenConfigured();
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        using (var batch = new SqliteBatchWriter(connection))
        {
            batch.InsertMany("item", ["id"], Enumerable.Range(0, 100), static (row, i) => row.Bind(1, i));
            batch.CommitAndCheckpoint();
        }

        using (var writer = new SqliteSingleWriter(database.Unpooled))
        {
            writer.ExecuteAsync("INSERT INTO item VALUES (100)").Wait();
        }

        connection.BackupTo(Path.Combine(database.Folder, "copy.db"));
        Assert.Equal(101L, connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void A_listener_that_ends_the_batch_loses_nothing_that_was_committed()
    {
        using var connection = Open();
        SqliteBatchWriter? batch = null;
        using (new Recorder(_name, () => batch?.Dispose()))
        {
            batch = new SqliteBatchWriter(connection, batchSize: 1);
            Assert.Throws<ObjectDisposedException>(() => batch.Execute("INSERT INTO item VALUES (1)"));
        }

        // The lock is told of first, before the row.
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM item"));
        Assert.NotEqual(0, raw.sqlite3_get_autocommit(connection.Handle));
    }

    [Fact]
    public async Task A_listener_that_closes_the_connection_of_a_single_writer_stops_nobody()
    {
        using var connection = Open();
        await using var writer = new SqliteSingleWriter(Unpooled);
        SqliteConnection? writers = null;
        await writer.RunAsync(unit => writers = unit.Connection, TestContext.Current.CancellationToken);
        using var recorder = new Recorder(_name, heard: writers!.Dispose);

        var outcome = await Record.ExceptionAsync(() => writer.ExecuteAsync("INSERT INTO item VALUES (1)", cancellationToken: TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.IsType<InvalidOperationException>(outcome);
        await writer.ExecuteAsync("INSERT INTO item VALUES (2)", cancellationToken: TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("2", connection.Scalar("SELECT group_concat(id) FROM item")?.ToString());
    }

    [Fact]
    public void Rows_are_not_told_one_by_one()
    {
        const int Rows = 20_000;
        using var connection = Open();
        using var recorder = new Recorder(_name);
        using var batch = new SqliteBatchWriter(connection, SqliteBatchWriter.MaxBatchSize);
        var insert = batch.Prepare("INSERT INTO item VALUES (?)");
        Insert(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Insert(Rows);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Empty(recorder.Of("sqlite.rows"));
        batch.Commit();
        Assert.Equal(2 * Rows, recorder.Sum("sqlite.rows"));

        void Insert(int first)
        {
            for (var i = first; i < first + Rows; i++)
            {
                insert.Bind(1, i).Execute();
            }
        }
    }

    [Fact]
    public void The_page_has_every_instrument_with_its_unit()
    {
        using var recorder = new Recorder(_name);
        Open().Checkpoint();
        var page = System.IO.File.ReadAllText(Path.Combine(SourceFolder(), "../../../docs/runtime.md"));

        Assert.Equal(12, recorder.Units.Count);
        Assert.All(recorder.Units, instrument => Assert.Matches($@"\| `{instrument.Key}` \| \w+ \| `?{instrument.Value!.Replace("{", "\\{")}`? \|", page));
    }

    private SqliteConnection Open(string pragmas = "PRAGMA journal_mode=WAL")
    {
        var connection = new SqliteConnection(Unpooled);
        connection.Open();
        connection.Run($"{pragmas}; CREATE TABLE item (id INTEGER PRIMARY KEY)");
        return connection;
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
#endif
