using System.Data;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.SQLite;
using LinqToDB.Mapping;

#pragma warning disable CS0618 // Programs use what is obsolete, too.

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What the analyzers say of linq2db, seen happening.</summary>
public sealed class Linq2DbFactsTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly DataConnection _connection;
    private readonly SqliteConnection _other;

    public Linq2DbFactsTests()
    {
        _connection = Make();
        _connection.Execute("PRAGMA journal_mode=WAL");
        _connection.CreateTable<Item>();
        _connection.Insert(new Item());
        _other = _database.Open(";Default Timeout=1");
    }

    public void Dispose()
    {
        _other.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Connection_opens_when_it_is_first_used_and_sets_no_pragma()
    {
        using var database = new TestDatabase();
        using var connection = new DataConnection(new DataOptions().UseSQLite(database.Pooled, SQLiteProvider.Microsoft));
        Assert.Null(connection.TryGetDbConnection());

        Assert.Equal("delete", connection.Execute<string>("PRAGMA journal_mode"));
        Assert.Equal(2, connection.Execute<int>("PRAGMA synchronous"));
        Assert.Equal(0, connection.Execute<int>("PRAGMA busy_timeout"));
        Assert.Equal(ConnectionState.Open, connection.OpenDbConnection().State);
    }

    [Theory]
    [MemberData(nameof(Makers))]
    public void Connection_is_one_of_Microsoft_Data_Sqlite(Func<string, DataConnection> make)
    {
        using var connection = make(_database.Pooled);

        Assert.IsType<SqliteConnection>(connection.OpenDbConnection());
    }

    public static TheoryData<Func<string, DataConnection>> Makers => new(
        text => new DataConnection(new DataOptions().UseSQLite(text, SQLiteProvider.Microsoft)),
        text => new DataConnection(options => options.UseSQLite(text, SQLiteProvider.Microsoft)),
        text => new DataConnection(ProviderName.SQLiteMS, text),
        text => new DataConnection(new DataOptions().UseConnectionString(ProviderName.SQLiteMS, text)),
        text => SQLiteTools.CreateDataConnection(text, SQLiteProvider.Microsoft),
        text => new DataConnection(SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft), text));

    [Fact]
    public void Write_commits_by_itself()
    {
        _connection.Insert(new Item());
        Assert.Equal(2L, Count());

        _connection.GetTable<Item>().Where(item => item.Id == 2).Delete();
        Assert.Equal(1L, Count());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(IsolationLevel.Serializable, false)]
    [InlineData(IsolationLevel.ReadCommitted, false)]
    [InlineData(IsolationLevel.ReadUncommitted, true)]
    public void Transaction_takes_the_write_lock_at_once_unless_it_is_ReadUncommitted(IsolationLevel? level, bool canOthersWrite)
    {
        using var transaction = level is { } known ? _connection.BeginTransaction(known) : _connection.BeginTransaction();

        Assert.Equal(canOthersWrite, Record.Exception(() => Ask("INSERT INTO Item DEFAULT VALUES")) is null);
    }

    [Fact]
    public void Each_command_is_in_the_transaction_which_ends_with_it_or_with_the_connection()
    {
        using (_connection.BeginTransaction())
        {
            _connection.Insert(new Item());
            _connection.Execute("INSERT INTO Item DEFAULT VALUES");
            using var command = _connection.CreateCommand();
            command.CommandText = "INSERT INTO Item DEFAULT VALUES";
            command.ExecuteNonQuery();
        }

        Assert.Equal(1L, Count());

        var left = Make();
        left.BeginTransaction();
        left.Insert(new Item());
        left.Dispose();
        Ask("INSERT INTO Item DEFAULT VALUES");
        Assert.Equal(2L, Count());
    }

    [Fact]
    public void Transaction_that_SQL_has_begun_goes_to_the_pool()
    {
        using (var connection = Make())
        {
            connection.Execute("BEGIN");
            connection.Insert(new Item());
        }

        using var next = Make();
        Assert.Equal(2, next.GetTable<Item>().Count());
        Assert.Equal(1L, Count());
        next.Execute("ROLLBACK");
    }

    [Fact]
    public void Connection_ignores_an_ambient_transaction()
    {
        using (new System.Transactions.TransactionScope())
        {
            using var connection = Make();
            connection.Insert(new Item());
        }

        Assert.Equal(2L, Count());
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Table_or_query_that_is_enumerated_is_read_row_by_row(Func<DataConnection, IEnumerable<Item>> query)
    {
        _connection.Insert(new Item());
        foreach (var row in query(_connection))
        {
            Assert.True(row.Id > 0);
            Assert.Throws<SqliteException>(() => Checkpoint());
            break;
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Rows_in_a_list_and_rows_that_are_given_up_hold_nothing(Func<DataConnection, IEnumerable<Item>> query)
    {
        _connection.Insert(new Item());
        foreach (var row in query(_connection).ToList())
        {
            Assert.Equal(0, Checkpoint());
        }

        foreach (var row in query(_connection))
        {
            break;
        }

        Assert.Equal(0, Checkpoint());
    }

    public static TheoryData<Func<DataConnection, IEnumerable<Item>>> Queries => new(
        connection => connection.GetTable<Item>(),
        connection => connection.GetTable<Item>().Where(item => item.Id > 0),
        connection => connection.Query<Item>("SELECT * FROM Item"));

    [Fact]
    public void Write_while_rows_are_read_fails_once_another_connection_has_committed()
    {
        _connection.Insert(new Item());
        foreach (var row in _connection.GetTable<Item>())
        {
            Ask("INSERT INTO Item DEFAULT VALUES");
            Assert.Throws<SqliteException>(() => _connection.Update(row));
            break;
        }
    }

    [Fact]
    public void Execute_drops_the_row_of_a_checkpoint_unless_the_type_of_its_value_is_named()
    {
        using var transaction = _other.BeginTransaction(deferred: true);
        Ask("SELECT * FROM Item");
        _connection.Insert(new Item());

        Assert.NotEqual(1, _connection.SetCommand("SELECT 0").Execute<int>());
        Assert.Equal(1, Checkpoint());
        Assert.Null(Record.Exception(() => _connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)")));
    }

    [Fact]
    public void Checkpoint_in_a_transaction_throws()
    {
        using var transaction = _connection.BeginTransaction();
        _connection.Insert(new Item());

        Assert.Throws<SqliteException>(() => Checkpoint());
    }

    /// <summary>Each statement with many rows is a transaction of its own.</summary>
    [Fact]
    public void BulkCopy_commits_many_rows_at_once_and_not_all()
    {
        var seen = new List<long>();
        _connection.BulkCopy(Enumerable.Range(1, 2_500).Select(number =>
        {
            seen.Add(Count());
            return new Item { Name = $"{number}" };
        }));

        Assert.Equal(2_501L, Count());
        Assert.InRange(seen.Distinct().Count(), 2, 10);
    }

    [Fact]
    public void Temporary_table_is_none_of_the_database()
    {
        using var temporary = _connection.CreateTempTable<Item>("copied");

        Assert.Equal(0L, Ask("SELECT count(*) FROM sqlite_master WHERE name = 'copied'"));
    }

    [Fact]
    public void Context_does_the_same()
    {
        using var context = new DataContext(new DataOptions().UseSQLite($"{_database.Pooled};Default Timeout=1", SQLiteProvider.Microsoft));
        context.Insert(new Item());
        Assert.Equal(2L, Count());

        using (context.BeginTransaction())
        {
            context.Insert(new Item());
            Assert.Throws<SqliteException>(() => Ask("INSERT INTO Item DEFAULT VALUES"));
        }

        Assert.Equal(2L, Count());
        foreach (var row in context.GetTable<Item>())
        {
            Ask("INSERT INTO Item DEFAULT VALUES");
            Assert.Throws<SqliteException>(() => context.Update(row));
            break;
        }
    }

    [Fact]
    public void Connection_that_is_given_is_left_open()
    {
        using (var connection = SQLiteTools.CreateDataConnection(_other, SQLiteProvider.Microsoft))
        {
            connection.Insert(new Item());
        }

        Assert.Equal(ConnectionState.Open, _other.State);
    }

    private DataConnection Make() => new(new DataOptions().UseSQLite($"{_database.Pooled};Default Timeout=1", SQLiteProvider.Microsoft));

    private int Checkpoint() => _connection.Execute<int>("PRAGMA wal_checkpoint(TRUNCATE)");

    private long Count() => (long)Ask("SELECT count(*) FROM Item")!;

    private object? Ask(string sql)
    {
        using var command = _other.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    [Table("Item")]
    public sealed class Item
    {
        [PrimaryKey, Identity]
        public int Id { get; set; }

        [Column]
        public string? Name { get; set; }
    }
}
