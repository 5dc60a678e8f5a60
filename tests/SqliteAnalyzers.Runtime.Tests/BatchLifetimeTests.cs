using SQLitePCL;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>
/// The batch or its connection ends at every moment there is: in each of the places where an operation calls back, and on another thread. No such end may
/// take the process along, leave a transaction or a file open, or lose what was committed.
/// </summary>
public sealed class BatchLifetimeTests
{
    private const int Committed = 10;

    public static TheoryData<string, string> EndsInCallbacks()
    {
        var data = new TheoryData<string, string>();
        foreach (var place in Enum.GetNames<Place>())
        {
            foreach (var end in Enum.GetNames<End>())
            {
                data.Add(place, end);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EndsInCallbacks))]
    public void An_end_in_a_callback_is_survived(string place, string end) => IsolatedScene.Play(typeof(BatchLifetimeTests), nameof(EndInCallback), place, end);

    [Theory]
    [InlineData(nameof(End.DisposeBatch))]
    [InlineData(nameof(End.CloseConnection))]
    [InlineData(nameof(End.DisposeConnection))]
    public void An_end_on_another_thread_is_survived(string end) => IsolatedScene.Play(typeof(BatchLifetimeTests), nameof(EndOnAnotherThread), end);

#if !NETSTANDARD_BUILD
    // The netstandard2.0 build cannot take the place of the driver's hook.
    [Theory]
    [InlineData(nameof(End.CloseConnection))]
    [InlineData(nameof(End.DisposeConnection))]
    public void SQLite_may_roll_back_while_the_connection_is_being_closed_on_another_thread(string end) =>
        IsolatedScene.Play(typeof(BatchLifetimeTests), nameof(RollbackWhileClosing), end);
#endif

