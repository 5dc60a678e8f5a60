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

    [Fact]
    public void Refuses_wrong_arguments()
    {
        Assert.Throws<ArgumentNullException>("connection", () => SqliteWorker.Start(null!, new ProcessStartInfo("x")));
        Assert.Throws<ArgumentNullException>("startInfo", () => SqliteWorker.Start(_connection, null!));
        Assert.Throws<System.ComponentModel.Win32Exception>(() => SqliteWorker.Start(_connection, new ProcessStartInfo("no-such-program")));
    }
}
