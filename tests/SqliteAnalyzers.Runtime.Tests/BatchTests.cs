namespace SqliteAnalyzers.Runtime.Tests;

public sealed class BatchTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _other;

    public BatchTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TABLE line (item INTEGER, number INTEGER)");
        _other = _database.Open();
    }

    private long VisibleRows => (long)_other.Scalar("SELECT count(*) FROM item")!;

    private long OwnRows => (long)_connection.Scalar("SELECT count(*) FROM item")!;

    public void Dispose()
    {
        _other.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Commits_after_every_n_operations()
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize: 10);
        var insert = batch.Prepare("INSERT INTO item (name) VALUES (?)");
        var visible = new List<long>();
        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(1, insert.Bind(1, "a").Execute());
            visible.Add(VisibleRows);
        }

        Assert.Equal([.. Enumerable.Repeat(0L, 9), .. Enumerable.Repeat(10L, 10), .. Enumerable.Repeat(20L, 6)], visible);
        Assert.Equal(20, batch.CommittedOperations);
        Assert.Equal(5, batch.PendingOperations);
        batch.Commit();
        Assert.Equal(25, VisibleRows);
        Assert.Equal(0, batch.PendingOperations);
    }

    [Fact]
    public void Dispose_without_commit_rolls_back_what_is_not_committed()
    {
        using (var batch = new SqliteBatchWriter(_connection, batchSize: 10))
        {
            for (var i = 0; i < 15; i++)
            {
                batch.Execute("INSERT INTO item (name) VALUES ('a')");
            }
        }

        Assert.Equal(10, OwnRows);
        _connection.Configure();
    }

    [Fact]
    public void Rollback_undoes_and_the_batch_goes_on()
    {
        using var batch = new SqliteBatchWriter(_connection);
        batch.Execute("INSERT INTO item (name) VALUES ('a')");
        batch.Rollback();
        Assert.Equal(0, OwnRows);
        batch.Execute("INSERT INTO item (name) VALUES ('b')");
        batch.Commit();
        Assert.Equal("b", _other.Scalar("SELECT group_concat(name) FROM item"));
    }

    [Fact]
    public void Holds_no_lock_before_the_first_operation_and_after_a_commit()
    {
        using var batch = new SqliteBatchWriter(_connection);
        _other.Run("INSERT INTO item (name) VALUES ('other')");
        batch.Execute("INSERT INTO item (name) VALUES ('a')");
        batch.Commit();
        _other.Run("INSERT INTO item (name) VALUES ('other')");
        batch.Commit();
        Assert.Equal(3, VisibleRows);
    }

    [Fact]
    public void CommitAndCheckpoint_puts_everything_into_the_database_file()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var insert = batch.Prepare("INSERT INTO item (name) VALUES (?) RETURNING id");
        insert.Bind(1, "a").Execute();
        Assert.True(batch.CommitAndCheckpoint(SqliteCheckpointMode.Truncate).IsComplete);
        Assert.Equal(0, new FileInfo(_database.Path + "-wal").Length);
    }

    [Fact]
    public void CommitAndCheckpoint_takes_attached_databases_along()
    {
        var attached = Path.Combine(_database.Folder, "attached.db");
        _connection.Run($"ATTACH '{attached}' AS other; PRAGMA other.journal_mode=WAL; CREATE TABLE other.item (id INTEGER); ATTACH ':memory:' AS memory");
        using var batch = new SqliteBatchWriter(_connection);
        batch.Prepare("INSERT INTO other.item VALUES (?)").Bind(1, 1).Execute();

        Assert.True(batch.CommitAndCheckpoint(SqliteCheckpointMode.Truncate).IsComplete);

        Assert.Equal(0, new FileInfo(attached + "-wal").Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100_001)]
    [InlineData(int.MinValue)]
    public void Refuses_a_batch_size_out_of_range(int batchSize)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => new SqliteBatchWriter(_connection, batchSize));
        Assert.Equal(batchSize, exception.ActualValue);
        Assert.Contains("100,000", exception.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Takes_the_smallest_and_the_largest_batch_size(int batchSize)
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize);
        batch.Execute("INSERT INTO item (name) VALUES ('a')");
        batch.Execute("INSERT INTO item (name) VALUES ('b')");
        Assert.Equal(batchSize, batch.BatchSize);
        Assert.Equal(batchSize == 1 ? 2 : 0, VisibleRows);
    }

    [Fact]
    public void Refuses_a_connection_that_is_closed_or_in_a_transaction()
    {
        using var closed = new SqliteConnection(_database.Unpooled);
        Assert.Throws<InvalidOperationException>(() => new SqliteBatchWriter(closed));
        Assert.Throws<ArgumentNullException>(() => new SqliteBatchWriter(null!));
        _connection.Run("BEGIN");
        Assert.Contains("transaction is open", Assert.Throws<InvalidOperationException>(() => new SqliteBatchWriter(_connection)).Message);
    }

    [Fact]
    public void A_busy_database_is_reported_with_who_is_in_the_way_and_the_operation_can_be_repeated()
    {
        using var connection = new SqliteConnection(_database.Unpooled + ";Default Timeout=1");
        connection.Open();
        using var batch = new SqliteBatchWriter(connection);
        _other.Run("BEGIN IMMEDIATE");

        var exception = Assert.Throws<SqliteException>(() => batch.Execute("INSERT INTO item (name) VALUES ('a')"));

        Assert.Equal(5, exception.SqliteErrorCode);
        Assert.Contains("held the write lock", exception.Message);
        _other.Run("COMMIT");
        batch.Execute("INSERT INTO item (name) VALUES ('a')");
        batch.Commit();
        Assert.Equal(1, VisibleRows);
    }

    [Fact]
    public void A_failed_operation_changes_nothing_and_the_batch_goes_on()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var insert = batch.Prepare("INSERT INTO item (id, name) VALUES (?, ?)");
        insert.Bind(1, 1).Bind(2, "a").Execute();

        var exception = Assert.Throws<SqliteException>(() => insert.Bind(1, 1).Bind(2, "again").Execute());
        Assert.Equal(19, exception.SqliteErrorCode);
        Assert.Equal(1555, exception.SqliteExtendedErrorCode);
        Assert.Contains("item.id", exception.Message);
        Assert.Throws<SqliteException>(() => batch.Execute("INSERT INTO item (id, name) VALUES (5, 'x'), (6, NULL)"));

        insert.Bind(1, 2).Bind(2, "b").Execute();
        Assert.Equal(2, batch.PendingOperations);
        batch.Commit();
        Assert.Equal("1a,2b", _other.Scalar("SELECT group_concat(id || name) FROM item"));
    }

    [Fact]
    public void An_error_that_rolls_everything_back_says_so_and_stops_the_batch_until_rollback()
    {
        using var batch = new SqliteBatchWriter(_connection);
        batch.Execute("INSERT INTO item (id, name) VALUES (1, 'a')");
        batch.Execute("INSERT INTO item (id, name) VALUES (2, 'b')");

        var exception = Assert.Throws<SqliteException>(() => batch.Execute("INSERT OR ROLLBACK INTO item (id, name) VALUES (1, 'c')"));

        Assert.Contains("the 2 operations since the last commit are gone", exception.Message);
        Assert.Throws<InvalidOperationException>(() => batch.Execute("INSERT INTO item (name) VALUES ('d')"));
        Assert.Throws<InvalidOperationException>(batch.Commit);
        batch.Rollback();
        batch.Execute("INSERT INTO item (id, name) VALUES (7, 'e')");
        batch.Commit();
        Assert.Equal("7e", _other.Scalar("SELECT group_concat(id || name) FROM item"));
    }

    [Fact]
    public void A_commit_that_fails_leaves_the_batch_open_for_another_try()
    {
        _connection.Run("CREATE TABLE child (parent INTEGER REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)");
        using var batch = new SqliteBatchWriter(_connection, batchSize: 2);
        batch.Execute("INSERT INTO child VALUES (42)");

        var exception = Assert.Throws<SqliteException>(() => batch.Execute("INSERT INTO item (id, name) VALUES (1, 'a')"));
        Assert.Contains("carried out, but the batch of 2 operations could not be committed", exception.Message);
        Assert.Throws<SqliteException>(batch.Commit);

        batch.Execute("INSERT INTO item (id, name) VALUES (42, 'parent')");
        Assert.Equal(3, batch.CommittedOperations);
        Assert.Equal(2, VisibleRows);
    }

    [Fact]
    public void Closing_the_connection_first_rolls_back_and_gives_a_clean_connection_to_the_pool()
    {
        using var connection = new SqliteConnection(_database.Pooled);
        connection.OpenConfigured();
        var batch = new SqliteBatchWriter(connection);
        var insert = batch.Prepare("INSERT INTO item (name) VALUES (?)");
        insert.Bind(1, "a").Execute();
        connection.Close();

        Assert.Contains("closed under the batch", Assert.Throws<InvalidOperationException>(() => insert.Bind(1, "b").Execute()).Message);
        batch.Dispose();

        using var next = new SqliteConnection(_database.Pooled);
        next.OpenConfigured();
        Assert.Equal(0L, next.Scalar("SELECT count(*) FROM item"));
        using var nextBatch = new SqliteBatchWriter(next);
        nextBatch.Execute("INSERT INTO item (name) VALUES ('c')");
        nextBatch.Commit();
    }

    [Fact]
    public void Nothing_works_after_dispose()
    {
        var batch = new SqliteBatchWriter(_connection);
        var insert = batch.Prepare("INSERT INTO item (name) VALUES (?)");
        batch.Dispose();
        batch.Dispose();

        Assert.Throws<ObjectDisposedException>(() => insert.Bind(1, "a").Execute());
        Assert.Throws<ObjectDisposedException>(() => insert.ParameterIndex("$a"));
        Assert.Throws<ObjectDisposedException>(() => batch.Execute("INSERT INTO item (name) VALUES ('a')"));
        Assert.Throws<ObjectDisposedException>(() => batch.Prepare("SELECT 1"));
        Assert.Throws<ObjectDisposedException>(batch.Commit);
        Assert.Throws<ObjectDisposedException>(batch.Rollback);
        Assert.Throws<ObjectDisposedException>(() => batch.BeginUnit());
        Assert.Throws<ObjectDisposedException>(() => batch.InsertMany("item", ["name"], ["a"], static (row, n) => row.Bind(1, n)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -- nothing\n;/* at all */")]
    [InlineData("INSERT INTO item (name) VALUES ('a'); INSERT INTO item (name) VALUES ('b')")]
    [InlineData("COMMIT")]
    [InlineData(" /* x */ begin immediate")]
    [InlineData("-- x\nRollback")]
    [InlineData("SAVEPOINT s")]
    [InlineData("RELEASE s")]
    [InlineData("END")]
    public void Refuses_what_is_not_one_statement_of_work(string sql)
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Throws<ArgumentException>("sql", () => batch.Prepare(sql));
        Assert.Throws<ArgumentException>("sql", () => batch.Execute(sql));
        Assert.Equal(0, OwnRows);
    }

    [Fact]
    public void Takes_a_statement_with_what_sqlite_allows_around_it()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Equal(1, batch.Execute("/* one */ INSERT INTO item (name) VALUES ('a'); -- done\n; "));
    }

    [Fact]
    public void Reports_what_sqlite_does_not_understand()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Contains("syntax error", Assert.Throws<SqliteException>(() => batch.Prepare("INSRT INTO item")).Message);
        Assert.Throws<ArgumentNullException>(() => batch.Prepare(null!));
        Assert.Throws<ArgumentNullException>(() => batch.Execute((string)null!));
    }

    [Fact]
    public void Counts_changed_rows_as_the_driver_does()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Assert.Equal(2, batch.Execute("INSERT INTO item (name) VALUES ('a'), ('b')"));
        Assert.Equal(2, batch.Execute("UPDATE item SET name = 'c'"));
        Assert.Equal(0, batch.Execute("UPDATE item SET name = 'c' WHERE id = 99"));
        Assert.Equal(0, batch.Execute("CREATE TABLE another (id INTEGER)"));
        Assert.Equal(-1, batch.Execute("SELECT * FROM item"));
        Assert.Equal(2, batch.Execute("WITH x AS (SELECT 1) DELETE FROM item"));
    }

    [Fact]
    public void Execute_binds_by_position_and_checks_the_number()
    {
        using var batch = new SqliteBatchWriter(_connection);
        batch.Execute("INSERT INTO item (id, name) VALUES ($id, $name)", 7, "a");
        batch.Execute("UPDATE item SET name = coalesce(?, 'none')", null);
        Assert.Equal("none", _connection.Scalar("SELECT name FROM item WHERE id = 7"));
        Assert.Contains("2 parameters, and 1 values", Assert.Throws<ArgumentException>("parameters", () => batch.Execute("INSERT INTO item (id, name) VALUES (?, ?)", 1)).Message);
    }

    [Fact]
    public void Parameters_have_numbers_from_one_and_names()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var insert = batch.Prepare("INSERT INTO item (id, name) VALUES ($id, @name)");
        Assert.Equal(2, insert.ParameterCount);
        Assert.Equal(1, insert.ParameterIndex("$id"));
        Assert.Equal(2, insert.ParameterIndex("@name"));
        Assert.Throws<ArgumentException>("name", () => insert.ParameterIndex("$other"));
        Assert.Throws<ArgumentException>("name", () => insert.ParameterIndex("$id\0"));
        Assert.Throws<ArgumentNullException>("name", () => insert.ParameterIndex(null!));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => insert.Bind(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => insert.Bind(3, 1));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => insert.BindNull(int.MinValue));
    }

    [Fact]
    public void Every_execution_needs_every_value_anew()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var insert = batch.Prepare("INSERT INTO item (id, name) VALUES ($id, $name)");
        insert.Bind(1, 1).Bind(2, "a").Execute();
        var exception = Assert.Throws<InvalidOperationException>(() => insert.Bind(1, 2).Execute());
        Assert.Contains("Parameter 2 ($name)", exception.Message);
        Assert.Equal(1, OwnRows);
    }

    [Fact]
    public void Returning_gives_its_value_and_leaves_nothing_half_read()
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize: 2);
        var insert = batch.Prepare("INSERT INTO item (name) VALUES (?) RETURNING id, name");
        Assert.Equal(1L, insert.Bind(1, "a").ExecuteScalar());
        Assert.Equal(2L, insert.Bind(1, "b").ExecuteScalar());
        Assert.Equal(2, VisibleRows);
        Assert.Equal("a", batch.Prepare("SELECT name FROM item ORDER BY id").ExecuteScalar());
        Assert.Null(batch.Prepare("DELETE FROM item WHERE id = 99 RETURNING id").ExecuteScalar());
        Assert.Equal(DBNull.Value, batch.Prepare("UPDATE item SET name = name RETURNING NULL").ExecuteScalar());
        Assert.Equal(1.5, batch.Prepare("SELECT 1.5").ExecuteScalar());
        Assert.Equal(new byte[] { 1 }, batch.Prepare("SELECT X'01'").ExecuteScalar());
    }

    [Fact]
    public void Commands_of_the_driver_take_part_and_count()
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize: 2);
        using var command = new SqliteCommand("INSERT INTO item (name) VALUES ('a')", _connection);
        Assert.Equal(1, batch.Execute(command));
        Assert.Equal(0, VisibleRows);
        Assert.Equal(1, batch.Execute(command));
        Assert.Equal(2, VisibleRows);

        using var foreign = new SqliteCommand("SELECT 1", _other);
        Assert.Throws<ArgumentException>("command", () => batch.Execute(foreign));
        Assert.Throws<ArgumentNullException>("command", () => batch.Execute((SqliteCommand)null!));
        command.CommandText = "INSERT INTO item (id, name) VALUES (1, 'again')";
        Assert.Equal(19, Assert.Throws<SqliteException>(() => batch.Execute(command)).SqliteErrorCode);
        Assert.Equal(0, batch.PendingOperations);
    }

    [Fact]
    public void More_texts_than_are_kept_prepared_still_work()
    {
        using var batch = new SqliteBatchWriter(_connection);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.Equal(1, batch.Execute($"INSERT INTO item (id, name) VALUES ({(round * 100) + i}, ?)", "a"));
            }
        }

        Assert.Equal(200, batch.PendingOperations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_full_database_loses_nothing_that_is_committed_and_no_half_unit(bool together)
    {
        _connection.Run("PRAGMA max_page_count=60");
        var batch = new SqliteBatchWriter(_connection, batchSize: 50);

        var exception = Assert.ThrowsAny<SqliteException>(Fill);

        Assert.Equal(13, exception.SqliteErrorCode);
        var committed = batch.CommittedOperations;
        batch.Dispose();
        Assert.InRange(VisibleRows, 1, long.MaxValue);
        Assert.Equal(committed, VisibleRows + (together ? (long)_other.Scalar("SELECT count(*) FROM line")! : VisibleRows));
        Assert.Equal(VisibleRows * 3, _other.Scalar("SELECT count(*) FROM line"));
        Assert.Equal("ok", _other.Scalar("PRAGMA integrity_check"));

        void Fill()
        {
            for (var id = 0; ; id++)
            {
                using var unit = batch.BeginUnit();
                batch.Execute("INSERT INTO item (id, name) VALUES (?, ?)", id, new string('x', 500));
                if (together)
                {
                    batch.InsertMany("line", ["item", "number"], Enumerable.Range(0, 3), (row, number) => row.Bind(1, id).Bind(2, number));
                }
                else
                {
                    batch.Execute("INSERT INTO line VALUES (?1, 0), (?1, 1), (?1, 2)", id);
                }

                unit.Complete();
            }
        }
    }
}
