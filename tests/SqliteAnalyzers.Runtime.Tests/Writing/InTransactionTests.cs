using System.Diagnostics;

namespace SqliteAnalyzers.Runtime.Tests;

public sealed class InTransactionTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _other;

    public InTransactionTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, value INTEGER)");
        _other = _database.Open();
    }

    private object? Ids => _other.Scalar("SELECT group_concat(id) FROM item");

    public void Dispose()
    {
        _other.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task Commits_when_the_work_returns_and_gives_back_what_it_found()
    {
        var id = _connection.InTransaction(transaction =>
        {
            Assert.Same(_connection, transaction.Connection);
            _connection.Run("INSERT INTO item VALUES (1, 0)");
            Assert.Null(Ids as string);
            return 1;
        });
        Assert.Equal(1, id);
        _connection.InTransaction(_ => _connection.Run("INSERT INTO item VALUES (2, 0)"));
        Assert.Equal("three", await _connection.InTransactionAsync(async (_, _) =>
        {
            await Task.Yield();
            _connection.Run("INSERT INTO item VALUES (3, 0)");
            return "three";
        }));
        await _connection.InTransactionAsync(async (_, _) =>
        {
            await Task.Yield();
            _connection.Run("INSERT INTO item VALUES (4, 0)");
        });
        Assert.Equal("1,2,3,4", Ids);
        Assert.Equal(30_000L, _connection.Scalar("PRAGMA busy_timeout"));
        Assert.Equal(30, _connection.DefaultTimeout);
    }

    [Fact]
    public async Task Work_that_gives_back_no_task_is_told_so_and_rolled_back()
    {
        Task NoTask(SqliteTransaction transaction, CancellationToken cancellationToken)
        {
            _connection.Run("INSERT INTO item DEFAULT VALUES");
            return null!;
        }

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _connection.InTransactionAsync(NoTask));
        Assert.Contains("null in place of a task", exception.Message);
        exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _connection.InTransactionAsync<int>((_, _) => null!));
        Assert.Contains("null in place of a task", exception.Message);
        Assert.Equal(0L, _connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task Rolls_back_when_the_work_throws_and_throws_the_same()
    {
        var thrown = new FormatException();
        Assert.Same(thrown, Assert.Throws<FormatException>(() => _connection.InTransaction(_ =>
        {
            _connection.Run("INSERT INTO item VALUES (1, 0)");
            throw thrown;
        })));
        Assert.Same(thrown, await Assert.ThrowsAsync<FormatException>(() => _connection.InTransactionAsync(async (_, _) =>
        {
            _connection.Run("INSERT INTO item VALUES (1, 0)");
            await Task.Yield();
            throw thrown;
        })));
        Assert.Equal(19, Assert.Throws<SqliteException>(() => _connection.InTransaction(_ => _connection.Run("INSERT INTO item VALUES (1, 0), (1, 0)"))).SqliteErrorCode);
        Assert.Null(Ids as string);
        _connection.InTransaction(_ => _connection.Run("INSERT INTO item VALUES (2, 0)"));
        Assert.Equal("2", Ids);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waits_for_the_write_lock_and_then_reads_what_its_holder_wrote(bool asynchronously)
    {
        _other.Run("BEGIN IMMEDIATE; INSERT INTO item VALUES (1, 0)");
        using var end = new Later(300, () => _other.Run("COMMIT"));

        var found = asynchronously
            ? await _connection.InTransactionAsync((_, _) => Task.FromResult(_connection.Scalar("SELECT count(*) FROM item")))
            : _connection.InTransaction(_ => _connection.Scalar("SELECT count(*) FROM item"));

        Assert.Equal(1L, found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gives_up_when_the_time_is_over_and_says_so(bool asynchronously)
    {
        _other.Run("BEGIN IMMEDIATE");
        var watch = Stopwatch.StartNew();

        var exception = await Assert.ThrowsAsync<SqliteException>(async () =>
        {
            if (asynchronously)
            {
                await _connection.InTransactionAsync((_, _) => Task.CompletedTask, TimeSpan.FromMilliseconds(200));
            }
            else
            {
                _connection.InTransaction(_ => 0, TimeSpan.FromMilliseconds(200));
            }
        });

        Assert.InRange(watch.ElapsedMilliseconds, 200, 5_000);
        Assert.Equal(5, exception.SqliteErrorCode);
        Assert.Contains("nothing of it is stored", exception.Message);
        _other.Run("COMMIT");
        Assert.Equal(30_000L, _connection.Scalar("PRAGMA busy_timeout"));
        Assert.Equal(30, _connection.DefaultTimeout);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(5 | (2 << 8))]
    public async Task Repeats_the_whole_work_when_others_were_in_its_way(int extendedCode)
    {
        var attempts = 0;
        _connection.InTransaction(_ => Work());
        Assert.Equal(3, attempts);
        attempts = 0;
        await _connection.InTransactionAsync((_, _) =>
        {
            Work();
            return Task.CompletedTask;
        });

        Assert.Equal(3, attempts);
        Assert.Equal("1,2", Ids);

        void Work()
        {
            _connection.Run("INSERT INTO item VALUES ((SELECT count(*) FROM item) + 1, 0)");
            if (++attempts < 3)
            {
                throw new SqliteException("busy", 5, extendedCode);
            }
        }
    }

    [Fact]
    public void Repeated_work_that_is_never_let_through_ends_with_what_was_in_the_way()
    {
        var attempts = 0;
        var exception = Assert.Throws<SqliteException>(() => _connection.InTransaction(
            _ =>
            {
                attempts++;
                _connection.Run("INSERT INTO item VALUES (1, 0)");
                throw new SqliteException("in the way", 5, 517);
            },
            TimeSpan.FromMilliseconds(50)));
        Assert.Contains("in the way", exception.Message);
        Assert.Contains($"{attempts} attempts", exception.Message);
        Assert.Equal(517, exception.SqliteExtendedErrorCode);
        Assert.Null(Ids as string);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waits_for_readers_where_there_is_no_wal(bool asynchronously)
    {
        _other.Dispose();
        _connection.Run("PRAGMA journal_mode=DELETE");
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT count(*) FROM item");
        using var end = new Later(200, () => reader.Run("COMMIT"));
        var attempts = 0;
        if (asynchronously)
        {
            await _connection.InTransactionAsync((_, _) =>
            {
                Work();
                return Task.CompletedTask;
            });
        }
        else
        {
            _connection.InTransaction(_ => Work());
        }

        Assert.Equal(1, attempts);
        Assert.Equal(1L, reader.Scalar("SELECT count(*) FROM item"));

        void Work()
        {
            attempts++;
            _connection.Run("INSERT INTO item VALUES (1, 0)");
        }
    }

    public static TheoryData<string> Ends => ["COMMIT", "ROLLBACK", "driver commit", "driver rollback", "close", "close and open", "INSERT OR ROLLBACK INTO item VALUES (1, 0)"];

    [Theory]
    [MemberData(nameof(Ends))]
    public void Work_that_ends_the_transaction_is_told_so_and_is_not_repeated(string how)
    {
        _connection.Run("INSERT INTO item VALUES (1, 0)");
        foreach (var busy in (bool[])[false, true])
        {
            var attempts = 0;
            using var pooled = new SqliteConnection(_database.Pooled);
            pooled.OpenConfigured();

            var exception = Record.Exception(() => pooled.InTransaction(transaction =>
            {
                attempts++;
                pooled.Run($"INSERT INTO item VALUES ({(busy ? 11 : 10)}, 0)");
                End(pooled, transaction, how);
                if (busy)
                {
                    throw new SqliteException("busy", 5, 5);
                }
            }));

            Assert.True(busy ? exception is SqliteException : exception is InvalidOperationException, exception?.ToString());
            Assert.Equal(1, attempts);
            if (pooled.State == System.Data.ConnectionState.Open)
            {
                pooled.InTransaction(_ => pooled.Run("UPDATE item SET value = value + 1 WHERE id = 1"));
            }
        }

        Assert.Equal(how.EndsWith("COMMIT") || how == "driver commit" ? "1,10,11" : "1", Ids);

        static void End(SqliteConnection connection, SqliteTransaction transaction, string how)
        {
            switch (how)
            {
                case "driver commit":
                    transaction.Commit();
                    break;
                case "driver rollback":
                    transaction.Rollback();
                    break;
                case "close":
                    connection.Close();
                    break;
                case "close and open":
                    connection.Close();
                    connection.Open();
                    break;
                default:
                    Record.Exception(() => connection.Run(how));
                    break;
            }
        }
    }

    [Fact]
    public async Task An_asynchronous_wait_holds_no_thread()
    {
        ThreadPool.GetMinThreads(out var minThreads, out _);
        var waiters = (10 * minThreads) + 50;
        _other.Run("BEGIN IMMEDIATE");
        var connections = Enumerable.Range(0, waiters).Select(_ => _database.Open()).ToArray();
        var tasks = connections.Select((connection, i) => Task.Run(() => connection.InTransactionAsync((_, _) =>
        {
            connection.Run($"INSERT INTO item VALUES ({i}, 0)");
            return Task.CompletedTask;
        }))).ToArray();
        await Task.Delay(300);

        var watch = Stopwatch.StartNew();
        await Task.Run(() => { });
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2_000);
        Assert.All(tasks, task => Assert.False(task.IsCompleted));

        _other.Run("COMMIT");
        await Task.WhenAll(tasks);
        Assert.Equal((long)waiters, _other.Scalar("SELECT count(*) FROM item"));
        Array.ForEach(connections, connection => connection.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_is_passed_over(bool asynchronously)
    {
        const int Writers = 12;
        var counts = new int[Writers];
        using var stop = new CancellationTokenSource();
        using var together = new Barrier(Writers);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(() => Write(writer).GetAwaiter().GetResult(), TaskCreationOptions.LongRunning)));

        Assert.All(counts, count => Assert.InRange(count, 250, 1_000));
        Assert.Equal((long)counts.Sum(), _other.Scalar("SELECT count(*) FROM item"));

        async Task Write(int writer)
        {
            using var connection = _database.Open();
            connection.Configure();
            together.SignalAndWait();
            while (!stop.IsCancellationRequested)
            {
                if (asynchronously)
                {
                    await connection.InTransactionAsync((_, _) =>
                    {
                        connection.Run("INSERT INTO item (value) VALUES (0)");
                        return Task.CompletedTask;
                    });
                }
                else
                {
                    connection.InTransaction(_ => connection.Run("INSERT INTO item (value) VALUES (0)"));
                }

                if (Interlocked.Increment(ref counts[writer]) == 500)
                {
                    await stop.CancelAsync();
                }
            }
        }
    }

    [Fact]
    public async Task A_turn_that_does_not_come_in_time_is_told_as_a_lock()
    {
        using var connection = _database.Open();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _connection.InTransactionAsync((_, _) => goOn.Task);
        var exception = await Assert.ThrowsAsync<SqliteException>(() => connection.InTransactionAsync((_, _) => Task.CompletedTask, TimeSpan.FromMilliseconds(100)));
        Assert.Equal(5, exception.SqliteErrorCode);
        Assert.Throws<SqliteException>(() => connection.InTransaction(_ => 0, TimeSpan.Zero));
        using var cancellation = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.InTransactionAsync((_, _) => Task.CompletedTask, cancellationToken: cancellation.Token));
        goOn.SetResult();
        await first;
        connection.InTransaction(_ => connection.Run("INSERT INTO item VALUES (1, 0)"));
    }

    [Fact]
    public void Counters_that_many_raise_miss_nothing()
    {
        _connection.Run("INSERT INTO item VALUES (1, 0)");
        Enumerable.Range(0, 6).AsParallel().WithDegreeOfParallelism(6).ForAll(_ =>
        {
            using var connection = _database.Open();
            for (var i = 0; i < 50; i++)
            {
                connection.InTransaction(_ =>
                {
                    var value = (long)connection.Scalar("SELECT value FROM item WHERE id = 1")!;
                    connection.Run($"UPDATE item SET value = {value + 1} WHERE id = 1");
                });
            }
        });
        Assert.Equal(300L, _other.Scalar("SELECT value FROM item WHERE id = 1"));
    }

    [Fact]
    public async Task Can_be_cancelled_while_it_waits()
    {
        _other.Run("BEGIN IMMEDIATE");
        using var cancellation = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _connection.InTransactionAsync((_, _) => throw new InvalidOperationException("not to be done"), cancellationToken: cancellation.Token));
        _other.Run("COMMIT");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _connection.InTransactionAsync(
            (_, token) =>
            {
                _connection.Run("INSERT INTO item VALUES (1, 0)");
                token.ThrowIfCancellationRequested();
                return Task.CompletedTask;
            },
            cancellationToken: cancellation.Token));
        Assert.Null(Ids as string);
    }

    [Fact]
    public async Task Refuses_what_cannot_be_right()
    {
        Assert.Throws<ArgumentNullException>("work", () => _connection.InTransaction((Action<SqliteTransaction>)null!));
        Assert.Throws<ArgumentNullException>("work", () => _connection.InTransaction((Func<SqliteTransaction, int>)null!));
        Assert.Throws<ArgumentNullException>("connection", () => ((SqliteConnection)null!).InTransaction(_ => 0));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => _connection.InTransaction(_ => 0, TimeSpan.FromMilliseconds(-1)));
        await Assert.ThrowsAsync<ArgumentException>("work", async () => await _connection.InTransaction(async _ => await Task.Yield()));
        Assert.Throws<ArgumentException>("work", () => _connection.InTransaction(_ => new ValueTask<int>(1)));
        _connection.Run("BEGIN");
        Assert.Throws<InvalidOperationException>(() => _connection.InTransaction(_ => 0));
        using var closed = new SqliteConnection(_database.Unpooled);
        Assert.Throws<InvalidOperationException>(() => closed.InTransaction(_ => 0));
        await Assert.ThrowsAsync<InvalidOperationException>(() => closed.InTransactionAsync((_, _) => Task.CompletedTask));
    }
}
