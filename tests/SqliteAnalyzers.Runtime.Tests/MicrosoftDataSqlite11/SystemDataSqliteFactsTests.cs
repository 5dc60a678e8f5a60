using System.Data;
using System.Data.SQLite;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>
/// What the analyzers say of System.Data.SQLite, seen happening. It runs on the native library that Microsoft.Data.Sqlite 11 brings; the other projects of these
/// tests have another one of the same name.
/// </summary>
public sealed class SystemDataSqliteFactsTests : IDisposable
{
    private readonly TestDatabase _database = new();

    private string Plain => $"Data Source={_database.Path}";

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(";Journal Mode=WAL;Synchronous=Normal;BusyTimeout=4000", "wal", 1L, 4000L)]
    [InlineData("", "delete", 2L, 0L)]
    [InlineData(";JournalMode=WAL", "wal", 2L, 0L)]
    [InlineData(";Journal_Mode=WAL", "wal", 2L, 0L)]
    [InlineData(";Sync Mode=Normal;SyncMode=Normal;Busy Timeout=4000", "delete", 2L, 0L)]
    public void Connection_string_sets_pragmas_by_keywords_whose_space_may_be_missing(string keywords, string journalMode, long synchronous, long busyTimeout)
    {
        using var connection = Open(keywords);

        Assert.Equal(journalMode, Ask(connection, "PRAGMA journal_mode"));
        Assert.Equal(synchronous, Ask(connection, "PRAGMA synchronous"));
        Assert.Equal(busyTimeout, Ask(connection, "PRAGMA busy_timeout"));
    }

    [Fact]
    public void With_a_command_timeout_of_0_a_locked_database_is_told_at_once()
    {
        using var connection = Open("");
        using var other = Open(";Default Timeout=0");
        Ask(connection, "CREATE TABLE item (id INTEGER)");
        Ask(connection, "BEGIN IMMEDIATE");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Throws<SQLiteException>(() => Ask(other, "INSERT INTO item VALUES (1)"));

        Assert.InRange(watch.ElapsedMilliseconds, 0, 20_000);
        Ask(connection, "ROLLBACK");
    }

    [Theory]
    [InlineData(IsolationLevel.Serializable, false)]
    [InlineData(IsolationLevel.ReadCommitted, true)]
    public void Transaction_takes_the_write_lock_at_once_unless_it_is_ReadCommitted(IsolationLevel level, bool canOthersWrite)
    {
        using var connection = Open(";Journal Mode=WAL");
        using var other = Open(";Journal Mode=WAL;Default Timeout=1");
        Ask(connection, "CREATE TABLE item (id INTEGER)");
        using var transaction = connection.BeginTransaction(level);

        var refused = Record.Exception(() => Ask(other, "INSERT INTO item VALUES (1)"));

        Assert.Equal(canOthersWrite, refused is null);
    }

    [Fact]
    public void Every_command_is_in_the_pending_transaction()
    {
        using var connection = Open("");
        Ask(connection, "CREATE TABLE item (id INTEGER)");
        using (var transaction = connection.BeginTransaction())
        using (var command = new SQLiteCommand("INSERT INTO item VALUES (1)", connection))
        {
            command.ExecuteNonQuery();
            transaction.Rollback();
        }

        Assert.Equal(0L, Ask(connection, "SELECT count(*) FROM item"));
    }

    [Fact]
    public void Closed_connection_is_closed_and_takes_its_transaction_along()
    {
        using (var connection = Open(""))
        {
            Ask(connection, "CREATE TABLE item (id INTEGER)");
            Ask(connection, "BEGIN");
            Ask(connection, "INSERT INTO item VALUES (1)");
        }

        using var next = Open("");
        Assert.Equal(0L, Ask(next, "SELECT count(*) FROM item"));
        Ask(next, "BEGIN");
    }

    [Theory]
    [InlineData(";Read Only=True")]
    [InlineData(";ReadOnly=True")]
    [InlineData(";Read_Only=True")]
    public void Read_only_connection_cannot_write(string keywords)
    {
        using (var connection = Open(""))
        {
            Ask(connection, "CREATE TABLE item (id INTEGER)");
        }

        using var readOnly = Open(keywords);
        Assert.Throws<SQLiteException>(() => Ask(readOnly, "INSERT INTO item VALUES (1)"));
    }

    [Fact]
    public void Busy_checkpoint_is_a_row_that_ExecuteNonQuery_drops()
    {
        using var connection = Open(";Journal Mode=WAL");
        using var other = Open("");
        Ask(connection, "CREATE TABLE item (id INTEGER)");
        Ask(connection, "INSERT INTO item VALUES (1)");
        using var reading = new SQLiteCommand("SELECT id FROM item", other);
        using var reader = reading.ExecuteReader();
        Assert.True(reader.Read());
        Ask(connection, "INSERT INTO item VALUES (2)");
        using var checkpoint = new SQLiteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);

        checkpoint.ExecuteNonQuery();

        Assert.Equal(1L, checkpoint.ExecuteScalar());
    }

    private SQLiteConnection Open(string keywords)
    {
        var connection = new SQLiteConnection(Plain + keywords);
        connection.Open();
        return connection;
    }

    private static object? Ask(SQLiteConnection connection, string sql)
    {
        using var command = new SQLiteCommand(sql, connection);
        return command.ExecuteScalar();
    }
}