    [Theory]
    [InlineData("ROLLBACK")]
    [InlineData("INSERT OR ROLLBACK INTO item VALUES (1)")]
    public void The_driver_is_told_of_a_rollback_and_sends_nothing_into_autocommit(string sql)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1)");
        using var batch = new SqliteBatchWriter(connection);
        batch.Execute("INSERT INTO item VALUES (2)");

        Record.Exception(() => connection.Run(sql));

        Assert.Throws<InvalidOperationException>(() => connection.Run("INSERT INTO item VALUES (3)"));
        batch.Dispose();
        Assert.Equal(1L, connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void Two_threads_at_work_at_once_get_an_error_and_lose_nothing() => IsolatedScene.Play(typeof(BatchLifetimeTests), nameof(TwoThreads));

    [Fact]
    public void A_callback_may_wait_for_the_end_on_another_thread() => IsolatedScene.Play(typeof(BatchLifetimeTests), nameof(WaitForEndElsewhere));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_connection_that_is_opened_again_is_another_one(bool inTransaction)
    {
        using var database = new TestDatabase();
        using var connection = new SqliteConnection(database.Pooled);
        connection.OpenConfigured();
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        using var batch = new SqliteBatchWriter(connection);
        var insert = batch.Prepare("INSERT INTO item VALUES (?)");
        insert.Bind(1, 1).Execute();
        if (!inTransaction)
        {
            batch.Commit();
        }

        connection.Close();
        connection.Open();

        foreach (var operation in Operations(batch, insert))
        {
            Assert.Contains("closed under the batch", Assert.Throws<InvalidOperationException>(operation).Message);
        }

        Assert.Equal(inTransaction ? 0L : 1L, connection.Scalar("SELECT count(*) FROM item"));
        using var next = new SqliteBatchWriter(connection);
        next.Execute("INSERT INTO item VALUES (3)");
        batch.Dispose();
        next.Commit();
        Assert.Equal(inTransaction ? 1L : 2L, connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void A_batch_that_nobody_disposes_does_not_keep_its_closed_connection()
    {
        using var database = new TestDatabase();
        var connection = database.OpenConfigured();
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        var batch = new SqliteBatchWriter(connection);
        batch.Prepare("INSERT INTO item VALUES (?)").Bind(1, 1).Execute();
        batch.InsertMany("item", ["id"], Enumerable.Range(2, 1_000), static (row, id) => row.Bind(1, id));
        batch.Execute("DELETE FROM item WHERE id = ?", 5);
        batch.Commit();

        connection.Dispose();

        Assert.False(File.Exists(database.Path + "-wal"));
        batch.Dispose();
    }

    [Fact]
    public void Functions_collations_and_hooks_cannot_use_the_batch_that_called_them()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Run("CREATE TABLE item (id INTEGER)");
        using var batch = new SqliteBatchWriter(connection);
        SqlitePreparedStatement insert = null!;
        var refused = new List<Exception>();
        connection.CreateFunction("call_back", (long value) =>
        {
            foreach (var operation in Operations(batch, insert))
            {
                refused.Add(Assert.ThrowsAny<InvalidOperationException>(operation));
            }

            refused.Add(Assert.ThrowsAny<InvalidOperationException>(() => insert.Bind(1, new string('x', 100_000))));
            return value;
        });

        insert = batch.Prepare("INSERT INTO item VALUES (call_back(?))");
        insert.Bind(1, 7).Execute();

        Assert.Equal(Operations(batch, insert).Count() + 1, refused.Count);
        batch.Commit();
        Assert.Equal(7L, connection.Scalar("SELECT sum(id) FROM item"));
    }

    private static void EndInCallback(string placeName, string endName)
    {
        var place = Enum.Parse<Place>(placeName);
        var end = Enum.Parse<End>(endName);
        foreach (var pooled in new[] { false, true })
        {
            using var database = new TestDatabase();
            var connection = new SqliteConnection(pooled ? database.Pooled : database.Unpooled);
            connection.OpenConfigured();
            connection.Run("CREATE TABLE item (id INTEGER)");
            var batch = new SqliteBatchWriter(connection);
            for (var i = 0; i < Committed; i++)
            {
                batch.Execute("INSERT INTO item VALUES (?)", i);
            }

            batch.Commit();
            batch.Execute("INSERT INTO item VALUES (100)");
            var hasEnded = false;
            var error = Record.Exception(() => Operate(place, connection, batch, () =>
            {
                if (!hasEnded)
                {
                    hasEnded = true;
                    Carry(end, connection, batch);
                }
            }));

            Assert.True(hasEnded);
            // A command whose connection is closed in its middle is the driver's to complain of.
            var endsBatch = end is End.DisposeBatch or End.DisposeBatchElsewhere;
            Assert.True(error is InvalidOperationException && (error is ObjectDisposedException == endsBatch || place == Place.FunctionOfCommand), $"{error}");
            batch.Dispose();
            connection.Dispose();

            using var other = database.Open();
            Assert.Equal((long)Committed, other.Scalar("SELECT count(*) FROM item"));
            other.Run("INSERT INTO item VALUES (1)");
            Assert.Equal("ok", other.Scalar("PRAGMA integrity_check"));
            other.Dispose();
            Assert.True(pooled || !File.Exists(database.Path + "-wal"));
        }
    }

    private static void EndOnAnotherThread(string endName)
    {
        var end = Enum.Parse<End>(endName);
        for (var round = 0; round < 60; round++)
        {
            var database = new TestDatabase();
            var connection = new SqliteConnection(round % 2 == 0 ? database.Pooled : database.Unpooled);
            connection.OpenConfigured();
            connection.Run("CREATE TABLE item (id INTEGER, name TEXT)");
            var batch = new SqliteBatchWriter(connection, batchSize: 10);
            using var insert = batch.Prepare("INSERT INTO item VALUES (?, ?)");
            using var started = new ManualResetEventSlim();
            var carriedOut = 0L;
            Exception? error = null;
            var worker = new Thread(() => error = Record.Exception((Action)(() =>
            {
                for (var i = 0; ; i++)
                {
                    switch (round % 3)
                    {
                        case 0:
                            insert.Bind(1, i).Bind(2, "name").Execute();
                            break;
                        case 1:
                            batch.InsertMany("item", ["id", "name"], Enumerable.Range(0, 500), static (row, id) => row.Bind(1, id).Bind(2, "name"));
                            break;
                        default:
                            using (var unit = batch.BeginUnit())
                            {
                                batch.Execute("INSERT INTO item VALUES (?, 'name')", i);
                                unit.Complete();
                            }

                            break;
                    }

                    carriedOut++;
                    started.Set();
                }
            })));
            worker.Start();
            started.Wait();
            Thread.Sleep(round % 7);
            // The driver's own objects are not made for two threads: what they throw when one closes the connection is theirs, and leaves it open.
            var driversError = Record.Exception(() => Carry(end, connection, batch));
            Assert.True(end != End.DisposeBatch || driversError is null, $"{driversError}");
            if (driversError is not null)
            {
                Record.Exception(batch.Dispose);
            }

            worker.Join();
            Assert.True(error is InvalidOperationException or SqliteException or NullReferenceException or ArgumentException, $"{error}");
            Assert.True(end != End.DisposeBatch || error is ObjectDisposedException, $"{error}");
            Assert.True(end != End.DisposeBatch || Record.Exception(batch.Dispose) is null);
            var committed = batch.CommittedOperations;
            if (driversError is not null || Record.Exception(connection.Dispose) is not null)
            {
                continue;
            }

            using var other = database.Open();
            Assert.InRange((long)other.Scalar("SELECT count(*) FROM item")!, committed, committed + 10);
            if (end == End.DisposeBatch)
            {
                other.Run("INSERT INTO item VALUES (1, 'other')");
            }

            Assert.Equal("ok", other.Scalar("PRAGMA integrity_check"));
            other.Dispose();
            database.Dispose();
        }
    }

#if !NETSTANDARD_BUILD
    private static void RollbackWhileClosing(string endName)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        using var batch = new SqliteBatchWriter(connection);
        batch.Execute("INSERT INTO item VALUES (1)");
        var closing = new Thread(() => Record.Exception(() => Carry(Enum.Parse<End>(endName), connection, batch)));
        connection.CreateFunction("call_back", (long id) =>
        {
            // It gets as far as SQLite, which is busy here.
            closing.Start();
            closing.Join(500);
            return id;
        });

        Assert.NotNull(Record.Exception(() => batch.Execute("INSERT OR ROLLBACK INTO item VALUES (call_back(1))")));
        Assert.True(closing.Join(TimeSpan.FromSeconds(30)));
    }
#endif

    private static void WaitForEndElsewhere()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Run("CREATE TABLE item (id INTEGER)");
        using var batch = new SqliteBatchWriter(connection);
        connection.CreateFunction("call_back", (long id) =>
        {
            var thread = new Thread(batch.Dispose);
            thread.Start();
            thread.Join();
            return id;
        });

        Assert.Throws<ObjectDisposedException>(() => batch.Execute("INSERT INTO item VALUES (call_back(1))"));
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM item"));
        connection.Run("BEGIN; INSERT INTO item VALUES (1); COMMIT");
    }

    private static void TwoThreads()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Run("CREATE TABLE item (thread INTEGER, id INTEGER, name TEXT)");
        using var batch = new SqliteBatchWriter(connection, batchSize: 100);
        var carriedOut = new long[2];
        var threads = Enumerable.Range(0, 2).Select(number => new Thread(() =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                try
                {
                    batch.Execute("INSERT INTO item VALUES (?, ?, ?)", number, i, "name");
                    carriedOut[number]++;
                }
                catch (InvalidOperationException exception) when (exception.Message.Contains("another thread"))
                {
                    Thread.Yield();
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        batch.Commit();
        Assert.Equal(carriedOut.Sum(), batch.CommittedOperations);
        for (var number = 0; number < 2; number++)
        {
            Assert.Equal(carriedOut[number], connection.Scalar($"SELECT count(DISTINCT id) FROM item WHERE thread = {number} AND name = 'name'"));
        }
    }

    private static IEnumerable<Action> Operations(SqliteBatchWriter batch, SqlitePreparedStatement statement) =>
    [
        () => statement.Bind(1, 2).Execute(),
        () => statement.Bind(1, 2).ExecuteScalar(),
        () => statement.ParameterIndex("$id"),
        () => batch.Execute("INSERT INTO item VALUES (2)"),
        () => batch.Execute(batch.Connection.CreateCommand()),
        () => batch.Prepare("SELECT 1"),
        () => batch.InsertMany("item", ["id"], [1], static (row, id) => row.Bind(1, id)),
        () => batch.BeginUnit(),
        batch.Commit,
        batch.Rollback,
        () => batch.CommitAndCheckpoint(),
    ];

    private static void Carry(End end, SqliteConnection connection, SqliteBatchWriter batch)
    {
        switch (end)
        {
            case End.DisposeBatch:
                batch.Dispose();
                break;
            case End.DisposeBatchElsewhere:
                new Thread(batch.Dispose) { IsBackground = true }.Start();
                Thread.Sleep(50);
                break;
            case End.CloseConnection:
                connection.Close();
                break;
            default:
                connection.Dispose();
                break;
        }
    }

    private static void Operate(Place place, SqliteConnection connection, SqliteBatchWriter batch, Action callBack)
    {
        switch (place)
        {
            case Place.Source:
                batch.InsertMany("item", ["id"], Source(), static (row, id) => row.Bind(1, id));
                break;
            case Place.EndOfSource:
                batch.InsertMany("item", ["id"], EndingSource(), static (row, id) => row.Bind(1, id));
                break;
            case Place.Binder:
                batch.InsertMany("item", ["id"], Enumerable.Range(0, 1_000), (row, id) =>
                {
                    row.Bind(1, id);
                    if (id == 700)
                    {
                        callBack();
                        row.Bind(1, new string('x', 10_000));
                    }
                });
                break;
            case Place.Function:
                connection.CreateFunction("call_back", (long id) =>
                {
                    callBack();
                    return id;
                });
                batch.Prepare("INSERT INTO item VALUES (call_back(?))").Bind(1, 5).Execute();
                break;
            case Place.FunctionOfScalar:
                connection.CreateFunction("call_back", (long id) =>
                {
                    callBack();
                    return id;
                });
                batch.Prepare("INSERT INTO item VALUES (call_back(?)) RETURNING id").Bind(1, 5).ExecuteScalar();
                break;
            case Place.FunctionOfCommand:
                connection.CreateFunction("call_back", (long id) =>
                {
                    callBack();
                    return id;
                });
                using (var command = new SqliteCommand("INSERT INTO item VALUES (call_back(5))", connection))
                {
                    batch.Execute(command);
                }

                break;
            case Place.FunctionOfRows:
                connection.CreateFunction("call_back", (long id) =>
                {
                    callBack();
                    return id;
                });
                batch.Execute("CREATE TEMP TRIGGER t AFTER INSERT ON item BEGIN SELECT call_back(new.id); END");
                batch.InsertMany("item", ["id"], Enumerable.Range(0, 1_000), static (row, id) => row.Bind(1, id));
                break;
            case Place.ProgressHandler:
                raw.sqlite3_progress_handler(connection.Handle, 100, _ =>
                {
                    callBack();
                    return 0;
                }, null);
                batch.InsertMany("item", ["id"], Enumerable.Range(0, 10_000), static (row, id) => row.Bind(1, id));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(place));
        }

        IEnumerable<int> Source()
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (i == 700)
                {
                    callBack();
                }

                yield return i;
            }
        }

        IEnumerable<int> EndingSource()
        {
            try
            {
                for (var i = 0; i < 1_000; i++)
                {
                    yield return i;
                }
            }
            finally
            {
                callBack();
            }
        }
    }

    private enum Place
    {
        Source,
        EndOfSource,
        Binder,
        Function,
        FunctionOfScalar,
        FunctionOfCommand,
        FunctionOfRows,
        ProgressHandler,
    }

    private enum End
    {
        DisposeBatch,
        DisposeBatchElsewhere,
        CloseConnection,
        DisposeConnection,
    }
}
