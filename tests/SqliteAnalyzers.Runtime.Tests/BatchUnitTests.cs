namespace SqliteAnalyzers.Runtime.Tests;

public sealed class BatchUnitTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _other;

    public BatchUnitTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY); CREATE TABLE line (item INTEGER, number INTEGER, UNIQUE (item, number))");
        _other = _database.Open();
    }

    public void Dispose()
    {
        _other.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1_000)]
    public void Is_never_split_by_a_batch_boundary(int batchSize)
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize);
        for (var id = 0; id < 20; id++)
        {
            using var unit = batch.BeginUnit();
            batch.Execute("INSERT INTO item VALUES (?)", id);
            AssertNoHalfUnitIsVisible();
            batch.Execute("INSERT INTO line VALUES (?, 1)", id);
            AssertNoHalfUnitIsVisible();
            batch.Execute("INSERT INTO line VALUES (?, 2)", id);
            AssertNoHalfUnitIsVisible();
            unit.Complete();
            AssertNoHalfUnitIsVisible();
            Assert.InRange(batch.PendingOperations, 0, Math.Max(0, batchSize - 1));
        }

        batch.Commit();
        Assert.Equal(20L, _other.Scalar("SELECT count(*) FROM item"));
        AssertNoHalfUnitIsVisible();
    }

    [Fact]
    public void Is_undone_alone_when_it_is_not_completed()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Insert(batch, 1);
        using (batch.BeginUnit())
        {
            batch.Execute("INSERT INTO item VALUES (2)");
            batch.Execute("INSERT INTO line VALUES (2, 1)");
        }

        Assert.Equal(3, batch.PendingOperations);
        Insert(batch, 3);
        batch.Commit();
        Assert.Equal("1,3", _other.Scalar("SELECT group_concat(id) FROM item"));
        AssertNoHalfUnitIsVisible();
    }

    [Fact]
    public void Is_undone_alone_when_an_operation_fails()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Insert(batch, 1);
        Assert.Throws<SqliteException>(() =>
        {
            using var unit = batch.BeginUnit();
            batch.Execute("INSERT INTO item VALUES (2)");
            batch.Execute("INSERT INTO line VALUES (1, 1)");
            unit.Complete();
        });
        batch.Commit();
        Assert.Equal("1", _other.Scalar("SELECT group_concat(id) FROM item"));
        AssertNoHalfUnitIsVisible();
    }

    [Fact]
    public void Goes_on_after_a_failed_operation_that_the_caller_handles()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Insert(batch, 1);
        using (var unit = batch.BeginUnit())
        {
            Assert.Throws<SqliteException>(() => batch.Execute("INSERT INTO item VALUES (1)"));
            batch.Execute("DELETE FROM line WHERE item = 1");
            batch.Execute("INSERT INTO line VALUES (1, 1), (1, 2)");
            unit.Complete();
        }

        batch.Commit();
        AssertNoHalfUnitIsVisible();
    }

    [Fact]
    public void Takes_rows_inserted_together()
    {
        using var batch = new SqliteBatchWriter(_connection, batchSize: 10);
        using (var unit = batch.BeginUnit())
        {
            batch.InsertMany("item", ["id"], Enumerable.Range(0, 3_000), static (row, i) => row.Bind(1, i));
            Assert.Equal(0L, _other.Scalar("SELECT count(*) FROM item"));
        }

        Assert.Equal(0L, _connection.Scalar("SELECT count(*) FROM item"));
        using (var unit = batch.BeginUnit())
        {
            batch.InsertMany("item", ["id"], Enumerable.Range(0, 3_000), static (row, i) => row.Bind(1, i));
            unit.Complete();
        }

        Assert.Equal(3_000L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void Refuses_a_unit_in_a_unit_a_commit_in_it_and_ending_it_twice()
    {
        using var batch = new SqliteBatchWriter(_connection);
        using var unit = batch.BeginUnit();
        Assert.Throws<InvalidOperationException>(() => batch.BeginUnit());
        Assert.Throws<InvalidOperationException>(batch.Commit);
        Assert.Throws<InvalidOperationException>(() => batch.CommitAndCheckpoint());
        batch.Execute("INSERT INTO item VALUES (1)");
        unit.Complete();
        Assert.Throws<InvalidOperationException>(unit.Complete);
        Assert.Throws<InvalidOperationException>(() => default(SqliteWriteUnit).Complete());
        default(SqliteWriteUnit).Dispose();
        unit.Dispose();
        batch.Commit();
        Assert.Equal(1L, _other.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void An_old_unit_does_not_end_a_new_one()
    {
        using var batch = new SqliteBatchWriter(_connection);
        var first = batch.BeginUnit();
        first.Dispose();
        using var second = batch.BeginUnit();
        batch.Execute("INSERT INTO item VALUES (1)");
        first.Dispose();
        Assert.Throws<InvalidOperationException>(first.Complete);
        second.Complete();
        Assert.Equal(1, batch.PendingOperations);
    }

    [Fact]
    public void Ends_with_a_rollback_of_the_batch_and_with_its_disposal()
    {
        var batch = new SqliteBatchWriter(_connection);
        var unit = batch.BeginUnit();
        batch.Execute("INSERT INTO item VALUES (1)");
        batch.Rollback();
        Assert.Throws<InvalidOperationException>(unit.Complete);
        unit = batch.BeginUnit();
        batch.Execute("INSERT INTO item VALUES (2)");
        batch.Dispose();
        unit.Dispose();
        Assert.Equal(0L, _connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void An_error_that_rolls_everything_back_ends_the_unit_too()
    {
        using var batch = new SqliteBatchWriter(_connection);
        Insert(batch, 1);
        using (batch.BeginUnit())
        {
            Assert.Contains("the 3 operations", Assert.Throws<SqliteException>(() => batch.Execute("INSERT OR ROLLBACK INTO item VALUES (1)")).Message);
        }

        batch.Rollback();
        Insert(batch, 2);
        batch.Commit();
        Assert.Equal("2", _other.Scalar("SELECT group_concat(id) FROM item"));
    }

    [Fact]
    public void A_failed_commit_at_its_end_can_be_repeated()
    {
        _connection.Run("CREATE TABLE child (parent INTEGER REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)");
        using var batch = new SqliteBatchWriter(_connection, batchSize: 1);
        using (var unit = batch.BeginUnit())
        {
            batch.Execute("INSERT INTO child VALUES (5)");
            Assert.Throws<SqliteException>(unit.Complete);
        }

        batch.Execute("INSERT INTO item VALUES (5)");
        Assert.Equal(1L, _other.Scalar("SELECT count(*) FROM child"));
    }

    private static void Insert(SqliteBatchWriter batch, int id)
    {
        using var unit = batch.BeginUnit();
        batch.Execute("INSERT INTO item VALUES (?)", id);
        batch.Execute("INSERT INTO line VALUES (?, 1)", id);
        batch.Execute("INSERT INTO line VALUES (?, 2)", id);
        unit.Complete();
    }

    private void AssertNoHalfUnitIsVisible() => Assert.Equal(
        0L,
        _other.Scalar("SELECT count(*) FROM item LEFT JOIN (SELECT item, count(*) AS lines FROM line GROUP BY item) ON item = id WHERE lines IS NOT 2"));
}
