namespace SqliteAnalyzers.Runtime.Tests;

public sealed class BackupTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly string _copy;

    public BackupTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1), (2)");
        _copy = Path.Combine(_database.Folder, "copy.db");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Copies_what_stands_in_the_log_too_and_leaves_nothing_else_behind()
    {
        _connection.BackupTo(_copy);

        Assert.Equal(["copy.db", "test.db", "test.db-shm", "test.db-wal"], Directory.GetFiles(_database.Folder).Select(Path.GetFileName).Order());
        Assert.Equal(2L, RowsOf(_copy));
    }

    [Fact]
    public void Copies_while_another_connection_writes()
    {
        using var writer = _database.Open();
        writer.Run("BEGIN IMMEDIATE; INSERT INTO item VALUES (3)");

        _connection.BackupTo(_copy);

        Assert.Equal(2L, RowsOf(_copy));
    }

    [Fact]
    public void Keeps_an_existing_file_unless_asked()
    {
        File.WriteAllText(_copy, "mine");
        Assert.Throws<IOException>(() => _connection.BackupTo(_copy));
        Assert.Equal("mine", File.ReadAllText(_copy));
    }

    [Fact]
    public void Replaces_an_existing_database_when_asked()
    {
        _connection.BackupTo(_copy);
        _connection.Run("INSERT INTO item VALUES (3)");

        _connection.BackupTo(_copy, overwrite: true);

        Assert.Equal(3L, RowsOf(_copy));
    }

    [Fact]
    public void Does_not_overwrite_what_is_no_database()
    {
        File.WriteAllText(_copy, new string('x', 10_000));
        Assert.Equal(26, Assert.Throws<SqliteException>(() => _connection.BackupTo(_copy, overwrite: true)).SqliteErrorCode);
    }

    [Fact]
    public void Refuses_an_open_transaction_because_its_rows_would_be_copied()
    {
        _connection.Run("BEGIN IMMEDIATE; INSERT INTO item VALUES (3)");
        Assert.Throws<InvalidOperationException>(() => _connection.BackupTo(_copy));
        Assert.False(File.Exists(_copy));
    }

    [Fact]
    public void Refuses_wrong_arguments()
    {
        Assert.Throws<ArgumentNullException>("path", () => _connection.BackupTo(null!));
        Assert.Throws<ArgumentException>("path", () => _connection.BackupTo(""));
        Assert.Throws<ArgumentException>("path", () => _connection.BackupTo(_database.Path, overwrite: true));
        Assert.Equal(14, Assert.Throws<SqliteException>(() => _connection.BackupTo(Path.Combine(_database.Folder, "no", "copy.db"))).SqliteErrorCode);
        using var closed = new SqliteConnection(_database.Unpooled);
        Assert.Throws<InvalidOperationException>(() => closed.BackupTo(_copy));
    }

    private static object? RowsOf(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
        return connection.Scalar("SELECT count(*) FROM item");
    }
}
