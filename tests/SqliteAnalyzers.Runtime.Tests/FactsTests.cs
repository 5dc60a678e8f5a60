using System.Diagnostics;
using System.Reflection;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What SQLite and Microsoft.Data.Sqlite do without the library: the reasons why it does what it does.</summary>
public sealed class FactsTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("BEGIN IMMEDIATE; INSERT INTO item VALUES (2)")]
    [InlineData("BEGIN; SELECT * FROM item")]
    public void A_checkpoint_beside_its_own_transaction_fails_after_the_whole_command_timeout(string sql)
    {
        using var connection = WalDatabase();
        connection.Run(sql);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        command.CommandTimeout = 1;
        var watch = Stopwatch.StartNew();

        var exception = Assert.Throws<SqliteException>(command.ExecuteScalar);

        Assert.Equal(6, exception.SqliteErrorCode);
        Assert.InRange(watch.ElapsedMilliseconds, 900, 20_000);
    }

    [Theory]
    [InlineData("FULL")]
    [InlineData("RESTART")]
    [InlineData("TRUNCATE")]
    public void A_busy_checkpoint_answers_with_a_row_and_no_exception(string mode)
    {
        using var connection = WalDatabase();
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");
        connection.Run("INSERT INTO item VALUES (2)");

        Assert.Equal(1, Checkpoint(connection, mode).Busy);

        // And so the answer is lost where nobody reads the row.
        connection.Run($"PRAGMA wal_checkpoint({mode})");
    }

    [Fact]
    public void A_blocking_checkpoint_waits_for_the_busy_timeout_and_a_passive_one_does_not()
    {
        using var connection = WalDatabase();
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");
        connection.Run("INSERT INTO item VALUES (2); PRAGMA busy_timeout=500");

        var full = Stopwatch.StartNew();
        Assert.Equal(1, Checkpoint(connection, "FULL").Busy);
        Assert.InRange(full.ElapsedMilliseconds, 400, 20_000);

        var passive = Stopwatch.StartNew();
        Assert.Equal(0, Checkpoint(connection, "PASSIVE").Busy);
        Assert.InRange(passive.ElapsedMilliseconds, 0, full.ElapsedMilliseconds - 1);
    }

    [Fact]
    public void Writers_wait_while_a_blocking_checkpoint_waits()
    {
        using var connection = WalDatabase();
        using var reader = _database.Open();
        using var writer = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");
        connection.Run("INSERT INTO item VALUES (2); PRAGMA busy_timeout=1500");
        writer.Run("PRAGMA busy_timeout=20000");
        var done = 0L;
        var watch = Stopwatch.StartNew();
        var thread = new Thread(() =>
        {
            Checkpoint(connection, "FULL");
            Volatile.Write(ref done, watch.ElapsedMilliseconds);
        });
        thread.Start();
        Thread.Sleep(300);
        writer.Run("INSERT INTO item VALUES (3)");
        var written = watch.ElapsedMilliseconds;
        thread.Join();

        Assert.InRange(done, 1_200, 30_000);
        Assert.InRange(written, 1_000, 30_000);
    }

    [Fact]
    public void A_checkpoint_without_wal_answers_minus_one_and_on_a_read_only_connection_throws()
    {
        using (var connection = _database.Open())
        {
            connection.Run("CREATE TABLE item (id INTEGER)");
            Assert.Equal((0, -1, -1), Checkpoint(connection, "FULL"));
        }

        using var writer = WalDatabase();
        using var reader = new SqliteConnection(_database.Unpooled + ";Mode=ReadOnly");
        reader.Open();
        Assert.Throws<SqliteException>(() => Checkpoint(reader, "FULL"));
    }

    [Fact]
    public void A_native_checkpoint_on_a_connection_that_has_read_nothing_does_nothing()
    {
        using var writer = WalDatabase();
        using var fresh = _database.Open();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_wal_checkpoint_v2(fresh.Handle, "main", raw.SQLITE_CHECKPOINT_FULL, out var log, out var checkpointed));
        Assert.Equal((-1, -1), (log, checkpointed));
    }

    [Theory]
    [InlineData("journal_mode=WALL", "journal_mode", "delete")]
    [InlineData("synchronous=NORMALL", "synchronous", 1L)]
    [InlineData("synchronous=7", "synchronous", 0L)]
    [InlineData("temp_store=MEM", "temp_store", 0L)]
    [InlineData("busy_timeout=abc", "busy_timeout", 0L)]
    public void A_wrong_pragma_value_is_taken_for_another_without_a_word(string pragma, string name, object found)
    {
        using var connection = _database.Open();
        connection.Run($"PRAGMA {pragma}");
        Assert.Equal(found, connection.Scalar($"PRAGMA {name}"));
    }

    [Fact]
    public void Some_wrong_pragma_values_are_errors()
    {
        using var connection = _database.Open();
        Assert.Throws<SqliteException>(() => connection.Run("PRAGMA busy_timeout=30s"));
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=$value";
        command.Parameters.AddWithValue("$value", 5);
        Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
    }

    [Fact]
    public void Pragmas_in_a_transaction_throw_or_are_ignored()
    {
        using var connection = _database.Open();
        connection.Run("BEGIN");
        Assert.Throws<SqliteException>(() => connection.Run("PRAGMA journal_mode=WAL"));
        Assert.Throws<SqliteException>(() => connection.Run("PRAGMA synchronous=1"));
        connection.Run("PRAGMA foreign_keys=0");
        Assert.Equal(1L, connection.Scalar("PRAGMA foreign_keys"));
    }

    [Fact]
    public void A_pooled_connection_hands_its_pragmas_on()
    {
        using (var first = new SqliteConnection(_database.Pooled))
        {
            first.Open();
            first.Run("PRAGMA busy_timeout=1234; PRAGMA synchronous=OFF");
        }

        using var second = new SqliteConnection(_database.Pooled);
        second.Open();
        Assert.Equal(1_234L, second.Scalar("PRAGMA busy_timeout"));
        Assert.Equal(0L, second.Scalar("PRAGMA synchronous"));
    }

    [Fact]
    public void Entering_wal_beside_a_reader_is_busy_until_it_is_there()
    {
        using var reader = _database.Open();
        reader.Run("CREATE TABLE item (id INTEGER); BEGIN; SELECT * FROM item");
        using var connection = _database.Open(";Default Timeout=1");
        Assert.Equal(5, Assert.Throws<SqliteException>(() => connection.Scalar("PRAGMA journal_mode=WAL")).SqliteErrorCode);

        reader.Run("COMMIT; PRAGMA journal_mode=WAL; BEGIN; SELECT * FROM item");
        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode=WAL"));
    }

    [Fact]
    public void A_memory_database_stays_what_it_is()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Assert.Equal("memory", connection.Scalar("PRAGMA journal_mode=WAL"));
    }

    [Theory]
    [InlineData("Data Source=:memory:;Cache=Shared", false)]
    [InlineData("Data Source=facts;Mode=Memory;Cache=Shared", true)]
    [InlineData("Data Source=facts;Mode=Memory", false)]
    [InlineData("Data Source=file:facts2?mode=memory&cache=shared", true)]
    public void Connections_share_a_memory_database_by_its_name_and_the_shared_cache(string text, bool isShared)
    {
        using var connection = new SqliteConnection(text);
        using var other = new SqliteConnection(text);
        connection.Open();
        other.Open();
        connection.Run("CREATE TABLE item (id INTEGER)");

        var exception = Record.Exception(() => other.Run("SELECT * FROM item"));

        Assert.Equal(isShared, exception is null);
    }

    [Fact]
    public void A_transaction_begun_by_text_outlives_a_pooled_connection()
    {
        using (var first = new SqliteConnection(_database.Pooled))
        {
            first.Open();
            first.Run("CREATE TABLE item (id INTEGER); BEGIN; INSERT INTO item VALUES (1)");
        }

        using var second = new SqliteConnection(_database.Pooled);
        second.Open();
        Assert.Equal(1L, second.Scalar("SELECT count(*) FROM item"));
        Assert.Throws<SqliteException>(() => second.Run("BEGIN"));
        second.Run("ROLLBACK");
    }

    [Fact]
    public void Only_sqlite_itself_tells_whether_a_transaction_is_open()
    {
        var property = typeof(SqliteConnection).GetProperty("Transaction", BindingFlags.Instance | BindingFlags.NonPublic)!;
        Assert.True(property.GetMethod!.IsFamilyOrAssembly);
        using var connection = _database.Open();
        connection.Run("BEGIN");
        Assert.Null(property.GetValue(connection));
        Assert.Equal(0, raw.sqlite3_get_autocommit(connection.Handle));
    }

    private SqliteConnection WalDatabase()
    {
        var connection = _database.Open();
        connection.Run("PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS item (id INTEGER); INSERT INTO item VALUES (1)");
        return connection;
    }

    private static (int Busy, int LogFrames, int CheckpointedFrames) Checkpoint(SqliteConnection connection, string mode)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
    }
}
