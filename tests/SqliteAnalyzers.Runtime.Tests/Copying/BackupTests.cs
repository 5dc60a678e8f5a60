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
        var exception = Assert.Throws<SqliteException>(() => _connection.BackupTo(_copy, overwrite: true));
        Assert.Equal(26, exception.SqliteErrorCode);
        Assert.Contains($"'{_copy}'", exception.Message);
    }

    [Fact]
    public void Refuses_an_open_transaction_because_its_rows_would_be_copied()
    {
        _connection.Run("BEGIN IMMEDIATE; INSERT INTO item VALUES (3)");
        Assert.Throws<InvalidOperationException>(() => _connection.BackupTo(_copy));
        Assert.False(File.Exists(_copy));
    }

    [Theory]
    [InlineData("DELETE", 4096)]
    [InlineData("DELETE", 8192)]
    [InlineData("WAL", 4096)]
    [InlineData("WAL", 512)]
    [InlineData("WAL", 65536)]
    public void Replaces_a_database_of_any_page_size_and_journal_mode(string journalMode, int pageSize)
    {
        using (var old = new SqliteConnection($"Data Source={_copy};Pooling=False"))
        {
            old.Open();
            old.Run($"PRAGMA page_size={pageSize}; PRAGMA journal_mode={journalMode}; CREATE TABLE old (id INTEGER); INSERT INTO old VALUES (1)");
        }

        _connection.BackupTo(_copy, overwrite: true);

        Assert.Equal(2L, RowsOf(_copy));
        Assert.Equal("delete", JournalModeOf(_copy));
    }

    [Fact]
    public void Replaces_a_database_that_others_have_open()
    {
        _connection.BackupTo(_copy, keepWalMode: true);
        using var user = new SqliteConnection($"Data Source={_copy};Pooling=False");
        user.Open();
        user.Run("BEGIN; SELECT count(*) FROM item");
        _connection.Run("INSERT INTO item VALUES (3)");

        _connection.BackupTo(_copy, overwrite: true);

        Assert.Equal(2L, user.Scalar("SELECT count(*) FROM item"));
        user.Run("COMMIT");
        Assert.Equal(3L, user.Scalar("SELECT count(*) FROM item"));
        user.Run("INSERT INTO item VALUES (4)");
        Assert.Equal(4L, RowsOf(_copy));
        Assert.Equal("ok", user.Scalar("PRAGMA integrity_check"));
    }

    [Theory]
    [InlineData(true, "wal")]
    [InlineData(false, "delete")]
    public void Is_in_wal_mode_only_if_asked(bool keepWalMode, string expected)
    {
        _connection.BackupTo(_copy, keepWalMode: keepWalMode);
        Assert.Equal(expected, JournalModeOf(_copy));
        _connection.BackupTo(_copy, overwrite: true, keepWalMode: keepWalMode);
        Assert.Equal(expected, JournalModeOf(_copy));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Waits_as_commands_do_for_whoever_holds_a_lock(bool onTheCopy)
    {
        _connection.Run("PRAGMA journal_mode=DELETE");
        _connection.BackupTo(_copy);
        _connection.Run("INSERT INTO item VALUES (3)");
        using var holder = new SqliteConnection($"Data Source={(onTheCopy ? _copy : _database.Path)};Pooling=False");
        holder.Open();
        holder.Run("BEGIN EXCLUSIVE");
        using var end = new Later(300, () => holder.Run("COMMIT"));
        using var connection = _database.Open();

        connection.BackupTo(_copy, overwrite: true);

        Assert.Equal(3L, RowsOf(_copy));
    }

    [Fact]
    public void Gives_up_when_the_command_timeout_is_over()
    {
        _connection.BackupTo(_copy);
        using var holder = new SqliteConnection($"Data Source={_copy};Pooling=False");
        holder.Open();
        holder.Run("BEGIN IMMEDIATE");
        using var connection = _database.Open(";Default Timeout=1");
        var exception = Assert.Throws<SqliteException>(() => connection.BackupTo(_copy, overwrite: true));
        Assert.Equal(5, exception.SqliteErrorCode);
        Assert.Contains("as it was", exception.Message);
    }

    [Fact]
    public void Is_not_made_onto_the_database_under_another_name()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.CreateSymbolicLink(_copy, _database.Path);
        Assert.Throws<ArgumentException>("path", () => _connection.BackupTo(_copy, overwrite: true));
        File.Delete(_copy);
        File.CreateSymbolicLink(_copy, "./test.db");
        Assert.Throws<ArgumentException>("path", () => _connection.BackupTo(_copy, overwrite: true));
        File.Delete(_copy);
        using (var link = System.Diagnostics.Process.Start("ln", [_database.Path, _copy]))
        {
            link.WaitForExit();
        }

        Assert.Throws<ArgumentException>("path", () => _connection.BackupTo(_copy, overwrite: true));
        Assert.Throws<ArgumentException>("path", () => _connection.BackupTo(Path.Combine(_database.Folder, "..", Path.GetFileName(_database.Folder), "test.db"), overwrite: true));
        Assert.Equal(2L, _connection.Scalar("SELECT count(*) FROM item"));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    public void Has_the_permissions_of_the_database(UnixFileMode permissions)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_database.Path, permissions);
        var path = Path.Combine(_database.Folder, "a % copy? #1 ü.db");
        _connection.BackupTo(path);
        Assert.Equal(permissions, File.GetUnixFileMode(path));
        Assert.Equal(2L, RowsOf(path));
    }

    [Fact]
    public void Reports_its_progress_to_the_end()
    {
        _connection.Run("CREATE TABLE filler (bytes); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO filler SELECT zeroblob(3000) FROM n");
        var reports = new Reports();

        _connection.BackupTo(_copy, progress: reports);

        Assert.InRange(reports.All.Count, 5, 100);
        Assert.Equal(reports.All.Select(r => r.CopiedPages).Order(), reports.All.Select(r => r.CopiedPages));
        Assert.All(reports.All, r => Assert.Equal(reports.All[^1].PageCount, r.PageCount));
        Assert.Equal(_connection.Scalar("PRAGMA page_count"), (long)reports.All[^1].CopiedPages);
    }

    [Fact]
    public void Is_the_state_of_one_moment_whatever_others_write_meanwhile()
    {
        _connection.Run("CREATE TABLE filler (bytes); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO filler SELECT zeroblob(3000) FROM n");
        using var writer = _database.Open();
        var reports = new Reports { OnReport = r => writer.Run("INSERT INTO filler VALUES (zeroblob(3000)); INSERT INTO item VALUES (NULL)") };

        _connection.BackupTo(_copy, progress: reports);

        Assert.InRange(reports.All.Count, 5, 100);
        Assert.Equal(2L, RowsOf(_copy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Can_be_cancelled_and_then_nothing_has_changed(bool overwrite)
    {
        if (overwrite)
        {
            _connection.BackupTo(_copy);
        }

        _connection.Run("CREATE TABLE filler (bytes); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO filler SELECT zeroblob(3000) FROM n; INSERT INTO item VALUES (3)");
        using var cancellation = new CancellationTokenSource();
        var reports = new Reports { OnReport = _ => cancellation.Cancel() };

        Assert.Throws<OperationCanceledException>(() => _connection.BackupTo(_copy, overwrite, progress: reports, cancellationToken: cancellation.Token));

        Assert.Single(reports.All);
        Assert.Equal(overwrite ? ["copy.db"] : [], Directory.GetFiles(_database.Folder, "copy.db*").Select(Path.GetFileName));
        if (overwrite)
        {
            Assert.Equal(2L, RowsOf(_copy));
        }

        Assert.True(_connection.Checkpoint(SqliteCheckpointMode.Truncate).IsComplete);
    }

    [Fact]
    public void Copies_nothing_uncommitted_that_a_report_writes()
    {
        _connection.Run("CREATE TABLE filler (bytes); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO filler SELECT zeroblob(3000) FROM n");
        var reports = new Reports { OnReport = _ => _connection.Run("BEGIN; INSERT INTO item VALUES (9)") };

        Assert.Throws<InvalidOperationException>(() => _connection.BackupTo(_copy, progress: reports));

        Assert.False(File.Exists(_copy));
        _connection.Run("ROLLBACK");
    }

    [Fact]
    public void Prepares_the_connection_to_the_copy_before_it_is_used()
    {
        var prepared = new List<string>();
        _connection.BackupTo(_copy, prepareConnection: c => prepared.Add($"{Path.GetExtension(c.DataSource)} {c.Scalar("PRAGMA page_count")}"));
        _connection.BackupTo(_copy, overwrite: true, prepareConnection: c => prepared.Add($"{Path.GetExtension(c.DataSource)} {c.Scalar("PRAGMA page_count")}"));
        Assert.Equal([".unfinished 0", ".db 2"], prepared);
        Assert.Throws<FormatException>(() => _connection.BackupTo(_copy + "2", prepareConnection: _ => throw new FormatException()));
        Assert.Single(Directory.GetFiles(_database.Folder, "copy.db*"));
    }

    [Fact]
    public void Of_two_at_the_same_time_one_is_made_and_the_other_refused()
    {
        for (var round = 0; round < 20; round++)
        {
            var outcomes = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Select(_ =>
            {
                using var connection = _database.Open();
                return Record.Exception(() => connection.BackupTo(_copy));
            }).ToArray();

            Assert.Single(outcomes, exception => exception is null);
            Assert.All(outcomes, exception => Assert.True(exception is null or IOException, exception?.ToString()));
            Assert.Equal(2L, RowsOf(_copy));
            Assert.Single(Directory.GetFiles(_database.Folder, "copy.db*"));
            File.Delete(_copy);
        }
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

    private static object? JournalModeOf(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection.Scalar("PRAGMA journal_mode");
    }
}
