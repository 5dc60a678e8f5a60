namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What SQLite plays into a database of a name, and killed processes leave, must not get into a copy of that name.</summary>
public sealed class LeftOverFilesTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;
    private readonly string _copy;

    public LeftOverFilesTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) INSERT INTO item SELECT i FROM n");
        _copy = Path.Combine(_database.Folder, "copy.db");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData("-wal")]
    [InlineData("-journal")]
    [InlineData("-shm")]
    public void A_new_copy_holds_what_the_database_holds_or_is_refused(string end)
    {
        LeaveBehind(end);

        var exception = Record.Exception(() => _connection.BackupTo(_copy));

        if (exception is null)
        {
            AssertCopyIsComplete();
        }
        else
        {
            Assert.Contains("copy.db" + end, Assert.IsType<IOException>(exception).Message);
            Assert.True(File.Exists(_copy + end));
            Assert.False(File.Exists(_copy));
        }

        _connection.BackupTo(_copy, overwrite: true);
        AssertCopyIsComplete();
    }

    [Fact]
    public void A_copy_that_was_used_and_deleted_leaves_nothing_that_gets_into_the_next()
    {
        _connection.BackupTo(_copy);
        var user = new SqliteConnection($"Data Source={_copy}");
        user.Open();
        user.Run("DELETE FROM item");
        user.Dispose();
        File.Delete(_copy);

        _connection.BackupTo(_copy);

        AssertCopyIsComplete();
        SqliteConnection.ClearPool(user);
    }

    [Fact]
    public void A_copy_is_one_file_also_after_it_was_read()
    {
        _connection.BackupTo(_copy);
        using (var reader = new SqliteConnection($"Data Source={_copy}"))
        {
            reader.Open();
            Assert.Equal(5L, reader.Scalar("SELECT count(*) FROM item"));
            reader.Run("INSERT INTO item VALUES (6)");
            Assert.Equal(["copy.db"], Directory.GetFiles(_database.Folder, "copy.db*").Select(Path.GetFileName));
            SqliteConnection.ClearPool(reader);
        }
    }

    [Fact]
    public void The_unfinished_copy_of_a_process_that_was_killed_is_deleted_by_the_next()
    {
        var leftOver = $"{_copy}.{Guid.NewGuid():N}.unfinished";
        File.WriteAllBytes(leftOver, new byte[10_000]);
        File.WriteAllText(leftOver + "-journal", "begun");
        var ofAnother = Path.Combine(_database.Folder, $"copy.db2.{Guid.NewGuid():N}.unfinished");
        File.WriteAllText(ofAnother, "");
        var users = _copy + ".notes.unfinished";
        File.WriteAllText(users, "mine");

        _connection.BackupTo(_copy);

        Assert.False(File.Exists(leftOver));
        Assert.False(File.Exists(leftOver + "-journal"));
        Assert.True(File.Exists(ofAnother));
        Assert.Equal("mine", File.ReadAllText(users));
        AssertCopyIsComplete();
    }

    private void AssertCopyIsComplete()
    {
        using var copy = new SqliteConnection($"Data Source={_copy};Pooling=False");
        copy.Open();
        Assert.Equal("ok", copy.Scalar("PRAGMA integrity_check"));
        Assert.Equal("1,2,3,4,5", copy.Scalar("SELECT group_concat(id) FROM item"));
    }

    // As a process leaves it that was killed, and whose database was deleted alone.
    private void LeaveBehind(string end)
    {
        using (var old = new SqliteConnection($"Data Source={_copy};Pooling=False"))
        {
            old.Open();
            old.Run(
                end == "-journal"
                    ? "PRAGMA page_size=4096; CREATE TABLE item (id INTEGER PRIMARY KEY, filler); INSERT INTO item VALUES (1, randomblob(500000)); PRAGMA cache_size=1; BEGIN; UPDATE item SET filler = randomblob(500000); INSERT INTO item VALUES (2, randomblob(500000))"
                    : "PRAGMA journal_mode=WAL; CREATE TABLE item (id INTEGER PRIMARY KEY, filler); INSERT INTO item VALUES (1, randomblob(500))");
            File.Copy(_copy + end, _copy + "-kept");
        }

        File.Delete(_copy);
        File.Move(_copy + "-kept", _copy + end, overwrite: true);
    }
}
