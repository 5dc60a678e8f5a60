namespace SqliteAnalyzers.Runtime.Tests;

public sealed class RestoreTests : IDisposable
{
    private const string Filler =
        "CREATE TABLE filler (bytes); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO filler SELECT zeroblob(3000) FROM n";

    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly string _copy;

    public RestoreTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1), (2)");
        _copy = Path.Combine(_database.Folder, "copy.db");
        _connection.BackupTo(_copy);
        _connection.Run("INSERT INTO item VALUES (3); CREATE TABLE later (id INTEGER)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Gives_the_database_the_content_of_the_copy_for_all_who_have_it_open()
    {
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT count(*) FROM item");
        using var pooled = new SqliteConnection(_database.Pooled);
        pooled.Open();
        using var prepared = pooled.CreateCommand();
        prepared.CommandText = "INSERT INTO item VALUES (NULL)";
        prepared.Prepare();

        _connection.RestoreFrom(_copy);

        Assert.Equal(3L, reader.Scalar("SELECT count(*) FROM item"));
        reader.Run("COMMIT");
        Assert.Equal(2L, reader.Scalar("SELECT count(*) FROM item"));
        Assert.Equal(2L, _connection.Scalar("SELECT count(*) FROM item"));
        Assert.Throws<SqliteException>(() => _connection.Scalar("SELECT count(*) FROM later"));
        prepared.ExecuteNonQuery();
        Assert.Equal("1,2,3", reader.Scalar("SELECT group_concat(id) FROM item"));
        Assert.Equal("ok", reader.Scalar("PRAGMA integrity_check"));
        Assert.Equal("wal", _connection.Scalar("PRAGMA journal_mode"));
        Assert.True(_connection.Checkpoint().IsComplete);
        Assert.Equal(2L, CopyRows());
    }

    [Theory]
    [InlineData("WAL", "WAL", 512)]
    [InlineData("WAL", "DELETE", 65536)]
    [InlineData("DELETE", "WAL", 4096)]
    [InlineData("DELETE", "WAL", 8192)]
    [InlineData("DELETE", "DELETE", 8192)]
    [InlineData("TRUNCATE", "WAL", 1024)]
    public void Restores_from_a_copy_of_any_page_size_and_journal_mode_and_keeps_its_own_mode(string journalMode, string copysMode, int pageSize)
    {
        File.Delete(_copy);
        using (var made = new SqliteConnection($"Data Source={_copy};Pooling=False"))
        {
            made.Open();
            made.Run($"PRAGMA page_size={pageSize}; PRAGMA journal_mode={copysMode}; CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (7)");
        }

        _connection.Run($"PRAGMA journal_mode={journalMode}");
        _connection.Dispose();
        using var connection = _database.Open();

        connection.RestoreFrom(_copy);

        Assert.Equal(7L, connection.Scalar("SELECT id FROM item"));
        Assert.Equal(journalMode == "WAL" ? "wal" : "delete", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public void A_copy_with_other_pages_waits_for_the_others_to_leave_and_else_changes_nothing()
    {
        File.Delete(_copy);
        using (var made = new SqliteConnection($"Data Source={_copy};Pooling=False"))
        {
            made.Open();
            made.Run("PRAGMA page_size=8192; CREATE TABLE item (id INTEGER PRIMARY KEY)");
        }

        _connection.Dispose();
        using var connection = _database.Open(";Default Timeout=1");
        using (var other = _database.OpenConfigured())
        {
            other.Scalar("SELECT count(*) FROM item");
            var exception = Assert.Throws<SqliteException>(() => connection.RestoreFrom(_copy));
            Assert.Equal(5, exception.SqliteErrorCode);
            Assert.Contains("as it was", exception.Message);
            Assert.Equal(3L, other.Scalar("SELECT count(*) FROM item"));
            Assert.Equal("wal", other.Scalar("PRAGMA journal_mode"));
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(65536)]
    public void The_connection_that_restores_is_not_in_its_own_way_where_the_pages_have_another_size(int pageSize)
    {
        File.Delete(_copy);
        using (var made = new SqliteConnection($"Data Source={_copy};Pooling=False"))
        {
            made.Open();
            made.Run($"PRAGMA page_size={pageSize}; CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (7)");
        }

        _connection.DefaultTimeout = 1;
        Assert.Equal(3L, _connection.Scalar("SELECT count(*) FROM item"));

        _connection.RestoreFrom(_copy);

        Assert.Equal(7L, _connection.Scalar("SELECT id FROM item"));
        Assert.Equal("wal", _connection.Scalar("PRAGMA journal_mode"));
        _connection.Run("INSERT INTO item VALUES (8)");
        using var other = _database.Open();
        Assert.Equal(2L, other.Scalar("SELECT count(*) FROM item"));
        Assert.Equal("ok", other.Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public void Texts_of_another_encoding_are_refused_which_connections_could_not_read()
    {
        var other = Path.Combine(_database.Folder, "utf16.db");
        using var utf16 = new SqliteConnection($"Data Source={other};Pooling=False");
        utf16.Open();
        utf16.Run("PRAGMA encoding='UTF-16le'; CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (7)");
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        memory.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");

        foreach (Action copy in new[] { () => _connection.RestoreFrom(other), () => memory.RestoreFrom(other), () => utf16.BackupTo(_copy, overwrite: true) })
        {
            Assert.Contains("UTF-8 and those that are to replace them in UTF-16le", Assert.Throws<SqliteException>(copy).Message);
        }

        Assert.Equal(3L, _connection.Scalar("SELECT count(*) FROM item"));
        Assert.Equal(0L, memory.Scalar("SELECT count(*) FROM item"));
        Assert.Equal(2L, CopyRows());

        // Nothing has been made in it yet.
        using var fresh = new SqliteConnection($"Data Source={Path.Combine(_database.Folder, "fresh.db")};Pooling=False");
        fresh.OpenConfigured();
        fresh.RestoreFrom(other);
        Assert.Equal(7L, fresh.Scalar("SELECT id FROM item"));
    }

    [Fact]
    public async Task Under_writers_at_work_the_end_is_the_copy_and_what_was_written_after_it()
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            using var writer = new SqliteConnection(_database.Pooled);
            writer.OpenConfigured();
            while (!stop.IsCancellationRequested)
            {
                writer.Run("INSERT INTO item VALUES (NULL)");
            }
        })).ToArray();
        for (var round = 0; round < 20; round++)
        {
            _connection.RestoreFrom(_copy);
            Assert.Equal(1L, _connection.Scalar("SELECT min(id) = 1 AND max(id) = count(*) FROM item"));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal("ok", _connection.Scalar("PRAGMA integrity_check"));
        Assert.Equal(_connection.Scalar("SELECT count(*) FROM item"), _connection.Scalar("SELECT max(id) FROM item"));
    }

    [Fact]
    public void Fills_a_database_in_memory()
    {
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        var reports = new Reports();
        memory.RestoreFrom(_copy, progress: reports);
        Assert.Equal(2L, memory.Scalar("SELECT count(*) FROM item"));
        Assert.Single(reports.All);

        memory.Run("INSERT INTO item VALUES (9)");
        var saved = Path.Combine(_database.Folder, "saved.db");
        memory.BackupTo(saved);
        _connection.RestoreFrom(saved);
        Assert.Equal("1,2,9", _connection.Scalar("SELECT group_concat(id) FROM item"));
    }

    [Fact]
    public void Reports_its_progress_and_can_be_cancelled()
    {
        _connection.Run(Filler);
        File.Delete(_copy);
        _connection.BackupTo(_copy);
        _connection.Run("DELETE FROM item");
        using var cancellation = new CancellationTokenSource();
        var cancelling = new Reports { OnReport = _ => cancellation.Cancel() };

        Assert.Throws<OperationCanceledException>(() => _connection.RestoreFrom(_copy, progress: cancelling, cancellationToken: cancellation.Token));

        Assert.Equal(0L, _connection.Scalar("SELECT count(*) FROM item"));
        var reports = new Reports { OnReport = _ => Assert.Equal(0L, _connection.Scalar("SELECT 0")) };
        _connection.RestoreFrom(_copy, progress: reports);
        Assert.Equal(3L, _connection.Scalar("SELECT count(*) FROM item"));
        Assert.InRange(reports.All.Count, 5, 100);
        Assert.Equal(reports.All[^1].PageCount, reports.All[^1].CopiedPages);
    }

    [Fact]
    public void Refuses_what_is_no_copy_and_changes_nothing()
    {
        var path = Path.Combine(_database.Folder, "other");
        Assert.Throws<FileNotFoundException>(() => _connection.RestoreFrom(path));
        File.WriteAllText(path, "");
        AssertIsNamed();
        File.WriteAllText(path, new string('x', 10_000));
        AssertIsNamed();
        Assert.Throws<ArgumentException>("path", () => _connection.RestoreFrom(_database.Path));
        Assert.Throws<ArgumentException>("path", () => _connection.RestoreFrom(""));
        Assert.Throws<ArgumentNullException>("path", () => _connection.RestoreFrom(null!));
        Assert.Throws<ArgumentNullException>("connection", () => ((SqliteConnection)null!).RestoreFrom(_copy));
        Assert.Equal(3L, _connection.Scalar("SELECT count(*) FROM item"));
        Assert.Equal(["copy.db", "other", "test.db", "test.db-shm", "test.db-wal"], Directory.GetFiles(_database.Folder).Select(Path.GetFileName).Order());

        void AssertIsNamed()
        {
            var exception = Assert.Throws<SqliteException>(() => _connection.RestoreFrom(path));
            Assert.Equal(26, exception.SqliteErrorCode);
            Assert.Contains($"'{path}'", exception.Message);
        }
    }

    [Fact]
    public void Refuses_a_connection_that_is_closed_or_read_only_or_in_a_transaction()
    {
        using var closed = new SqliteConnection(_database.Unpooled);
        Assert.Throws<InvalidOperationException>(() => closed.RestoreFrom(_copy));
        using var reader = _database.Open(";Mode=ReadOnly");
        Assert.Contains("read-only", Assert.Throws<InvalidOperationException>(() => reader.RestoreFrom(_copy)).Message);
        _connection.Run("BEGIN");
        Assert.Contains("transaction", Assert.Throws<InvalidOperationException>(() => _connection.RestoreFrom(_copy)).Message);
    }

    private object? CopyRows()
    {
        using var connection = new SqliteConnection($"Data Source={_copy};Pooling=False");
        connection.Open();
        return connection.Scalar("SELECT count(*) FROM item");
    }
}
