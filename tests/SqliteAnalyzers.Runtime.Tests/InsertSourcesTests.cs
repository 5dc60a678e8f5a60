using System.Data;
#if !NETSTANDARD_BUILD
using System.Threading.Channels;
#endif

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>Rows from other sources than a list, into tables of other databases, watched and cancelled.</summary>
public sealed class InsertSourcesTests : IDisposable
{
    private static readonly string[] s_columns = ["id", "name"];

    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _other;

    public InsertSourcesTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
        _other = _database.Open();
    }

    public void Dispose()
    {
        _other.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void A_reader_gives_its_fields_to_the_columns_by_their_order()
    {
        using var table = new DataTable();
        table.Columns.Add("key", typeof(int));
        table.Columns.Add("text", typeof(string));
        for (var i = 0; i < 1_000; i++)
        {
            table.Rows.Add(i, i % 3 == 0 ? DBNull.Value : $"name {i}");
        }

        using var batch = new SqliteBatchWriter(_connection, batchSize: 300);
        using var reader = table.CreateDataReader();
        Assert.Equal(1_000, batch.InsertFrom("item", s_columns, reader));
        batch.Commit();

        Assert.Equal(1_000L, _other.Scalar("SELECT count(*) FROM item WHERE name IS iif(id % 3 = 0, NULL, 'name ' || id)"));
        Assert.False(reader.IsClosed);
    }

    [Fact]
    public void A_reader_of_the_drivers_own_works_too()
    {
        using var batch = new SqliteBatchWriter(_connection);
        batch.InsertMany("item", s_columns, Enumerable.Range(0, 500), static (row, i) => row.Bind(1, i).Bind(2, $"name {i}"));
        batch.Commit();
        _connection.Run("CREATE TABLE copy (id INTEGER PRIMARY KEY, name TEXT)");
        using var command = new SqliteCommand("SELECT id, name FROM item", _other);
        using var reader = command.ExecuteReader();

        Assert.Equal(500, batch.InsertFrom("copy", s_columns, reader));
        batch.Commit();

        Assert.Equal(0L, _connection.Scalar("SELECT count(*) FROM (SELECT * FROM item EXCEPT SELECT * FROM copy)"));
    }

    [Fact]
    public void A_row_that_another_batch_refuses_its_source_takes_none_of_the_rows_before_along()
    {
        using var source = new SqliteConnection("Data Source=:memory:");
        source.Open();
        source.Run("CREATE TABLE seen (id INTEGER PRIMARY KEY)");
        using var elsewhere = new SqliteBatchWriter(source);
        using var batch = new SqliteBatchWriter(_connection);
        var failure = Assert.Throws<SqliteRowException>(() => batch.InsertMany("item", s_columns, Rows(), static (row, i) => row.Bind(1, i).Bind(2, "name")));
        batch.Commit();

        Assert.Contains("'seen'", failure.Message);
        Assert.Equal(450L, _other.Scalar("SELECT count(*) FROM item"));

        IEnumerable<int> Rows()
        {
            for (var i = 0; i < 500; i++)
            {
                elsewhere.InsertMany("seen", ["id"], [i == 450 ? 0 : i], static (row, i) => row.Bind(1, i));
                yield return i;
            }
        }
    }

    [Fact]
    public void A_source_that_ends_the_batch_on_its_way_out_keeps_its_own_error()
    {
        foreach (var end in new Action<SqliteBatchWriter>[] { static batch => batch.Dispose(), static batch => batch.Rollback(), static batch => batch.Connection.Close() })
        {
            using var batch = new SqliteBatchWriter(_connection);
            Assert.Throws<FormatException>(() => batch.InsertMany("item", s_columns, Rows(() => end(batch)), static (row, i) => row.Bind(1, i).Bind(2, "name")));
            Assert.Equal(0L, _other.Scalar("SELECT count(*) FROM item"));
        }

        static IEnumerable<int> Rows(Action end)
        {
            try
            {
                for (var i = 0; i < 50; i++)
                {
                    yield return i;
                }

                throw new FormatException();
            }
            finally
            {
                end();
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_refused_row_has_the_number_with_which_it_came_whatever_its_source_has_undone(bool hasTrigger)
    {
        if (hasTrigger)
        {
            _connection.Run("CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; END");
        }

        using var batch = new SqliteBatchWriter(_connection);
        Assert.Equal(200, Assert.Throws<SqliteRowException>(() => batch.InsertMany("item", s_columns, Rows(), static (row, i) => row.Bind(1, i).Bind(2, "name"))).RowIndex);
        Assert.Equal(50, batch.PendingOperations);

        IEnumerable<int> Rows()
        {
            for (var i = 0; i < 100; i++)
            {
                yield return i;
            }

            batch.Rollback();
            using (batch.BeginUnit())
            {
                for (var i = 100; i < 150; i++)
                {
                    yield return i;
                }
            }

            for (var i = 150; i < 201; i++)
            {
                yield return i == 200 ? 199 : i;
            }
        }
    }

    [Fact]
    public void A_refused_row_ends_its_bulk_insert_though_the_source_was_told_first_and_goes_on()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Equal(50, Assert.Throws<SqliteRowException>(() => batch.InsertMany("item", s_columns, Rows(99), static (row, i) => row.Bind(1, i == 50 ? 0 : i).Bind(2, "name"))).RowIndex);
        Assert.Equal(50, batch.PendingOperations);
        batch.Rollback();
        Assert.Equal(50, Assert.Throws<SqliteRowException>(() => batch.InsertMany("item", s_columns, Rows(60), static (row, i) => row.Bind(1, i == 50 ? 0 : i).Bind(2, "name"))).RowIndex);
        batch.Commit();
        Assert.Equal(50L, _other.Scalar("SELECT count(*) FROM item"));

        IEnumerable<int> Rows(int last)
        {
            for (var i = 0; i <= last; i++)
            {
                yield return i;
                if (i == 60)
                {
                    Assert.Throws<SqliteRowException>(batch.Commit);
                }
            }
        }
    }

    [Fact]
    public void A_reader_that_does_not_fit_is_refused()
    {
        using var batch = new SqliteBatchWriter(_connection);
        using var table = new DataTable();
        table.Columns.Add("key", typeof(int));
        table.Columns.Add("odd", typeof(Uri));
        table.Rows.Add(1, null);
        table.Rows.Add(2, new Uri("http://localhost"));
        using var reader = table.CreateDataReader();
        Assert.Throws<ArgumentException>("columns", () => batch.InsertFrom("item", ["id"], reader));
        Assert.Throws<ArgumentNullException>("reader", () => batch.InsertFrom("item", s_columns, null!));
        Assert.Throws<ArgumentNullException>("columns", () => batch.InsertFrom("item", null!, reader));
        Assert.Throws<ArgumentException>("value", () => batch.InsertFrom("item", s_columns, reader));
        Assert.Equal(1, batch.PendingOperations);
        reader.Close();
        Assert.Throws<InvalidOperationException>(() => batch.InsertFrom("item", s_columns, reader));
    }

    [Fact]
    public void A_table_is_found_in_the_database_that_is_named()
    {
        _connection.Run("""
            CREATE TEMP TABLE item (id INTEGER PRIMARY KEY, name TEXT);
            ATTACH ':memory:' AS "other ""one"; CREATE TABLE "other ""one".item (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE "other ""one".log (n INTEGER);
            CREATE TRIGGER "other ""one".t AFTER INSERT ON item BEGIN INSERT INTO log SELECT count(*) FROM item; END
            """);
        using var batch = new SqliteBatchWriter(_connection);
        Insert("main", 100);
        Insert("temp", 200);
        Insert("other \"one", 300);
        Insert(null, 400);
        batch.Commit();

        Assert.Equal("100 600 300 300", _connection.Scalar("""
            SELECT (SELECT count(*) FROM main.item) || ' ' || (SELECT count(*) FROM temp.item) || ' ' || (SELECT count(*) FROM "other ""one".item) || ' '
                || (SELECT count(DISTINCT n) FROM "other ""one".log)
            """));
        Assert.Throws<ArgumentException>("databaseName", () => Insert("", 1));
        Assert.Throws<SqliteException>(() => Insert("nowhere", 1));

        void Insert(string? database, int rows) => batch.InsertMany(
            "item",
            s_columns,
            Enumerable.Range(database is null ? 1_000 : 0, rows),
            static (row, i) => row.Bind(1, i).Bind(2, "name"),
            databaseName: database);
    }

    [Fact]
    public void Who_watches_hears_of_the_rows_now_and_then_and_at_the_end()
    {
        _connection.Run("CREATE TABLE plain (id INTEGER PRIMARY KEY, name TEXT)");
        _connection.Run("CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; END");
        using var batch = new SqliteBatchWriter(_connection);
        foreach (var table in new[] { "plain", "item" })
        {
            var heard = new Heard();
            batch.InsertMany(table, s_columns, Enumerable.Range(0, 10_000), static (row, i) => row.Bind(1, i).Bind(2, "name"), progress: heard);
            Assert.InRange(heard.Counts.Count, 20, 60);
            Assert.Equal(heard.Counts.Order(), heard.Counts);
            Assert.Equal(10_000, heard.Counts[^1]);
        }
    }
#if !NETSTANDARD_BUILD

    [Fact]
    public async Task Rows_that_come_one_after_another_are_inserted_on_whatever_thread()
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize: 300);
        var count = await batch.InsertManyAsync("item", s_columns, Rows(), static (row, i) => row.Bind(1, i).Bind(2, "name"), cancellationToken: TestContext.Current.CancellationToken);
        batch.Commit();

        Assert.Equal(1_000, count);
        Assert.Equal(1_010L, _other.Scalar("SELECT count(*) FROM item"));

        async IAsyncEnumerable<int> Rows()
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (i % 100 == 0)
                {
                    await Task.Delay(1);
                    batch.Execute("INSERT INTO item (id) VALUES (?)", 10_000 + i);
                }

                yield return i;
            }
        }
    }

    [Fact]
    public async Task Bulk_inserts_that_take_turns_lose_no_rows_of_each_other()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var options = new UnboundedChannelOptions { AllowSynchronousContinuations = true };
        var sources = Enumerable.Range(0, 3).Select(_ => Channel.CreateUnbounded<int>(options)).ToArray();
        var inserts = sources.Select(source => batch.InsertManyAsync(
            "item", s_columns, source.Reader.ReadAllAsync(), static (row, i) => row.Bind(1, i).Bind(2, "name"), cancellationToken: TestContext.Current.CancellationToken)).ToArray();
        for (var turn = 0; turn < 30; turn++)
        {
            for (var source = turn / 10; source < 3; source++)
            {
                for (var i = 0; i < 7; i++)
                {
                    Assert.True(sources[source].Writer.TryWrite((source * 1_000) + (turn * 7) + i));
                }
            }

            if (turn % 10 == 9)
            {
                sources[turn / 10].Writer.Complete();
                Assert.Equal((turn + 1) * 7, await inserts[turn / 10]);
            }
            else if (turn % 10 == 4)
            {
                batch.Commit();
                Assert.Equal((long)sources.Select((_, source) => Math.Min(turn + 1, (source + 1) * 10) * 7).Sum(), _other.Scalar("SELECT count(*) FROM item"));
            }
        }

        batch.Commit();
        Assert.Equal(420L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task A_row_that_is_refused_when_another_bulk_insert_has_its_turn_is_told_to_its_own()
    {
        _connection.Run("CREATE TABLE other (id INTEGER PRIMARY KEY, name TEXT)");
        using var batch = new SqliteBatchWriter(_connection);
        var options = new UnboundedChannelOptions { AllowSynchronousContinuations = true };
        var (refused, taken, late) = (Channel.CreateUnbounded<int>(options), Channel.CreateUnbounded<int>(options), Channel.CreateUnbounded<int>(options));
        var first = Insert("item", refused);
        var second = Insert("other", taken);
        Send(refused, 0, 40);
        Send(refused, 0, 10);
        Send(taken, 0, 20);
        var third = Insert("other", late);
        Send(refused, 40, 30);
        Send(late, 20, 20);
        foreach (var source in new[] { refused, taken, late })
        {
            source.Writer.Complete();
        }

        Assert.Equal(40, (await Assert.ThrowsAsync<SqliteRowException>(() => first)).RowIndex);
        Assert.Equal(20, await second);
        Assert.Equal(20, await third);
        batch.Commit();
        Assert.Equal("40 40", _other.Scalar("SELECT (SELECT count(*) FROM item) || ' ' || (SELECT count(*) FROM other)"));

        Task<long> Insert(string table, Channel<int> source) => batch.InsertManyAsync(
            table, s_columns, source.Reader.ReadAllAsync(), static (row, i) => row.Bind(1, i).Bind(2, "name"), cancellationToken: TestContext.Current.CancellationToken);

        static void Send(Channel<int> source, int first, int count)
        {
            foreach (var i in Enumerable.Range(first, count))
            {
                Assert.True(source.Writer.TryWrite(i));
            }
        }
    }

    [Fact]
    public async Task What_had_come_before_the_cancellation_is_there()
    {
        using var batch = new SqliteBatchWriter(_connection);
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            batch.InsertManyAsync("item", s_columns, Rows(), static (row, i) => row.Bind(1, i).Bind(2, "name"), cancellationToken: cancellation.Token));
        Assert.Equal(700, batch.PendingOperations);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            batch.InsertManyAsync("item", s_columns, Rows(), static (row, i) => row.Bind(1, i).Bind(2, "name"), cancellationToken: cancellation.Token));
        batch.Commit();
        Assert.Equal(700L, _other.Scalar("SELECT count(*) FROM item"));

        async IAsyncEnumerable<int> Rows()
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (i == 700)
                {
                    cancellation.Cancel();
                }

                await Task.Yield();
                yield return i;
            }
        }
    }

    [Fact]
    public async Task A_source_that_fails_or_ends_the_batch_is_no_other_than_one_that_waits_for_nothing()
    {
        var batch = new SqliteBatchWriter(_connection);
        await Assert.ThrowsAsync<FormatException>(() => Insert(Rows(static () => throw new FormatException())));
        Assert.Equal(500, batch.PendingOperations);
        batch.Rollback();
        Assert.Equal(499, (await Assert.ThrowsAsync<SqliteRowException>(() => Insert(Rows(static () => { }), lastId: 5))).RowIndex);
        batch.Rollback();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Insert(Rows(batch.Dispose)));
        Assert.Equal(0L, _other.Scalar("SELECT count(*) FROM item"));
        await Assert.ThrowsAsync<ArgumentNullException>("rows", () => Insert(null!));

        Task<long> Insert(IAsyncEnumerable<int> rows, int lastId = 499) => batch.InsertManyAsync(
            "item",
            s_columns,
            rows,
            (row, i) => row.Bind(1, i == 499 ? lastId : i).Bind(2, "name"),
            cancellationToken: TestContext.Current.CancellationToken);

        static async IAsyncEnumerable<int> Rows(Action atTheEnd)
        {
            for (var i = 0; i < 500; i++)
            {
                yield return i;
            }

            await Task.Yield();
            atTheEnd();
        }
    }
#endif

    private sealed class Heard : IProgress<long>
    {
        public List<long> Counts { get; } = [];

        public void Report(long value) => Counts.Add(value);
    }
}
