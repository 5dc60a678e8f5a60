using System.Diagnostics;

namespace SqliteAnalyzers.Runtime.Tests;

public sealed class ConfigurationTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sets_the_defaults_of_the_options(bool pooled)
    {
        using var connection = new SqliteConnection(pooled ? _database.Pooled : _database.Unpooled);
        connection.OpenConfigured();

        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(1L, connection.Scalar("PRAGMA synchronous"));
        Assert.Equal(30_000L, connection.Scalar("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Leaves_untouched_what_the_defaults_do_not_name()
    {
        using var bare = _database.Open();
        using var configured = _database.OpenConfigured();

        foreach (var name in (string[])["temp_store", "cache_size", "journal_size_limit", "mmap_size", "wal_autocheckpoint", "foreign_keys"])
        {
            Assert.Equal(bare.Scalar($"PRAGMA {name}"), configured.Scalar($"PRAGMA {name}"));
        }
    }

    [Fact]
    public void Sets_every_option()
    {
        using var connection = _database.OpenConfigured(new()
        {
            JournalMode = SqliteJournalMode.Persist,
            Synchronous = SqliteSynchronous.Extra,
            TempStore = SqliteTempStore.File,
            BusyTimeout = TimeSpan.FromMilliseconds(1_234),
            CacheSize = 77,
            JournalSizeLimit = 65_536,
            MmapSize = 1_048_576,
            WalAutoCheckpoint = 12,
            ForeignKeys = false,
        });

        Assert.Equal("persist", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(3L, connection.Scalar("PRAGMA synchronous"));
        Assert.Equal(1L, connection.Scalar("PRAGMA temp_store"));
        Assert.Equal(1_234L, connection.Scalar("PRAGMA busy_timeout"));
        Assert.Equal(77L, connection.Scalar("PRAGMA cache_size"));
        Assert.Equal(65_536L, connection.Scalar("PRAGMA journal_size_limit"));
        Assert.Equal(1_048_576L, connection.Scalar("PRAGMA mmap_size"));
        Assert.Equal(12L, connection.Scalar("PRAGMA wal_autocheckpoint"));
        Assert.Equal(0L, connection.Scalar("PRAGMA foreign_keys"));
    }

    [Fact]
    public void Leaves_null_options_alone()
    {
        using var connection = _database.OpenConfigured(new()
        {
            JournalMode = null,
            Synchronous = null,
            TempStore = null,
            BusyTimeout = null,
            CacheSize = null,
        });

        Assert.Equal("delete", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2L, connection.Scalar("PRAGMA synchronous"));
        Assert.Equal(0L, connection.Scalar("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Repairs_what_the_last_user_of_a_pooled_connection_set()
    {
        using (var first = new SqliteConnection(_database.Pooled))
        {
            first.OpenConfigured();
            first.Run("PRAGMA synchronous=OFF; PRAGMA busy_timeout=1234");
        }

        using (var inheriting = new SqliteConnection(_database.Pooled))
        {
            inheriting.Open();
            Assert.Equal(0L, inheriting.Scalar("PRAGMA synchronous"));
            Assert.Equal(1_234L, inheriting.Scalar("PRAGMA busy_timeout"));
        }

        using var second = new SqliteConnection(_database.Pooled);
        second.OpenConfigured();
        Assert.Equal(1L, second.Scalar("PRAGMA synchronous"));
        Assert.Equal(30_000L, second.Scalar("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Configures_again_after_the_journal_mode_was_changed_back()
    {
        using var connection = _database.OpenConfigured();
        Assert.Equal("delete", connection.Scalar("PRAGMA journal_mode=DELETE"));

        connection.Configure();

        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
    }

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("SAVEPOINT s")]
    public void Refuses_an_open_transaction(string begin)
    {
        using var connection = _database.Open();
        connection.Run(begin);

        var exception = Assert.Throws<InvalidOperationException>(() => connection.Configure());

        Assert.Contains("transaction is open", exception.Message);
        Assert.Equal("delete", connection.Scalar("PRAGMA journal_mode"));
    }

    [Fact]
    public void Refuses_an_open_transaction_of_the_driver()
    {
        using var connection = _database.Open();
        using var transaction = connection.BeginTransaction();
        Assert.Throws<InvalidOperationException>(() => connection.Configure());
    }

    [Fact]
    public void Refuses_a_closed_connection_and_none()
    {
        using var connection = new SqliteConnection(_database.Unpooled);
        Assert.Contains("Closed", Assert.Throws<InvalidOperationException>(() => connection.Configure()).Message);
        Assert.Throws<ArgumentNullException>(() => ((SqliteConnection)null!).Configure());
        Assert.Throws<ArgumentNullException>(() => ((SqliteConnection)null!).OpenConfigured());
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=shared-in-memory;Mode=Memory;Cache=Shared")]
    public void Gives_a_memory_database_what_applies(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.OpenConfigured(new() { MmapSize = 4_096, JournalSizeLimit = 4_096, WalAutoCheckpoint = 5 });

        Assert.NotEqual("wal", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(30_000L, connection.Scalar("PRAGMA busy_timeout"));
        Assert.Equal(1L, connection.Scalar("PRAGMA synchronous"));
    }

    [Theory]
    [InlineData("DELETE", "delete")]
    [InlineData("WAL", "wal")]
    public void Gives_a_read_only_database_what_applies(string journalMode, string found)
    {
        using var writer = _database.Open();
        writer.Run($"PRAGMA journal_mode={journalMode}; CREATE TABLE item (id INTEGER)");
        using var connection = new SqliteConnection(_database.Unpooled + ";Mode=ReadOnly");
        connection.OpenConfigured(new() { MmapSize = 4_096, JournalSizeLimit = 4_096, WalAutoCheckpoint = 5 });

        Assert.Equal(found, connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(30_000L, connection.Scalar("PRAGMA busy_timeout"));
        Assert.Equal(4_096L, connection.Scalar("PRAGMA mmap_size"));
    }

    [Fact]
    public void Says_what_it_found_where_wal_is_refused_and_closes_the_connection_it_opened()
    {
        using var connection = new SqliteConnection($"Data Source=file:{_database.Path}?nolock=1;Pooling=False");

        var exception = Assert.Throws<InvalidOperationException>(() => connection.OpenConfigured());

        Assert.Contains("journal_mode was set to wal", exception.Message);
        Assert.Contains("'delete'", exception.Message);
        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
    }

    [Fact]
    public void Leaves_a_connection_open_that_was_open_before_it_failed()
    {
        using var connection = new SqliteConnection($"Data Source=file:{_database.Path}?nolock=1;Pooling=False");
        connection.Open();

        Assert.Throws<InvalidOperationException>(() => connection.OpenConfigured());

        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
    }

    [Fact]
    public void Says_what_it_found_where_a_size_is_cut()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _database.OpenConfigured(new() { MmapSize = long.MaxValue }));

        Assert.Contains("mmap_size was set to 9223372036854775807", exception.Message);
    }

    [Fact]
    public void Names_the_obstacle_when_wal_cannot_be_entered_because_another_connection_reads()
    {
        using var reader = _database.Open();
        reader.Run("CREATE TABLE item (id INTEGER); BEGIN; SELECT * FROM item");
        using var connection = _database.Open();
        var watch = Stopwatch.StartNew();

        var exception = Assert.Throws<SqliteException>(() => connection.Configure(new() { BusyTimeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Equal(5, exception.SqliteErrorCode);
        Assert.Contains("journal_mode could not be set to wal: another connection", exception.Message);
        Assert.InRange(watch.ElapsedMilliseconds, 200, 5_000);
    }

    [Fact]
    public void Waits_for_a_reader_that_ends_in_time()
    {
        using var reader = _database.Open();
        reader.Run("CREATE TABLE item (id INTEGER); BEGIN; SELECT * FROM item");
        using var connection = _database.Open();
        using var end = new Later(200, () => reader.Run("COMMIT"));

        connection.Configure();

        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
    }

    [Fact]
    public void Answers_wal_at_once_where_it_is_already_on()
    {
        using var reader = _database.OpenConfigured();
        reader.Run("CREATE TABLE item (id INTEGER); BEGIN; SELECT * FROM item");
        var watch = Stopwatch.StartNew();

        using var connection = _database.OpenConfigured();

        Assert.InRange(watch.ElapsedMilliseconds, 0, 5_000);
    }

    [Fact]
    public void Lets_many_connections_enter_wal_in_a_new_file_at_the_same_time()
    {
        var modes = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ =>
        {
            using var connection = _database.OpenConfigured();
            return (string)connection.Scalar("PRAGMA journal_mode")!;
        }).ToArray();

        Assert.All(modes, mode => Assert.Equal("wal", mode));
    }

    [Theory]
    [InlineData(30, 30, 30)]
    [InlineData(1, 30, 1)]
    [InlineData(29, 30, 29)]
    [InlineData(30, 5, 5)]
    [InlineData(10, 5, 5)]
    [InlineData(3, 5, 3)]
    [InlineData(30, 60, 60)]
    [InlineData(45, 60, 60)]
    [InlineData(5, 60, 5)]
    [InlineData(0, 30, 30)]
    public void The_shorter_of_what_the_user_asked_for_holds(int defaultTimeout, int busyTimeout, int expected)
    {
        for (var i = 0; i < 2; i++)
        {
            using var connection = new SqliteConnection($"{_database.Unpooled};Default Timeout={defaultTimeout}");
            connection.OpenConfigured(new() { BusyTimeout = TimeSpan.FromSeconds(busyTimeout) });
            Assert.Equal(1_000L * expected, connection.Scalar("PRAGMA busy_timeout"));
        }
    }

    [Fact]
    public void A_short_command_timeout_ends_the_wait_for_a_lock()
    {
        using var writer = _database.OpenConfigured();
        writer.Run("BEGIN IMMEDIATE");
        using var connection = new SqliteConnection(_database.Unpooled + ";Default Timeout=1");
        connection.OpenConfigured();
        var watch = Stopwatch.StartNew();

        Assert.Equal(5, Assert.Throws<SqliteException>(() => connection.BeginTransaction()).SqliteErrorCode);

        Assert.InRange(watch.ElapsedMilliseconds, 800, 10_000);
    }

    public static TheoryData<SqliteJournalMode?> JournalModes => [(SqliteJournalMode?)null, .. Enum.GetValues<SqliteJournalMode>()];

    [Theory]
    [MemberData(nameof(JournalModes))]
    public void Without_wal_each_commit_waits_for_the_disk_unless_something_else_is_asked_for(SqliteJournalMode? journalMode)
    {
        var options = new SqliteConnectionOptions { JournalMode = journalMode };
        var expected = journalMode == SqliteJournalMode.Wal ? SqliteSynchronous.Normal : SqliteSynchronous.Full;
        Assert.Equal(expected, options.Synchronous);
        Assert.Equal(expected, (SqliteConnectionOptions.Default with { JournalMode = journalMode }).Synchronous);
        Assert.Equal(SqliteSynchronous.Off, (new SqliteConnectionOptions { Synchronous = SqliteSynchronous.Off } with { JournalMode = journalMode }).Synchronous);
        Assert.Null(new SqliteConnectionOptions { JournalMode = journalMode, Synchronous = null }.Synchronous);

        using var connection = _database.OpenConfigured(options);
        Assert.Equal((long)expected, connection.Scalar("PRAGMA synchronous"));
    }

    [Fact]
    public void Temporary_tables_are_never_dropped()
    {
        using var connection = _database.OpenConfigured();
        connection.Run("CREATE TEMP TABLE mine (id INTEGER); INSERT INTO mine VALUES (1)");

        var exception = Assert.Throws<InvalidOperationException>(() => connection.Configure(SqliteConnectionOptions.BulkWork));

        Assert.Contains("temp_store", exception.Message);
        Assert.Equal(1L, connection.Scalar("SELECT id FROM mine"));
        Assert.Equal(-2000L, connection.Scalar("PRAGMA cache_size"));
        connection.Configure(new() { TempStore = SqliteTempStore.Default });
        Assert.Equal(1L, connection.Scalar("SELECT id FROM mine"));
        connection.Run("DROP TABLE mine");
        connection.Configure(SqliteConnectionOptions.BulkWork);
        Assert.Equal(2L, connection.Scalar("PRAGMA temp_store"));
        connection.Run("CREATE TEMP TABLE mine (id INTEGER); INSERT INTO mine VALUES (1)");
        connection.Configure(SqliteConnectionOptions.BulkWork);
        Assert.Equal(1L, connection.Scalar("SELECT id FROM mine"));
    }

    [Fact]
    public void Attached_databases_keep_their_journal_mode()
    {
        using var connection = _database.Open();
        connection.Run($"ATTACH '{Path.Combine(_database.Folder, "attached.db")}' AS other; CREATE TABLE other.item (id INTEGER)");
        for (var i = 0; i < 2; i++)
        {
            connection.Configure();
            Assert.Equal("wal", connection.Scalar("PRAGMA main.journal_mode"));
            Assert.Equal("delete", connection.Scalar("PRAGMA other.journal_mode"));
        }
    }

    [Fact]
    public void Options_with_the_same_values_are_verified_once()
    {
        const int Times = 20;
        Open(new() { CacheSize = -1_234 });
        Open(new() { CacheSize = -1_235 });
        var allocated = Enumerable.Range(0, Times).Sum(_ => Open(new() { CacheSize = -1_234 }));
        var allocatedForOthers = Enumerable.Range(0, Times).Sum(i => Open(new() { CacheSize = -2_000 - i }));

        Assert.True(2 * allocated < allocatedForOthers, $"{allocated} bytes for known values, {allocatedForOthers} for new ones");

        long Open(SqliteConnectionOptions options)
        {
            using var connection = _database.Open();
            var before = GC.GetAllocatedBytesForCurrentThread();
            connection.Configure(options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Ready_made_sets_differ_where_they_say()
    {
        var standard = SqliteConnectionOptions.Default;
        Assert.Equal(standard with { TempStore = SqliteTempStore.Memory, CacheSize = -64_000 }, SqliteConnectionOptions.BulkWork);
        Assert.Equal(standard with { BusyTimeout = TimeSpan.FromSeconds(5), WalAutoCheckpoint = 0 }, SqliteConnectionOptions.Litestream);
    }

    [Fact]
    public void Wrong_options_are_refused_by_name_and_value()
    {
        Refused("JournalMode", "9", () => new() { JournalMode = (SqliteJournalMode)9 });
        Refused("Synchronous", "-1", () => new() { Synchronous = (SqliteSynchronous)(-1) });
        Refused("TempStore", "3", () => new() { TempStore = (SqliteTempStore)3 });
        Refused("BusyTimeout", "-00:00:00.0010000", () => new() { BusyTimeout = TimeSpan.FromMilliseconds(-1) });
        Refused("BusyTimeout", "25", () => new() { BusyTimeout = TimeSpan.FromDays(25) });
        Refused("JournalSizeLimit", "-2", () => new() { JournalSizeLimit = -2 });
        Refused("MmapSize", "-1", () => new() { MmapSize = -1 });
        Refused("WalAutoCheckpoint", "-1", () => new() { WalAutoCheckpoint = -1 });

        static void Refused(string name, string value, Func<SqliteConnectionOptions> make)
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => make());
            Assert.Equal(name, exception.ParamName);
            Assert.StartsWith(value, exception.ActualValue!.ToString());
        }
    }
}
