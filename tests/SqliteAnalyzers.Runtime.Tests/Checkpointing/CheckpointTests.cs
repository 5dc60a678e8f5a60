using System.Diagnostics;

namespace SqliteAnalyzers.Runtime.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _connection;

    public CheckpointTests()
    {
        _connection = _database.OpenConfigured();
        _connection.Run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO item (name) VALUES ('a'), ('b')");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData(SqliteCheckpointMode.Passive)]
    [InlineData(SqliteCheckpointMode.Full)]
    [InlineData(SqliteCheckpointMode.Restart)]
    public void Moves_everything_into_the_database_file(SqliteCheckpointMode mode)
    {
        var result = _connection.Checkpoint(mode);

        Assert.True(result.IsComplete);
        Assert.False(result.Busy);
        Assert.InRange(result.LogFrames, 1, 100);
        Assert.Equal(result.LogFrames, result.CheckpointedFrames);
        Assert.Equal(2L, RowsInTheDatabaseFileAlone());
    }

    [Fact]
    public void Truncate_empties_the_log()
    {
        Assert.Equal(new SqliteCheckpointResult(Busy: false, LogFrames: 0, CheckpointedFrames: 0), _connection.Checkpoint(SqliteCheckpointMode.Truncate));
        Assert.Equal(0, new FileInfo(_database.Path + "-wal").Length);
    }

    [Fact]
    public void Moves_everything_on_a_connection_that_has_read_nothing_yet()
    {
        using var fresh = _database.Open();

        Assert.InRange(fresh.Checkpoint().CheckpointedFrames, 1, 100);

        Assert.Equal(2L, RowsInTheDatabaseFileAlone());
    }

    [Fact]
    public void Is_complete_where_there_is_no_log()
    {
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        Assert.Equal(new SqliteCheckpointResult(Busy: false, LogFrames: -1, CheckpointedFrames: -1), memory.Checkpoint());
        Assert.True(memory.TryCheckpoint().IsComplete);
    }

    [Theory]
    [InlineData("BEGIN IMMEDIATE; INSERT INTO item (name) VALUES ('c')")]
    [InlineData("BEGIN; SELECT * FROM item")]
    public void Says_at_once_that_its_own_transaction_is_in_the_way(string sql)
    {
        _connection.Run(sql);
        var watch = Stopwatch.StartNew();

        var exception = Assert.Throws<SqliteException>(() => _connection.Checkpoint());

        Assert.Equal(6, exception.SqliteErrorCode);
        Assert.Contains("this connection's own transaction is open", exception.Message);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1_500);
        Assert.Throws<SqliteException>(() => _connection.TryCheckpoint());
    }

    [Fact]
    public void Says_at_once_that_its_own_reader_is_in_the_way_until_it_is_read_to_the_end()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT * FROM item";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        var watch = Stopwatch.StartNew();

        var exception = Assert.Throws<SqliteException>(() => _connection.Checkpoint());

        Assert.Equal(6, exception.SqliteErrorCode);
        Assert.Contains("still reading", exception.Message);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1_500);
        while (reader.Read())
        {
        }

        Assert.True(_connection.Checkpoint().IsComplete);
    }

    [Theory]
    [InlineData(SqliteCheckpointMode.Full)]
    [InlineData(SqliteCheckpointMode.Restart)]
    [InlineData(SqliteCheckpointMode.Truncate)]
    public void Waits_its_own_timeout_for_another_writer_and_names_it(SqliteCheckpointMode mode)
    {
        using var writer = _database.Open();
        writer.Run("BEGIN IMMEDIATE");
        var watch = Stopwatch.StartNew();

        var exception = Assert.Throws<SqliteException>(() => _connection.Checkpoint(mode, TimeSpan.FromMilliseconds(200)));

        Assert.Equal(5, exception.SqliteErrorCode);
        Assert.Contains("open write transaction", exception.Message);
        Assert.Contains("200 ms", exception.Message);
        Assert.Contains("Nothing is lost", exception.Message);
        Assert.InRange(watch.ElapsedMilliseconds, 150, 5_000);
        Assert.Equal(30_000L, _connection.Scalar("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Does_not_wait_for_a_writer_when_passive()
    {
        using var writer = _database.Open();
        writer.Run("BEGIN IMMEDIATE; INSERT INTO item (name) VALUES ('c')");

        Assert.True(_connection.Checkpoint(SqliteCheckpointMode.Passive).IsComplete);
    }

    [Fact]
    public void Reports_how_far_it_came_beside_a_reader_of_an_older_state()
    {
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");
        _connection.Run("INSERT INTO item (name) VALUES ('c')");

        var result = _connection.TryCheckpoint(SqliteCheckpointMode.Full, TimeSpan.Zero);

        Assert.True(result.Busy);
        Assert.False(result.IsComplete);
        Assert.True(result.CheckpointedFrames < result.LogFrames, result.ToString());

        var passive = _connection.TryCheckpoint(SqliteCheckpointMode.Passive);
        Assert.False(passive.Busy);
        Assert.False(passive.IsComplete);
        Assert.Contains("PASSIVE waits for nobody", Assert.Throws<SqliteException>(() => _connection.Checkpoint(SqliteCheckpointMode.Passive)).Message);
    }

    [Fact]
    public void Succeeds_as_soon_as_the_reader_ends()
    {
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");
        _connection.Run("INSERT INTO item (name) VALUES ('c')");
        using var end = new Later(150, () => reader.Run("COMMIT"));

        Assert.True(_connection.Checkpoint(timeout: TimeSpan.FromSeconds(20)).IsComplete);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_234)]
    [InlineData(30_000)]
    public void Puts_the_busy_timeout_back(int milliseconds)
    {
        _connection.Run($"PRAGMA busy_timeout={milliseconds}");
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");
        _connection.Run("INSERT INTO item (name) VALUES ('c')");

        _connection.TryCheckpoint(timeout: TimeSpan.FromMilliseconds(20));

        Assert.Equal((long)milliseconds, _connection.Scalar("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Puts_the_busy_timeout_back_after_an_error()
    {
        _connection.Run("BEGIN IMMEDIATE; INSERT INTO item (name) VALUES ('c')");
        Assert.Throws<SqliteException>(() => _connection.Checkpoint());
        Assert.Equal(30_000L, _connection.Scalar("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Checkpoints_of_one_file_in_this_process_do_not_disturb_each_other()
    {
        var results = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(number =>
        {
            using var connection = _database.OpenConfigured();
            for (var i = 0; i < 5; i++)
            {
                connection.Run($"INSERT INTO item (name) VALUES ('{number}')");
                connection.Checkpoint((SqliteCheckpointMode)(1 + (i % 3)), TimeSpan.FromSeconds(30));
            }

            return true;
        }).ToArray();

        Assert.Equal(8, results.Length);
        Assert.Equal(42L, _connection.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task A_passive_one_waits_for_nobody_not_for_another_checkpoint_either()
    {
        using var writer = _database.Open();
        writer.Run("BEGIN IMMEDIATE");
        using var other = _database.OpenConfigured();
        var waiting = Task.Run(() => other.TryCheckpoint(timeout: TimeSpan.FromSeconds(3)), TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();

        Assert.True(_connection.TryCheckpoint(SqliteCheckpointMode.Passive).Busy);
        var message = Assert.Throws<SqliteException>(() => _connection.Checkpoint(SqliteCheckpointMode.Passive, TimeSpan.FromSeconds(20))).Message;

        Assert.InRange(watch.ElapsedMilliseconds, 0, 1_500);
        Assert.Contains("was making a checkpoint", message);
        Assert.DoesNotContain(" ms", message);
        Assert.True((await waiting).Busy);
    }

    [Theory]
    [InlineData(SqliteCheckpointMode.Restart)]
    [InlineData(SqliteCheckpointMode.Truncate)]
    public void Names_a_reader_of_the_newest_state_as_what_it_is(SqliteCheckpointMode mode)
    {
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");

        var message = Assert.Throws<SqliteException>(() => _connection.Checkpoint(mode, TimeSpan.FromMilliseconds(50))).Message;

        Assert.DoesNotContain("older state", message);
        Assert.Contains("reads from the -wal file", message);
        Assert.True(_connection.Checkpoint(SqliteCheckpointMode.Full).IsComplete);
    }

    [Fact]
    public void Names_a_reader_of_an_older_state_and_no_writer_where_there_is_none()
    {
        using var reader = _database.Open();
        reader.Run("BEGIN; SELECT * FROM item");
        _connection.Run("INSERT INTO item (name) VALUES ('c')");

        var message = Assert.Throws<SqliteException>(() => _connection.Checkpoint(timeout: TimeSpan.FromMilliseconds(50))).Message;

        Assert.Contains("reads from an older state", message);
        Assert.DoesNotContain("write transaction", message);
    }

    [Theory]
    [InlineData("BEGIN; SELECT * FROM item")]
    [InlineData("BEGIN IMMEDIATE; INSERT INTO item (name) VALUES ('c')")]
    public void In_a_shared_cache_the_transaction_of_another_connection_is_waited_for_and_not_taken_for_its_own(string sql)
    {
        using var first = _database.Open(";Cache=Shared");
        using var second = _database.Open(";Cache=Shared");
        first.Scalar("SELECT count(*) FROM item");
        second.Run(sql);

        Assert.True(first.TryCheckpoint(timeout: TimeSpan.FromMilliseconds(50)).Busy);
        Assert.Contains("Cache=Shared", Assert.Throws<SqliteException>(() => first.Checkpoint(timeout: TimeSpan.FromMilliseconds(50))).Message);

        using var end = new Later(150, () => second.Run("COMMIT"));
        Assert.True(first.Checkpoint(timeout: TimeSpan.FromSeconds(20)).IsComplete);
    }

    [Fact]
    public async Task Gives_up_in_time_when_another_checkpoint_of_the_file_in_this_process_waits()
    {
        using var writer = _database.Open();
        writer.Run("BEGIN IMMEDIATE");
        using var other = _database.OpenConfigured();
        var waiting = Task.Run(() => other.TryCheckpoint(timeout: TimeSpan.FromSeconds(2)), TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();

        var result = _connection.TryCheckpoint(timeout: TimeSpan.FromMilliseconds(100));

        Assert.Equal(new SqliteCheckpointResult(Busy: true, LogFrames: -1, CheckpointedFrames: -1), result);
        Assert.InRange(watch.ElapsedMilliseconds, 50, 1_500);
        Assert.True((await waiting).Busy);
    }

    [Fact]
    public void Refuses_a_read_only_connection()
    {
        using var reader = new SqliteConnection(_database.Unpooled + ";Mode=ReadOnly");
        reader.Open();
        Assert.Contains("read-only", Assert.Throws<SqliteException>(() => reader.Checkpoint()).Message);
    }

    [Fact]
    public void Reaches_an_attached_database_by_name()
    {
        var attached = Path.Combine(_database.Folder, "attached.db");
        _connection.Run($"ATTACH '{attached}' AS other; PRAGMA other.journal_mode=WAL; CREATE TABLE other.t (id INTEGER)");

        Assert.True(_connection.Checkpoint(SqliteCheckpointMode.Truncate, databaseName: "other").IsComplete);

        Assert.Equal(0, new FileInfo(attached + "-wal").Length);
        Assert.Contains("no_such", Assert.Throws<SqliteException>(() => _connection.Checkpoint(databaseName: "no_such")).Message);
    }

    [Fact]
    public void Wrong_arguments_are_refused_by_name_and_value()
    {
        Assert.Equal(9, (int)Assert.Throws<ArgumentOutOfRangeException>("mode", () => _connection.Checkpoint((SqliteCheckpointMode)9)).ActualValue!);
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => _connection.Checkpoint(timeout: TimeSpan.FromMilliseconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => _connection.TryCheckpoint(timeout: TimeSpan.FromDays(25)));
        Assert.Throws<ArgumentException>("databaseName", () => _connection.Checkpoint(databaseName: ""));
        Assert.Throws<ArgumentException>("databaseName", () => _connection.TryCheckpoint(databaseName: ""));
        Assert.Throws<ArgumentNullException>("databaseName", () => _connection.Checkpoint(databaseName: null!));
        Assert.Throws<ArgumentNullException>("connection", () => ((SqliteConnection)null!).Checkpoint());
        using var closed = new SqliteConnection(_database.Unpooled);
        Assert.Throws<InvalidOperationException>(() => closed.Checkpoint());
    }

    private object? RowsInTheDatabaseFileAlone()
    {
        using var connection = new SqliteConnection($"Data Source=file:{_database.Path}?immutable=1;Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection.Scalar("SELECT count(*) FROM item");
    }
}
