using System.Collections.Concurrent;
using System.Diagnostics;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What a user leaves on a connection does not reach the next user of the pool who opens it configured.</summary>
public sealed class PooledConnectionTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public PooledConnectionTests()
    {
        using var connection = _database.OpenConfigured();
        connection.Run("CREATE TABLE item (id INTEGER)");
    }

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("BEGIN; SELECT * FROM item")]
    [InlineData("BEGIN IMMEDIATE; INSERT INTO item VALUES (1)")]
    [InlineData("SAVEPOINT s; INSERT INTO item VALUES (1)")]
    public void An_open_transaction_is_rolled_back_on_opening_and_that_is_said(string sql)
    {
        using (var first = new SqliteConnection(_database.Pooled))
        {
            first.Open();
            first.Run(sql);
        }

        using var warnings = new TraceWarnings();
        using (var second = new SqliteConnection(_database.Pooled))
        {
            second.OpenConfigured();
            Assert.Equal(0L, second.Scalar("SELECT count(*) FROM item"));
            second.Run("BEGIN; INSERT INTO item VALUES (2); COMMIT");
        }

        Assert.Contains(warnings.Texts, text => text.Contains(_database.Path) && text.Contains("rolled back"));
    }

    [Fact]
    public void A_connection_that_somebody_else_has_just_opened_is_put_in_order_too()
    {
        using (var first = new SqliteConnection(_database.Pooled))
        {
            first.OpenConfigured(new() { CacheSize = 77 });
            first.Run("BEGIN; INSERT INTO item VALUES (1)");
        }

        using var second = new SqliteConnection(_database.Pooled);
        second.Open();
        Assert.Equal(77L, second.Scalar("PRAGMA cache_size"));
        second.ConfigureOpened();

        Assert.Equal(0L, second.Scalar("SELECT count(*) FROM item"));
        Assert.Equal(-2000L, second.Scalar("PRAGMA cache_size"));
        Assert.Equal(30_000L, second.Scalar("PRAGMA busy_timeout"));
    }

    [Fact]
    public void A_connection_that_somebody_else_has_opened_is_closed_when_it_cannot_be_configured()
    {
        using var connection = new SqliteConnection($"Data Source={_database.Path};Pooling=False;Default Timeout=1");
        using var reader = _database.Open();
        reader.Run("PRAGMA journal_mode=DELETE; BEGIN; SELECT * FROM item");
        connection.Open();
        Assert.Equal(5, Assert.Throws<SqliteException>(() => connection.ConfigureOpened()).SqliteErrorCode);
        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
        Assert.Throws<InvalidOperationException>(() => connection.ConfigureOpened());
    }

    [Fact]
    public void Nothing_is_said_where_nothing_was_left()
    {
        using var warnings = new TraceWarnings();
        for (var i = 0; i < 2; i++)
        {
            using var connection = new SqliteConnection(_database.Pooled);
            connection.OpenConfigured();
        }

        Assert.DoesNotContain(warnings.Texts, text => text.Contains(_database.Path));
    }

    [Fact]
    public void A_connection_that_is_open_already_keeps_its_transaction()
    {
        using var connection = _database.Open();
        connection.Run("BEGIN; INSERT INTO item VALUES (1)");
        Assert.Throws<InvalidOperationException>(() => connection.OpenConfigured());
        connection.Run("COMMIT");
        Assert.Equal(1L, connection.Scalar("SELECT count(*) FROM item"));
    }

    public static TheoryData<string, SqliteConnectionOptions> OtherOptions => new()
    {
        { "foreign_keys", new() { ForeignKeys = false } },
        { "cache_size", new() { CacheSize = 77 } },
        { "temp_store", new() { TempStore = SqliteTempStore.Memory } },
        { "wal_autocheckpoint", SqliteConnectionOptions.Litestream },
        { "mmap_size", new() { MmapSize = 1_048_576 } },
        { "journal_size_limit", new() { JournalSizeLimit = 4_096 } },
    };

    [Theory]
    [MemberData(nameof(OtherOptions))]
    public void What_the_options_of_the_last_user_set_and_those_of_the_next_leave_alone_is_as_it_was_before(string pragma, SqliteConnectionOptions options)
    {
        object? before;
        using (var bare = _database.Open())
        {
            before = bare.Scalar($"PRAGMA {pragma}");
        }

        for (var round = 0; round < 3; round++)
        {
            using (var first = new SqliteConnection(_database.Pooled))
            {
                first.OpenConfigured(options);
                Assert.NotEqual(before, first.Scalar($"PRAGMA {pragma}"));
            }

            using var second = new SqliteConnection(_database.Pooled);
            second.OpenConfigured();
            Assert.Equal(before, second.Scalar($"PRAGMA {pragma}"));
        }
    }

    [Fact]
    public void Configuring_again_within_one_opening_leaves_alone_what_the_first_time_set()
    {
        using var connection = _database.OpenConfigured(new() { CacheSize = 77 });
        connection.Configure(new() { ForeignKeys = false });
        Assert.Equal(77L, connection.Scalar("PRAGMA cache_size"));
        Assert.Equal(0L, connection.Scalar("PRAGMA foreign_keys"));
    }

    private sealed class TraceWarnings : TraceListener
    {
        public TraceWarnings() => Trace.Listeners.Add(this);

        public ConcurrentQueue<string> Texts { get; } = [];

        public override void TraceEvent(TraceEventCache? eventCache, string source, TraceEventType eventType, int id, string? format, params object?[]? args) =>
            Texts.Enqueue(string.Format(null, format!, args ?? []));

        public override void Write(string? message)
        {
        }

        public override void WriteLine(string? message)
        {
        }

        protected override void Dispose(bool disposing)
        {
            Trace.Listeners.Remove(this);
            base.Dispose(disposing);
        }
    }
}
