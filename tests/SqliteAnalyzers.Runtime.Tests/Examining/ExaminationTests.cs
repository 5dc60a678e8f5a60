namespace SqliteAnalyzers.Runtime.Tests;

public sealed class ExaminationTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Finds_nothing_where_all_is_as_recommended()
    {
        using var connection = _database.OpenConfigured();
        connection.Run("CREATE TABLE item (id INTEGER)");
        Assert.Empty(SqliteExamination.Of(connection, checkIntegrity: true).Findings);
        Assert.Equal($"{_database.Path}: nothing found.", SqliteExamination.Of(connection).ToString());
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        Assert.Empty(SqliteExamination.Of(memory, checkIntegrity: true).Findings);
    }

    [Fact]
    public void Tells_of_a_connection_that_nobody_configured_under_the_rules_ids()
    {
        using var connection = _database.Open();
        connection.Run("CREATE TABLE item (id INTEGER); PRAGMA foreign_keys=OFF");

        var examination = SqliteExamination.Of(connection);

        Assert.Equal(_database.Path, examination.File);
        Assert.Equal(
            [("SQLITE3001", "journal_mode", "delete", "wal"), (null, "foreign_keys", "off", "on"), ("SQLITE3011", "busy_timeout", "0", "30000")],
            examination.Findings.Select(f => (f.Rule, f.Subject, f.Found, f.Recommended)));
        connection.Run("PRAGMA foreign_keys=ON");
        connection.Configure();
        Assert.Empty(SqliteExamination.Of(connection).Findings);
    }

    [Theory]
    [InlineData("PRAGMA synchronous=OFF", "synchronous", null)]
    [InlineData("PRAGMA synchronous=FULL", "synchronous", "SQLITE3011")]
    [InlineData("PRAGMA wal_autocheckpoint=0", "wal_autocheckpoint", null)]
    [InlineData("PRAGMA busy_timeout=0", "busy_timeout", "SQLITE3011")]
    [InlineData("BEGIN IMMEDIATE; INSERT INTO item VALUES (1)", "transaction", "SQLITE1002")]
    [InlineData("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL", "journal_mode", "SQLITE3001")]
    public void Tells_of_each_setting(string sql, string subject, string? rule)
    {
        using var connection = _database.OpenConfigured();
        connection.Run("CREATE TABLE item (id INTEGER)");
        connection.Run(sql);
        var finding = Assert.Single(SqliteExamination.Of(connection).Findings);
        Assert.Equal((subject, rule), (finding.Subject, finding.Rule));
        Assert.All((string[])[finding.Found, finding.Recommended, finding.Why, finding.Fix], Assert.NotEmpty);
    }

    [Fact]
    public void Tells_of_a_log_that_somebody_keeps()
    {
        using var connection = _database.OpenConfigured(new() { WalAutoCheckpoint = 10_000 });
        connection.Run("CREATE TABLE item (bytes)");
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");
        connection.Run("INSERT INTO item VALUES (randomblob(20000000))");

        var findings = SqliteExamination.Of(connection).Findings;

        Assert.Equal(["-wal file", "checkpoint"], findings.Select(f => f.Subject));
        Assert.Contains("20.", findings[0].Found);
        Assert.Equal("SQLITE2002", findings[1].Rule);
        reader.Run("COMMIT");
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        Assert.Empty(SqliteExamination.Of(connection).Findings);
    }

    [Fact]
    public void Tells_of_left_over_files_and_a_shared_cache()
    {
        using (var connection = _database.Open(";Cache=Shared"))
        {
            connection.Configure();
            connection.Run("CREATE TABLE item (id INTEGER)");
            File.WriteAllText($"{_database.Path}.{Guid.NewGuid():N}.unfinished", "");
            Assert.Equal(["cache", "left-over file"], SqliteExamination.Of(connection).Findings.Select(f => f.Subject));
        }

        File.WriteAllText(_database.Path + "-journal", "x");
        Assert.Equal(["test.db-journal"], SqliteExamination.OfFile(_database.Path).Findings.Where(f => f.Severity == SqliteFindingSeverity.Warning).Select(f => f.Found));
    }

    [Fact]
    public void Looks_at_a_file_that_others_have_open_or_have_left()
    {
        using var connection = _database.OpenConfigured();
        connection.Run("CREATE TABLE item (id INTEGER)");
        var finding = Assert.Single(SqliteExamination.OfFile(_database.Path, checkIntegrity: true).Findings);
        Assert.Equal("test.db-wal", finding.Found);
        Assert.Equal(SqliteFindingSeverity.Info, finding.Severity);
        connection.Checkpoint(SqliteCheckpointMode.Truncate);
        Assert.Empty(SqliteExamination.OfFile(_database.Path).Findings);
    }

    [Fact]
    public void Tells_of_damage_when_asked()
    {
        using (var connection = _database.Open())
        {
            connection.Run("CREATE TABLE item (name TEXT); CREATE INDEX names ON item (name); INSERT INTO item VALUES ('a'), ('b'), ('c')");
        }

        var bytes = File.ReadAllBytes(_database.Path);
        Array.Fill(bytes, (byte)0x77, 4096 + 100, 4000);
        Array.Fill(bytes, (byte)0x77, 8192 + 8, 200);
        File.WriteAllBytes(_database.Path, bytes);

        Assert.Empty(SqliteExamination.OfFile(_database.Path).Findings);
        var finding = Assert.Single(SqliteExamination.OfFile(_database.Path, checkIntegrity: true).Findings);
        Assert.Equal((SqliteFindingSeverity.Error, "integrity"), (finding.Severity, finding.Subject));
    }

    [Fact]
    public void Is_printed_as_a_table()
    {
        using var connection = _database.Open();
        connection.Run("CREATE TABLE item (id INTEGER)");
        var lines = SqliteExamination.Of(connection).ToString().Split(Environment.NewLine);
        Assert.Equal(
            [
                $"{_database.Path}:",
                "         Rule        Subject       Found   Recommended",
                "Warning  SQLITE3001  journal_mode  delete  wal",
                "    Readers and the writer wait for each other, and fail with 'database is locked' when it takes too long.",
                "    Open it by OpenConfigured, or from a ConfiguredSqliteDataSource.",
                "Info     SQLITE3011  busy_timeout  0       30000",
            ],
            lines.Take(6));
    }

    [Fact]
    public void Refuses_wrong_arguments()
    {
        Assert.Throws<ArgumentNullException>("connection", () => SqliteExamination.Of(null!));
        Assert.Throws<ArgumentNullException>("path", () => SqliteExamination.OfFile(null!));
        Assert.Throws<FileNotFoundException>(() => SqliteExamination.OfFile(_database.Path));
        using var closed = new SqliteConnection(_database.Unpooled);
        Assert.Throws<InvalidOperationException>(() => SqliteExamination.Of(closed));
        File.WriteAllText(_database.Path, new string('x', 5_000));
        Assert.Equal(26, Assert.Throws<SqliteException>(() => SqliteExamination.OfFile(_database.Path)).SqliteErrorCode);
    }
}
