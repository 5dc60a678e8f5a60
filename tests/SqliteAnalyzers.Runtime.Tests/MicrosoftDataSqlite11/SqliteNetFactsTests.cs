using SQLite;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What the analyzers say of sqlite-net, seen happening.</summary>
public sealed class SqliteNetFactsTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SQLiteConnection _connection;

    public SqliteNetFactsTests()
    {
        _connection = new SQLiteConnection(_database.Path);
        _connection.CreateTable<Item>();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Connection_is_open_and_not_in_WAL_mode_until_it_is_told()
    {
        Assert.Equal("delete", _connection.ExecuteScalar<string>("PRAGMA journal_mode"));

        _connection.EnableWriteAheadLogging();

        Assert.Equal("wal", _connection.ExecuteScalar<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public void Execute_of_a_checkpoint_throws_because_it_answers_a_row()
    {
        _connection.EnableWriteAheadLogging();

        Assert.Throws<SQLiteException>(() => _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)"));
        Assert.Equal(0, _connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(TRUNCATE)"));
    }

    [Fact]
    public void Checkpoint_in_a_transaction_throws()
    {
        _connection.EnableWriteAheadLogging();
        _connection.BeginTransaction();
        _connection.Insert(new Item());

        Assert.Throws<SQLiteException>(() => _connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(TRUNCATE)"));
    }

    [Fact]
    public void Closing_rolls_an_open_transaction_back()
    {
        _connection.BeginTransaction();
        _connection.Insert(new Item());
        _connection.Close();

        using var other = new SQLiteConnection(_database.Path);
        Assert.Equal(0, other.Table<Item>().Count());
    }

    [Fact]
    public void Rows_of_a_table_are_read_at_once_and_deleted_by_a_commit_of_their_own()
    {
        _connection.InsertAll(new[] { new Item(), new Item() });
        using var other = new SQLiteConnection(_database.Path);
        foreach (var item in _connection.Table<Item>())
        {
            other.Insert(new Item());

            Assert.Equal(1, _connection.Table<Item>().Where(stored => stored.Id == item.Id).Delete());
            Assert.Equal(0, other.Table<Item>().Count(stored => stored.Id == item.Id));
        }

        Assert.Equal(2, other.Table<Item>().Count());
    }

    [Fact]
    public void Transactions_of_delegates_and_lists_end_where_they_begin()
    {
        _connection.RunInTransaction(() => Assert.True(_connection.Insert(new Item()) == 1 && _connection.IsInTransaction));
        Assert.False(_connection.IsInTransaction);

        _connection.InsertAll(new[] { new Item(), new Item() });
        Assert.False(_connection.IsInTransaction);

        _connection.BeginTransaction();
        _connection.RunInTransaction(() => _connection.Insert(new Item()));
        _connection.InsertAll(new[] { new Item() });
        Assert.True(_connection.IsInTransaction);
    }

    [Fact]
    public void BeginTransaction_takes_no_lock()
    {
        _connection.BeginTransaction();

        using var other = new SQLiteConnection(_database.Path);
        Assert.Equal(1, other.Insert(new Item()));
    }

    private sealed class Item
    {
        [PrimaryKey, AutoIncrement]
        public int Id { get; set; }
    }
}
