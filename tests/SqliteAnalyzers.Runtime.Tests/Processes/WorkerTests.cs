using System.Diagnostics;

namespace SqliteAnalyzers.Runtime.Tests;

public sealed class WorkerTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;

    public WorkerTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Refuses_an_open_transaction_and_starts_nothing()
    {
        _connection.Run("BEGIN IMMEDIATE; INSERT INTO item VALUES (1, 'a')");
        var exception = Assert.Throws<InvalidOperationException>(() => SqliteWorker.Start(_connection, new ProcessStartInfo("no-such-program")));
        Assert.Contains("would not see its rows", exception.Message);
    }

    [Fact]
    public void Starts_nothing_when_the_checkpoint_cannot_be_completed()
    {
        using var writer = _database.Open();
        writer.Run("BEGIN IMMEDIATE");
        var exception = Assert.Throws<SqliteException>(() =>
            SqliteWorker.Start(_connection, new ProcessStartInfo("no-such-program"), TimeSpan.FromMilliseconds(50)));
        Assert.Equal(5, exception.SqliteErrorCode);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=shared-by-a-worker;Mode=Memory;Cache=Shared")]
    [InlineData("Data Source=file:shared-by-a-uri?mode=memory&cache=shared")]
    public void Refuses_a_database_that_no_other_process_can_see_and_starts_nothing(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Run("CREATE TABLE item (id INTEGER)");
        var exception = Assert.Throws<InvalidOperationException>(() => SqliteWorker.Start(connection, new ProcessStartInfo("no-such-program")));
        Assert.Contains("in memory", exception.Message);
    }

    [Fact]
    public void Puts_what_was_written_into_the_files_of_attached_databases_too()
    {
        var attached = Path.Combine(_database.Folder, "attached.db");
        _connection.Run($"ATTACH '{attached}' AS other; PRAGMA other.journal_mode=WAL; CREATE TABLE other.item (id INTEGER); INSERT INTO other.item VALUES (1); INSERT INTO item VALUES (1, 'a'); CREATE TEMP TABLE t (id INTEGER); ATTACH ':memory:' AS memory; CREATE TABLE memory.t (id INTEGER)");

        Assert.Throws<System.ComponentModel.Win32Exception>(() => SqliteWorker.Start(_connection, new ProcessStartInfo("no-such-program")));

        Assert.Equal(1L, RowsInTheFileAlone(attached));
        Assert.Equal(1L, RowsInTheFileAlone(_database.Path));
    }

    [Fact]
    public void Starts_nothing_when_an_attached_database_cannot_be_completed()
    {
        var attached = Path.Combine(_database.Folder, "attached.db");
        _connection.Run($"ATTACH '{attached}' AS other; PRAGMA other.journal_mode=WAL; CREATE TABLE other.item (id INTEGER)");
        using var writer = new SqliteConnection($"Data Source={attached};Pooling=False");
        writer.Open();
        writer.Run("BEGIN IMMEDIATE");
        var exception = Assert.Throws<SqliteException>(() =>
            SqliteWorker.Start(_connection, new ProcessStartInfo("no-such-program"), TimeSpan.FromMilliseconds(50)));
        Assert.Equal(5, exception.SqliteErrorCode);
    }

    [Fact]
    public void A_read_only_connection_starts_the_process()
    {
        _connection.Run("INSERT INTO item VALUES (1, 'a')");
        using var reader = _database.Open(";Mode=ReadOnly");
        Assert.Throws<System.ComponentModel.Win32Exception>(() => SqliteWorker.Start(reader, new ProcessStartInfo("no-such-program")));
    }

    [Fact]
    public void Refuses_wrong_arguments()
    {
        Assert.Throws<ArgumentNullException>("connection", () => SqliteWorker.Start(null!, new ProcessStartInfo("x")));
        Assert.Throws<ArgumentNullException>("startInfo", () => SqliteWorker.Start(_connection, null!));
        Assert.Throws<System.ComponentModel.Win32Exception>(() => SqliteWorker.Start(_connection, new ProcessStartInfo("no-such-program")));
    }

    private static object? RowsInTheFileAlone(string path)
    {
        using var connection = new SqliteConnection($"Data Source=file:{path}?immutable=1;Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection.Scalar("SELECT count(*) FROM item");
    }
}
