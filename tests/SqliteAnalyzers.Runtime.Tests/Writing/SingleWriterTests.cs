#if !NETSTANDARD_BUILD
using System.Collections.Concurrent;
using System.Diagnostics;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime.Tests;

public sealed class SingleWriterTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _reader;
    private SqliteSingleWriter _writer;

    public SingleWriterTests()
    {
        _reader = _database.OpenConfigured();
        _reader.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE); CREATE TABLE child (item INTEGER REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)");
        _writer = new SqliteSingleWriter(_database.Pooled);
    }

    private string Ids => _reader.Scalar("SELECT group_concat(id) FROM (SELECT id FROM item ORDER BY id)") as string ?? "";

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _reader.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Functions_that_a_statement_calls_cannot_take_the_process_along() => IsolatedScene.Play(typeof(SingleWriterTests), nameof(CallBack));

    // A function that executes the very statement which calls it, one that has the writer forget its statements, and one that closes the connection.
    private static void CallBack()
    {
        using var database = new TestDatabase();
        using var writer = new SqliteSingleWriter(database.Unpooled);
        writer.ExecuteAsync("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)").Wait();
        SqliteWriterUnit? current = null;
        var depth = 0;
        writer.RunAsync(unit => unit.Connection.CreateFunction("again", (string name) =>
        {
            if (depth++ == 0)
            {
                current!.Execute("INSERT INTO item (name) VALUES (again(?) || ?)", "inner", "inner");
            }

            return name;
        })).Wait();
        var refused = Assert.Throws<AggregateException>(() => writer.RunAsync(unit =>
        {
            current = unit;
            unit.Execute("INSERT INTO item (name) VALUES (again(?) || ?)", "outer", "outer");
        }).Wait());
        Assert.Contains("is being executed", refused.InnerException!.Message);

        writer.RunAsync(unit => unit.Connection.CreateFunction("many", (string name) =>
        {
            for (var i = 0; i < 600; i++)
            {
                current!.ExecuteScalar($"SELECT ?{(i % 2 == 0 ? "" : " -- odd")} || '{i}'", "inner");
            }

            GC.Collect();
            return name;
        })).Wait();
        writer.RunAsync(unit =>
        {
            current = unit;
            unit.Execute("INSERT INTO item (name) VALUES (many(?) || ?)", "outer ", "kept");
        }).Wait();
        Assert.Equal("outer kept", writer.RunAsync(unit => unit.ExecuteScalar("SELECT group_concat(name) FROM item")).Result);

        writer.RunAsync(unit => unit.Connection.CreateFunction("close", (string name) =>
        {
            current!.Connection.Dispose();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return name;
        })).Wait();
        Assert.Throws<AggregateException>(() => writer.RunAsync(unit =>
        {
            current = unit;
            unit.Execute("INSERT INTO item (name) VALUES (close(?) || close(?))", "outer ", "closed");
        }).Wait());
        Assert.Equal(1L, writer.RunAsync(unit => unit.ExecuteScalar("SELECT count(*) FROM item")).Result);
    }

    [Fact]
    public async Task What_is_acknowledged_is_committed_and_the_result_comes_back()
    {
        Assert.Equal(1, await _writer.ExecuteAsync("INSERT INTO item VALUES (1, 'a')"));
        Assert.Equal("1", Ids);
        Assert.Equal(2, await _writer.ExecuteAsync("INSERT INTO item VALUES (?, ?), (?, ?)", [2, "b", 3, null]));
        Assert.Equal("1,2,3", Ids);
        Assert.Equal(4L, await _writer.RunAsync(unit => (long)unit.ExecuteScalar("INSERT INTO item (name) VALUES (?) RETURNING id", "d")!));
        await _writer.RunAsync(unit =>
        {
            unit.Connection.Run("INSERT INTO item VALUES (5, 'e')");
            Assert.Equal("1,2,3,4", Ids);
            Assert.Equal(5L, unit.ExecuteScalar("SELECT count(*) FROM item"));
            Assert.Equal(0, unit.Execute("SELECT count(*) FROM item"));
            Assert.Null(unit.ExecuteScalar("SELECT 1 WHERE 0"));
            Assert.Equal(DBNull.Value, unit.ExecuteScalar("SELECT ?", null));
            Assert.Equal(new byte[] { 1 }, unit.ExecuteScalar("SELECT ?", new byte[] { 1 }));
            Assert.Equal(0.5, unit.ExecuteScalar("SELECT ?", 0.5));
            Assert.Equal("", unit.ExecuteScalar("SELECT ?", ""));
        });
        Assert.Equal("1,2,3,4,5", Ids);
    }

    [Fact]
    public async Task Each_unit_of_many_producers_is_there_exactly_once_and_nothing_is_locked()
    {
        const int Producers = 32;
        const int Units = 200;
        var acknowledged = new ConcurrentBag<int>();
        var failed = 0;
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(async () =>
        {
            for (var i = 0; i < Units; i++)
            {
                var id = (producer * Units) + i;
                try
                {
                    await _writer.RunAsync(unit =>
                    {
                        unit.Execute("INSERT INTO item VALUES (?, ?)", id, $"name {id}");
                        unit.Execute("INSERT INTO child VALUES (?)", id);
                        if (id % 7 == 0)
                        {
                            throw new FormatException();
                        }
                    });
                    acknowledged.Add(id);
                }
                catch (FormatException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        })));

        var expected = Enumerable.Range(0, Producers * Units).Where(id => id % 7 != 0).ToArray();
        Assert.Equal(expected, acknowledged.Order());
        Assert.Equal((Producers * Units) - expected.Length, failed);
        Assert.Equal(string.Join(",", expected), Ids);
        Assert.Equal(string.Join(",", expected), _reader.Scalar("SELECT group_concat(item) FROM (SELECT item FROM child ORDER BY item)"));
    }

    [Fact]
    public async Task Units_that_wait_share_a_commit()
    {
        var commits = 0L;
        await Together(
            100,
            i => unit =>
            {
                unit.Execute("INSERT INTO item VALUES (?, NULL)", i);
                if (i == 99)
                {
                    commits = (long)_reader.Scalar("SELECT count(*) FROM item")!;
                }
            });
        Assert.Equal(0, commits);
        Assert.Equal(100L, _reader.Scalar("SELECT count(*) FROM item"));
    }

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(10, 1_000)]
    [InlineData(1_000, 0)]
    public async Task No_more_units_share_a_commit_than_the_options_say(int maxUnits, int milliseconds)
    {
        await _writer.DisposeAsync();
        _writer = new SqliteSingleWriter(_database.Pooled, new() { MaxUnitsPerCommit = maxUnits, MaxTimePerCommit = TimeSpan.FromMilliseconds(milliseconds) });
        var mostUncommitted = 0L;
        await Together(200, i => unit =>
        {
            unit.Execute("INSERT INTO item VALUES (?, NULL)", i);
            mostUncommitted = Math.Max(mostUncommitted, (long)unit.ExecuteScalar("SELECT count(*) FROM item")! - (long)_reader.Scalar("SELECT count(*) FROM item")!);
        });
        Assert.InRange(mostUncommitted, 1, milliseconds == 0 ? 1 : maxUnits);
        Assert.Equal(200L, _reader.Scalar("SELECT count(*) FROM item"));
    }

    public static TheoryData<string, string> Failures => new()
    {
        { "a constraint", "INSERT INTO item VALUES (0, NULL), (0, NULL)" },
        { "a constraint after rows, kept by OR FAIL", "INSERT OR FAIL INTO item VALUES (1001, NULL), (0, NULL)" },
        { "ON CONFLICT ROLLBACK, which rolls everything back", "INSERT OR ROLLBACK INTO item VALUES (1001, NULL), (0, NULL)" },
        { "a foreign key that is looked at by the commit", "INSERT INTO child VALUES (4711)" },
        { "a statement that is none", "INSERT INTO nowhere VALUES (1)" },
        { "COMMIT", "COMMIT" },
        { "ROLLBACK", "ROLLBACK" },
        { "END TRANSACTION", "/* */ end transaction" },
        { "BEGIN", "BEGIN" },
        { "the release of the writer's savepoint", "RELEASE sqlite_single_writer_unit" },
        { "the rollback to the writer's savepoint", "ROLLBACK TO \"sqlite_single_writer_UNIT\"" },
        { "VACUUM", "VACUUM" },
        { "an exception", "throw" },
        { "the connection closed", "close" },
        { "the connection closed and opened", "close and open" },
        { "the connection disposed", "dispose" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_unit_that_fails_fails_its_caller_alone(string what, string sql)
    {
        await _writer.ExecuteAsync("INSERT INTO item VALUES (0, 'zero')");
        await using var source = new ConfiguredSqliteDataSource(_database.Pooled);
        foreach (var throughConnection in (bool[])[false, true])
        {
            if (throughConnection)
            {
                await _writer.DisposeAsync();
                _writer = new SqliteSingleWriter(source);
            }

            var first = throughConnection ? 200 : 100;
            var outcomes = await Together(50, i => unit =>
            {
                unit.Execute("INSERT INTO item VALUES (?, NULL)", first + i);
                if (i % 10 == 5)
                {
                    Fail(unit, sql, throughConnection);
                }
            });

            for (var i = 0; i < 50; i++)
            {
                Assert.True(i % 10 == 5 == outcomes[i] is not null, $"{what}: unit {i} {outcomes[i]}");
                if (i % 10 == 5 && what.Contains("closed"))
                {
                    Assert.IsType<InvalidOperationException>(outcomes[i]);
                }
            }
        }

        await _writer.ExecuteAsync("INSERT INTO item VALUES (9999, NULL)");
        var expected = Enumerable.Range(0, 50).Where(i => i % 10 != 5);
        Assert.Equal(string.Join(",", [0, .. expected.Select(i => 100 + i), .. expected.Select(i => 200 + i), 9999]), Ids);
        Assert.Equal(0L, _reader.Scalar("SELECT count(*) FROM child"));

        static void Fail(SqliteWriterUnit unit, string sql, bool throughConnection)
        {
            switch (sql)
            {
                case "throw":
                    throw new FormatException();
                case "close":
                    unit.Connection.Close();
                    break;
                case "close and open":
                    unit.Connection.Close();
                    unit.Connection.Open();
                    break;
                case "dispose":
                    unit.Connection.Dispose();
                    break;
                case var _ when throughConnection:
                    unit.Connection.Run(sql);
                    break;
                default:
                    unit.Execute(sql);
                    break;
            }
        }
    }

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("ROLLBACK")]
    [InlineData("INSERT OR ROLLBACK INTO item VALUES (0, NULL)")]
    [InlineData("SAVEPOINT mine; INSERT INTO item VALUES (1001, NULL); ROLLBACK TO mine")]
    public async Task Work_that_goes_on_after_an_error_is_acknowledged_only_if_it_is_stored(string sql)
    {
        await _writer.ExecuteAsync("INSERT INTO item VALUES (0, NULL)");
        var acknowledged = new ConcurrentBag<int>();
        await Together(30, i => unit =>
        {
            unit.Execute("INSERT INTO item VALUES (?, NULL)", 100 + i);
            if (i % 10 == 5)
            {
                Record.Exception(() => unit.Connection.Run(sql));
                unit.Execute("INSERT INTO item VALUES (?, NULL)", 500 + i);
            }
        }, i => acknowledged.Add(i));

        var expected = acknowledged.SelectMany(i => i % 10 == 5 ? new[] { 100 + i, 500 + i } : [100 + i]).Append(0).Order();
        Assert.Equal(string.Join(",", expected), Ids);
        Assert.True(acknowledged.Count(i => i % 10 != 5) == 27);
    }

    [Fact]
    public async Task Any_mixture_has_the_outcome_that_it_has_in_a_transaction_each()
    {
        for (var round = 0; round < 60; round++)
        {
            var seed = Random.Shared.Next();
            var random = new Random(seed);
            await _writer.DisposeAsync();
            _writer = new SqliteSingleWriter(_database.Pooled, new() { MaxUnitsPerCommit = random.Next(1, 40) });
            _reader.Run("DELETE FROM child; DELETE FROM item");
            var items = new SortedSet<long>();
            var children = new List<long>();
            var expected = new List<bool>();
            var goOn = new ManualResetEventSlim();
            var tasks = new List<Task> { _writer.RunAsync(_ => goOn.Wait()) };
            for (var i = 0; i < 60; i++)
            {
                var (id, other) = (random.Next(20), random.Next(20));
                switch (random.Next(8))
                {
                    case 0 or 1:
                        tasks.Add(_writer.ExecuteAsync("INSERT INTO item VALUES (?, NULL)", [id]));
                        expected.Add(items.Add(id));
                        break;
                    case 2:
                        tasks.Add(_writer.ExecuteAsync("INSERT OR ROLLBACK INTO item VALUES (?, NULL)", [id]));
                        expected.Add(items.Add(id));
                        break;
                    case 3:
                        tasks.Add(_writer.ExecuteAsync("INSERT INTO child VALUES (?)", [id]));
                        expected.Add(items.Contains(id));
                        children.AddRange(items.Contains(id) ? [id] : []);
                        break;
                    case 4:
                        tasks.Add(_writer.ExecuteAsync("DELETE FROM item WHERE id = ?", [id]));
                        expected.Add(!children.Contains(id));
                        _ = children.Contains(id) || items.Remove(id);
                        break;
                    case 5:
                        tasks.Add(_writer.RunAsync(unit =>
                        {
                            unit.Execute("INSERT INTO item VALUES (?, NULL)", id);
                            unit.Connection.Run($"INSERT INTO item VALUES ({other}, NULL)");
                        }));
                        var both = id != other && !items.Contains(id) && !items.Contains(other);
                        expected.Add(both);
                        items.UnionWith(both ? [id, other] : []);
                        break;
                    case 6:
                        tasks.Add(_writer.RunAsync(unit =>
                        {
                            unit.Execute("INSERT INTO child VALUES (?)", id);
                            unit.Execute("DELETE FROM item");
                            throw new FormatException();
                        }));
                        expected.Add(false);
                        break;
                    default:
                        tasks.Add(_writer.RunAsync(unit =>
                        {
                            unit.Execute("INSERT OR IGNORE INTO item VALUES (?, NULL)", id);
                            if (other == 0)
                            {
                                unit.Connection.Close();
                            }
                        }));
                        expected.Add(other != 0);
                        items.UnionWith(other != 0 ? [id] : []);
                        break;
                }
            }

            goOn.Set();
            var outcomes = new List<bool>();
            foreach (var task in tasks)
            {
                outcomes.Add(await Record.ExceptionAsync(() => task) is null);
            }

            Assert.Equal([true, .. expected], outcomes);
            Assert.True(Ids == string.Join(",", items), $"seed {seed}");
            Assert.True(_reader.Scalar("SELECT group_concat(item) FROM (SELECT item FROM child ORDER BY rowid)") as string == (children.Count == 0 ? null : string.Join(",", children)), $"seed {seed}");
        }
    }

    [Fact]
    public async Task A_reader_that_the_work_leaves_open_does_not_stop_the_writer()
    {
        for (var round = 0; round < 3; round++)
        {
            await _writer.RunAsync(unit =>
            {
                unit.Execute("INSERT INTO item (name) VALUES (NULL), (NULL)");
                var command = unit.Connection.CreateCommand();
                command.CommandText = "SELECT * FROM item";
                command.ExecuteReader().Read();
            });
            _reader.Run("INSERT INTO item (name) VALUES (NULL)");
        }

        await _writer.ExecuteAsync("INSERT INTO item (name) VALUES (NULL)");
        Assert.Equal(10L, _reader.Scalar("SELECT count(*) FROM item"));
    }

    /// <summary>An interrupt lasts as long as any statement runs, such as one that work has not read to its end.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_work_of_another_has_interrupted_is_begun_on_a_new_connection(bool inTheWork)
    {
        sqlite3? handle = null;
        var left = _writer.RunAsync(unit =>
        {
            var reader = new SqliteCommand("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", unit.Connection).ExecuteReader();
            reader.Read();
            GC.KeepAlive(reader);
            handle = unit.Connection.Handle;
            if (inTheWork)
            {
                raw.sqlite3_interrupt(handle);
            }
        });
        var beside = Enumerable.Range(1, 20).Select(id => _writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [id])).ToArray();
        await (inTheWork ? Assert.ThrowsAsync<SqliteException>(() => left) : left);
        await Task.WhenAll(beside);
        if (!inTheWork)
        {
            raw.sqlite3_interrupt(handle);
        }

        await Task.WhenAll(Enumerable.Range(21, 20).Select(id => _writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [id])));

        Assert.Equal(string.Join(",", Enumerable.Range(1, 40)), Ids);
    }

    [Fact]
    public async Task A_commit_that_readers_keep_waiting_is_made_in_the_end_or_fails_and_stores_nothing()
    {
        await _writer.DisposeAsync();
        _reader.Run("PRAGMA journal_mode=DELETE");
        _writer = new SqliteSingleWriter(_database.Pooled, new() { LockTimeout = TimeSpan.FromMilliseconds(500) }, new() { JournalMode = SqliteJournalMode.Delete });
        using var other = _database.Open();
        other.Run("BEGIN; SELECT count(*) FROM item");
        using (new Later(100, () => other.Run("COMMIT")))
        {
            Assert.Equal(1, await _writer.ExecuteAsync("INSERT INTO item VALUES (1, NULL)"));
        }

        other.Run("BEGIN; SELECT count(*) FROM item");
        var outcomes = await Together(10, i => unit => unit.Execute("INSERT INTO item VALUES (?, NULL)", 10 + i));
        Assert.All(outcomes, outcome => Assert.Equal(5, Assert.IsType<SqliteException>(outcome).SqliteErrorCode));
        other.Run("COMMIT");
        await _writer.ExecuteAsync("INSERT INTO item VALUES (2, NULL)");
        Assert.Equal("1,2", Ids);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task When_there_is_no_room_left_each_caller_is_told_the_truth(int seed)
    {
        var random = new Random(seed);
        var pages = (long)_reader.Scalar("PRAGMA page_count")! + random.Next(20, 100);
        await using var source = new ConfiguredSqliteDataSource(_database.Unpooled, prepareConnection: connection => connection.Run($"PRAGMA max_page_count={pages}"));
        await _writer.DisposeAsync();
        _writer = new SqliteSingleWriter(source, new() { MaxUnitsPerCommit = random.Next(2, 60) });
        var sizes = Enumerable.Range(0, 200).Select(_ => random.Next(3) == 0 ? 30_000 : 500).ToArray();

        var outcomes = await Together(200, i => unit =>
        {
            unit.Execute("INSERT INTO item VALUES (?, ?)", i, new string((char)('a' + (i % 26)), sizes[i]) + i);
            unit.Execute("INSERT INTO item VALUES (?, NULL)", 1_000 + i);
        });

        var stored = Enumerable.Range(0, 200).Where(i => outcomes[i] is null);
        Assert.Equal(string.Join(",", [.. stored, .. stored.Select(i => 1_000 + i)]), Ids);
        Assert.Equal("ok", _reader.Scalar("PRAGMA integrity_check"));
        Assert.InRange(stored.Count(), 1, 199);
        Assert.All(outcomes.Where(o => o is not null), outcome => Assert.Equal(13, Assert.IsType<SqliteException>(outcome).SqliteErrorCode));
    }

    [Fact]
    public void A_process_that_is_killed_loses_and_doubles_nothing_that_was_acknowledged()
    {
        var result = SingleWriterKillRun.Run(count: 20, Random.Shared.Next(), () => { });
        Assert.Empty(result.Problems);
        Assert.Equal(20, result.Tally.Kills);
        Assert.All([result.Tally.Acknowledged, result.Tally.RivalAcknowledged, result.Tally.Failed], count => Assert.NotEqual(0, count));
    }

    [Fact]
    public async Task A_lock_of_others_is_waited_for_and_those_who_waited_long_enough_are_told()
    {
        _reader.Run("BEGIN IMMEDIATE");
        var waiting = _writer.ExecuteAsync("INSERT INTO item VALUES (1, NULL)");
        await Task.Delay(200);
        Assert.False(waiting.IsCompleted);
        _reader.Run("COMMIT");
        await waiting;

        await _writer.DisposeAsync();
        _writer = new SqliteSingleWriter(_database.Pooled, new() { LockTimeout = TimeSpan.FromMilliseconds(300) });
        _reader.Run("BEGIN IMMEDIATE");
        var watch = Stopwatch.StartNew();
        var outcomes = await Together(20, i => unit => unit.Execute("INSERT INTO item VALUES (?, NULL)", 10 + i));
        Assert.All(outcomes, outcome => Assert.Equal(5, Assert.IsType<SqliteException>(outcome).SqliteErrorCode));
        Assert.InRange(watch.ElapsedMilliseconds, 250, 3_000);
        _reader.Run("COMMIT");
        await _writer.ExecuteAsync("INSERT INTO item VALUES (2, NULL)");
        Assert.Equal("1,2", Ids);
    }

    [Fact]
    public async Task Work_can_be_taken_back_until_it_begins()
    {
        using var cancellation = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new ManualResetEventSlim();
        var first = _writer.RunAsync(unit =>
        {
            begun.TrySetResult();
            goOn.Wait();
            unit.Execute("INSERT INTO item VALUES (1, NULL)");
        }, cancellation.Token);
        await begun.Task;
        var second = _writer.ExecuteAsync("INSERT INTO item VALUES (2, NULL)", cancellationToken: cancellation.Token);
        var third = _writer.ExecuteAsync("INSERT INTO item VALUES (3, NULL)");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(first.IsCompleted);
        goOn.Set();
        await first;
        await third;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _writer.ExecuteAsync("INSERT INTO item VALUES (4, NULL)", cancellationToken: cancellation.Token));
        Assert.Equal("1,3", Ids);
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait_and_they_can_leave()
    {
        await _writer.DisposeAsync();
        _writer = new SqliteSingleWriter(_database.Pooled, new() { QueueCapacity = 2 });
        var goOn = new ManualResetEventSlim();
        var first = _writer.RunAsync(unit => goOn.Wait());
        using var cancellation = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 10).Select(i => _writer.ExecuteAsync("INSERT INTO item VALUES (?, NULL)", [i], i % 2 == 0 ? cancellation.Token : default)).ToArray();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[^2]);
        goOn.Set();
        await first;
        await Task.WhenAll(waiting.Where((_, i) => i % 2 == 1));
        Assert.Equal("1,3,5,7,9", Ids);
    }

    [Fact]
    public async Task Disposal_carries_out_what_was_handed_over_and_takes_no_more()
    {
        var tasks = Enumerable.Range(0, 500).Select(i => _writer.ExecuteAsync("INSERT INTO item VALUES (?, NULL)", [i])).ToArray();
        await _writer.DisposeAsync();
        Assert.All(tasks, task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Equal(500L, _reader.Scalar("SELECT count(*) FROM item"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _writer.ExecuteAsync("INSERT INTO item VALUES (1000, NULL)"));
        await _writer.DisposeAsync();
        _writer.Dispose();
        await _writer.ShutdownAsync();
    }

    [Fact]
    public async Task A_shutdown_that_is_cancelled_tells_those_who_wait()
    {
        var goOn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _writer.RunAsync(unit =>
        {
            begun.SetResult();
            goOn.Wait();
            unit.Execute("INSERT INTO item VALUES (1, NULL)");
        });
        await begun.Task;
        var waiting = Enumerable.Range(0, 10).Select(_ => _writer.ExecuteAsync("INSERT INTO item VALUES (2, NULL)")).ToArray();
        var shutdown = _writer.ShutdownAsync(new CancellationToken(canceled: true));
        goOn.Set();
        await shutdown;
        await first;
        foreach (var task in waiting)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => task);
        }

        Assert.Equal("1", Ids);
    }

    [Fact]
    public async Task The_connection_is_closed_after_what_came_before_and_opened_for_what_comes_after()
    {
        var before = Enumerable.Range(1, 100).Select(i => _writer.ExecuteAsync("INSERT INTO item VALUES (?, NULL)", [i])).ToArray();
        var closing = _writer.CloseConnectionAsync();
        var after = _writer.ExecuteAsync("INSERT INTO item VALUES (101, NULL)");
        await closing;
        Assert.All(before, task => Assert.True(task.IsCompletedSuccessfully));
        await after;
        Assert.Equal(101L, _reader.Scalar("SELECT count(*) FROM item"));

        // The last one that closes a database in WAL mode deletes the -wal file.
        _reader.Dispose();
        SqliteConnection.ClearAllPools();
        Assert.True(File.Exists(_database.Path + "-wal"));
        await _writer.CloseConnectionAsync();
        Assert.False(File.Exists(_database.Path + "-wal"));
        await _writer.CloseConnectionAsync();
    }

    [Fact]
    public async Task A_unit_that_others_keep_out_does_not_keep_the_connection_open()
    {
        await _writer.DisposeAsync();
        _writer = new SqliteSingleWriter(_database.Pooled, new() { LockTimeout = TimeSpan.FromMilliseconds(50) });
        _reader.Run("BEGIN IMMEDIATE");
        var first = _writer.ExecuteAsync("INSERT INTO item VALUES (1, NULL)");
        var closing = _writer.CloseConnectionAsync();
        Assert.Equal(5, (await Assert.ThrowsAsync<SqliteException>(() => first)).SqliteErrorCode);
        await closing.WaitAsync(TimeSpan.FromSeconds(20));
        _reader.Run("ROLLBACK");
        await _writer.ExecuteAsync("INSERT INTO item VALUES (2, NULL)");
        Assert.Equal("2", Ids);
    }

    [Fact]
    public async Task Who_no_longer_waits_for_the_closing_gets_an_open_connection()
    {
        var goOn = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var gate = _writer.RunAsync(unit =>
        {
            goOn.Wait();
            unit.Execute("INSERT INTO item VALUES (1, NULL)");
        });
        var waiting = _writer.ExecuteAsync("INSERT INTO item VALUES (2, NULL)");
        var closing = _writer.CloseConnectionAsync(cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing);
        Assert.InRange(_writer.QueueLength, 1, 3);
        goOn.Set();
        await gate;
        await waiting;
        Assert.Equal("1,2", Ids);
        await _writer.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _writer.CloseConnectionAsync());
        Assert.Equal(0, _writer.QueueLength);
    }

    [Fact]
    public async Task Who_waits_for_room_when_the_writer_is_disposed_has_come_before()
    {
        await using var writer = new SqliteSingleWriter(_database.Pooled, new() { QueueCapacity = 2 });
        var goOn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = writer.RunAsync(_ =>
        {
            begun.SetResult();
            goOn.Wait();
        });
        await begun.Task;
        using var cancellation = new CancellationTokenSource();
        var waiting = Enumerable.Range(1, 9).Select(id => writer.ExecuteAsync("INSERT INTO item VALUES (?, NULL)", [id])).ToArray();
        var cancelled = writer.ExecuteAsync("INSERT INTO item VALUES (10, NULL)", null, cancellation.Token);
        Assert.Equal(10, writer.QueueLength);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        var end = writer.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.ExecuteAsync("INSERT INTO item VALUES (11, NULL)"));
        goOn.Set();

        await gate;
        await Task.WhenAll(waiting);
        await end;
        Assert.Equal("1,2,3,4,5,6,7,8,9", Ids);
        Assert.Equal(0, writer.QueueLength);
    }

    [Fact]
    public async Task In_a_shared_cache_it_waits_for_the_others_who_use_it()
    {
        const string Shared = "Data Source=single-writer;Mode=Memory;Cache=Shared";
        using var other = new SqliteConnection(Shared);
        other.Open();
        other.Run("CREATE TABLE item (id INTEGER); INSERT INTO item VALUES (1), (2); BEGIN IMMEDIATE; INSERT INTO item VALUES (3)");
        await using var hasty = new SqliteSingleWriter(Shared, new() { LockTimeout = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(raw.SQLITE_LOCKED_SHAREDCACHE, (await Assert.ThrowsAsync<SqliteException>(() => hasty.ExecuteAsync("INSERT INTO item VALUES (9)"))).SqliteExtendedErrorCode);
        await using var writer = new SqliteSingleWriter(Shared);
        var insert = writer.ExecuteAsync("INSERT INTO item VALUES (4)");
        await Task.Delay(50);
        other.Run("COMMIT");
        await insert;

        foreach (var work in new Func<SqliteWriterUnit, object?>[] { unit => unit.Execute("INSERT INTO item VALUES (5)"), unit => unit.ExecuteScalar("INSERT INTO item VALUES (6) RETURNING id") })
        {
            using var command = new SqliteCommand("SELECT id FROM item", other);
            Task run;
            using (var reader = command.ExecuteReader())
            {
                Assert.True(reader.Read());
                run = writer.RunAsync(work);
                await Task.Delay(50);
                Assert.False(run.IsCompleted);
            }

            await run;
        }

        Assert.Equal("1,2,3,4,5,6", other.Scalar("SELECT group_concat(id) FROM item"));
    }

    [Fact]
    public async Task Nothing_waits_for_itself()
    {
        await _writer.RunAsync(unit =>
        {
            Action execute = () => _ = _writer.ExecuteAsync("INSERT INTO item VALUES (2, NULL)");
            Action run = () => _ = _writer.RunAsync(_ => { });
            Assert.Throws<InvalidOperationException>(execute);
            Assert.Throws<InvalidOperationException>(run);
            Assert.Throws<InvalidOperationException>(_writer.Dispose);
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => _writer.RunAsync(unit => { _writer.DisposeAsync().AsTask().GetAwaiter().GetResult(); }));
        await _writer.ExecuteAsync("INSERT INTO item VALUES (1, NULL)");
        Assert.Equal("1", Ids);
    }

    [Fact]
    public async Task A_unit_is_good_for_its_work_alone()
    {
        SqliteWriterUnit? kept = null;
        await _writer.RunAsync(unit =>
        {
            kept = unit;
            var exception = Task.Run(() => Record.Exception(() => unit.Execute("SELECT 1"))).GetAwaiter().GetResult();
            Assert.IsType<InvalidOperationException>(exception);
        });
        Assert.Throws<InvalidOperationException>(() => kept!.Execute("SELECT 1"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _writer.RunAsync(_ => kept!.Connection));
    }

    [Fact]
    public async Task Refuses_what_cannot_be_right()
    {
        Assert.Throws<ArgumentNullException>(() => new SqliteSingleWriter((string)null!));
        Assert.Throws<ArgumentNullException>(() => new SqliteSingleWriter((ConfiguredSqliteDataSource)null!));
        Assert.Throws<ArgumentException>(() => new SqliteSingleWriter("Data Source=x;Journal Mode=WAL"));
        await Assert.ThrowsAsync<ArgumentException>("work", () => _writer.RunAsync(async _ => await Task.Yield()));
        await Assert.ThrowsAsync<ArgumentException>("work", () => _writer.RunAsync(_ => new ValueTask<int>(1)));
        await Assert.ThrowsAsync<ArgumentNullException>("work", () => _writer.RunAsync((Action<SqliteWriterUnit>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("sql", () => _writer.ExecuteAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => _writer.ExecuteAsync("INSERT INTO item VALUES (?, ?)", [1]));
        await Assert.ThrowsAsync<ArgumentException>(() => _writer.ExecuteAsync("INSERT INTO item VALUES (?, NULL)", [new Uri("http://localhost")]));
        await Assert.ThrowsAsync<ArgumentException>(() => _writer.ExecuteAsync("SELECT 1; SELECT 2"));
        await Assert.ThrowsAsync<ArgumentException>(() => _writer.ExecuteAsync(" -- nothing"));
        Assert.Throws<ArgumentOutOfRangeException>("MaxUnitsPerCommit", () => new SqliteSingleWriterOptions { MaxUnitsPerCommit = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("QueueCapacity", () => new SqliteSingleWriterOptions { QueueCapacity = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxTimePerCommit", () => new SqliteSingleWriterOptions { MaxTimePerCommit = TimeSpan.FromMilliseconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>("LockTimeout", () => new SqliteSingleWriterOptions { LockTimeout = TimeSpan.FromDays(100) });
        await _writer.ExecuteAsync("INSERT INTO item VALUES (1, NULL)");
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_fails_its_callers_until_it_can()
    {
        var folder = Path.Combine(_database.Folder, "later");
        await using var writer = new SqliteSingleWriter($"Data Source={Path.Combine(folder, "test.db")}");
        Assert.Equal(14, (await Assert.ThrowsAsync<SqliteException>(() => writer.ExecuteAsync("CREATE TABLE item (id INTEGER)"))).SqliteErrorCode);
        Directory.CreateDirectory(folder);
        await writer.ExecuteAsync("CREATE TABLE item (id INTEGER)");
    }

    [Fact]
    public async Task Uses_the_options_and_the_preparation_of_a_data_source()
    {
        await using var source = new ConfiguredSqliteDataSource(
            _database.Pooled,
            new() { Synchronous = SqliteSynchronous.Full },
            connection => connection.CreateFunction("twice", (long value) => 2 * value));
        await using (var writer = new SqliteSingleWriter(source))
        {
            Assert.Equal(42L, await writer.RunAsync(unit => unit.ExecuteScalar("SELECT twice(21)")));
            Assert.Equal(2L, await writer.RunAsync(unit => unit.ExecuteScalar("PRAGMA synchronous")));
            await writer.ExecuteAsync("INSERT INTO item VALUES (twice(1), NULL)");
        }

        Assert.Equal("2", Ids);
    }

    [Fact]
    public async Task A_schema_that_changes_under_it_does_not_matter()
    {
        for (var i = 0; i < 5; i++)
        {
            _reader.Run($"ALTER TABLE item ADD COLUMN more{i}");
            await _writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [i]);
            await _writer.ExecuteAsync($"CREATE TABLE t{i} (id INTEGER)");
        }

        Assert.Equal("0,1,2,3,4", Ids);
    }

    [Fact]
    public async Task Texts_that_never_come_again_do_not_fill_the_memory()
    {
        for (var i = 0; i < 1_000; i++)
        {
            await _writer.ExecuteAsync($"INSERT INTO item VALUES ({i}, NULL)");
        }

        Assert.Equal(1_000L, _reader.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task A_savepoint_of_one_caller_undoes_no_row_of_another()
    {
        var outcomes = await TogetherAsync("SAVEPOINT mine", "INSERT INTO item VALUES (1, 'a')", "ROLLBACK TO mine", "INSERT INTO item VALUES (2, 'b')");

        Assert.Equal("1,2", Ids);
        Assert.Equal("SQLite Error 1: 'no such savepoint: mine'.", Assert.Single(outcomes, outcome => outcome is not null)!.Message);
    }

    [Fact]
    public async Task What_no_savepoint_undoes_is_done_once_although_the_statement_after_it_fails()
    {
        var outcomes = await TogetherAsync(
            "INSERT INTO item VALUES (1, 'a')", "ATTACH ':memory:' AS more", "PRAGMA user_version = 7", "SELECT 1", "INSERT INTO item VALUES (2, 'a')", "INSERT INTO item VALUES (3, 'b')", "nonsense");

        Assert.Equal("1,3", Ids);
        Assert.Equal(7L, _reader.Scalar("PRAGMA user_version"));
        Assert.Equal([false, false, false, false, true, false, true], outcomes.Select(outcome => outcome is not null));
        Assert.Equal(1L, await _writer.RunAsync(unit => unit.ExecuteScalar("SELECT count(*) FROM pragma_database_list WHERE name = 'more'")));
    }

    [Fact]
    public async Task Nobody_waits_for_ever_where_a_unit_cannot_be_begun()
    {
        await _writer.RunAsync(unit => raw.sqlite3_set_authorizer(
            unit.Connection.Handle, static (_, action, operation, _, _, _) => action == raw.SQLITE_SAVEPOINT && operation.utf8_to_string() == "BEGIN" ? raw.SQLITE_DENY : raw.SQLITE_OK, null));

        var outcomes = await TogetherAsync("INSERT INTO item VALUES (1, 'a')", "INSERT INTO item VALUES (2, 'b')");
        Assert.All(outcomes, outcome => Assert.Equal(23, Assert.IsType<SqliteException>(outcome).SqliteErrorCode));
    }

    [Fact]
    public void A_handler_that_throws_when_the_connection_is_closed_does_not_take_the_process_along() => IsolatedScene.Play(typeof(SingleWriterTests), nameof(ThrowWhenClosed));

    private static void ThrowWhenClosed()
    {
        using var database = new TestDatabase();
        using var writer = new SqliteSingleWriter(database.Unpooled);
        writer.RunAsync(unit => unit.Connection.StateChange += static (_, _) => throw new FormatException()).Wait();
    }

    // As below, with statements.
    private async Task<Exception?[]> TogetherAsync(params string[] statements)
    {
        var goOn = new ManualResetEventSlim();
        var gate = _writer.RunAsync(_ => goOn.Wait());
        var tasks = statements.Select(sql => _writer.ExecuteAsync(sql)).ToArray();
        goOn.Set();
        await Record.ExceptionAsync(() => gate);
        var outcomes = new Exception?[tasks.Length];
        for (var i = 0; i < tasks.Length; i++)
        {
            outcomes[i] = await Record.ExceptionAsync(() => tasks[i].WaitAsync(TimeSpan.FromSeconds(20)));
        }

        return outcomes;
    }

    // The first unit holds the writer until all are there, so that they come into one transaction where the options allow it.
    private async Task<Exception?[]> Together(int count, Func<int, Action<SqliteWriterUnit>> work, Action<int>? acknowledge = null)
    {
        var goOn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = _writer.RunAsync(_ =>
        {
            begun.TrySetResult();
            goOn.Wait();
        });
        await Task.WhenAny(begun.Task, Task.Delay(50));
        var tasks = Enumerable.Range(0, count).Select(i => _writer.RunAsync(work(i))).ToArray();
        goOn.Set();
        await Record.ExceptionAsync(() => gate);
        var outcomes = new Exception?[count];
        for (var i = 0; i < count; i++)
        {
            outcomes[i] = await Record.ExceptionAsync(() => tasks[i]);
            if (outcomes[i] is null)
            {
                acknowledge?.Invoke(i);
            }
        }

        return outcomes;
    }
}
#endif
