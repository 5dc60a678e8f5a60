using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What <see cref="SqliteConnectionExtensions.Configure(Microsoft.Data.Sqlite.SqliteConnection, SqliteConnectionOptions?)"/> sets on a connection. A property that is
/// <see langword="null"/> is left as it is, or as it was before an earlier user of the pooled connection had it set.
/// </summary>
/// <remarks>
/// All of it but <see cref="JournalMode"/> belongs to the connection and not to the file, and a pooled connection hands it on to its next user:
/// configure after every <c>Open</c>, which is what <see cref="SqliteConnectionExtensions.OpenConfigured"/> and <c>ConfiguredSqliteDataSource</c> do.
/// Options that have the same values are the same, whether or not they are the same object.
/// Source of each value's meaning: <see href="https://sqlite.org/pragma.html"/>.
/// </remarks>
public sealed record SqliteConnectionOptions
{
    private readonly SqliteSynchronous? _synchronous;
    private readonly bool _synchronousIsSet;

    /// <summary>WAL, synchronous NORMAL, 30 seconds of waiting for a lock, and nothing else: what SQLITE3001 and SQLITE3011 ask for.</summary>
    public static SqliteConnectionOptions Default { get; } = new();

    /// <summary>
    /// <see cref="Default"/> with temporary tables in memory and 64,000 KiB of page cache, for one connection that writes or reads in bulk.
    /// The cache is one for each connection, and the pool has no upper bound: ten connections that each read a table as large as their cache
    /// held 502 MiB with 64,000 KiB, 144 MiB with 16,000 KiB and 21 MiB with SQLite's own 2,000 (measured).
    /// </summary>
    public static SqliteConnectionOptions BulkWork { get; } = new() { TempStore = SqliteTempStore.Memory, CacheSize = -64_000 };

    /// <summary>
    /// <see cref="Default"/> with 5 seconds of waiting for a lock and without automatic checkpoints, which Litestream wants to make itself.
    /// Without Litestream at work the -wal file then grows until somebody checkpoints.
    /// Source: <see href="https://litestream.io/tips/"/>.
    /// </summary>
    public static SqliteConnectionOptions Litestream { get; } = new() { BusyTimeout = TimeSpan.FromSeconds(5), WalAutoCheckpoint = 0 };

    /// <summary>The journal mode. Default: <see cref="SqliteJournalMode.Wal"/>. Not set on memory and read-only databases.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration's.</exception>
    public SqliteJournalMode? JournalMode
    {
        get;
        init => field = InRange(value, value is null or (>= SqliteJournalMode.Delete and <= SqliteJournalMode.Wal), nameof(JournalMode), "one of the journal modes");
    } = SqliteJournalMode.Wal;

    /// <summary>
    /// When to wait for the disk. Default: <see cref="SqliteSynchronous.Normal"/> where <see cref="JournalMode"/> is <see cref="SqliteJournalMode.Wal"/>, and
    /// <see cref="SqliteSynchronous.Full"/> elsewhere: without WAL, NORMAL can corrupt the database when the power fails.
    /// Source: <see href="https://sqlite.org/pragma.html#pragma_synchronous"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration's.</exception>
    public SqliteSynchronous? Synchronous
    {
        get => _synchronousIsSet ? _synchronous : JournalMode == SqliteJournalMode.Wal ? SqliteSynchronous.Normal : SqliteSynchronous.Full;
        init
        {
            _synchronous = InRange(value, value is null or (>= SqliteSynchronous.Off and <= SqliteSynchronous.Extra), nameof(Synchronous), "one of the synchronous levels");
            _synchronousIsSet = true;
        }
    }

    /// <summary>
    /// Where temporary tables are kept. Default: untouched. In SQLite a change of it drops the temporary tables there are: where a connection that is in use has
    /// some, configuring it throws <see cref="InvalidOperationException"/> and changes nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration's.</exception>
    public SqliteTempStore? TempStore
    {
        get;
        init => field = InRange(value, value is null or (>= SqliteTempStore.Default and <= SqliteTempStore.Memory), nameof(TempStore), "one of the places for temporary tables");
    }

    /// <summary>
    /// How long SQLite itself waits for a lock before it reports SQLITE_BUSY. Default: 30 seconds; 0 does not wait. Whole milliseconds, up to 2,147,483,647.
    /// A connection whose <c>Default Timeout</c> is shorter than the 30 seconds of Microsoft.Data.Sqlite waits no longer than that.
    /// A command may wait longer: Microsoft.Data.Sqlite repeats it until <c>CommandTimeout</c> has passed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or too large.</exception>
    public TimeSpan? BusyTimeout
    {
        get;
        init => field = InRange(value, value is null || Milliseconds.AreInRange(value.Value), nameof(BusyTimeout), "from 0 to 2,147,483,647 milliseconds");
    } = TimeSpan.FromSeconds(30);

    /// <summary>The most the connection keeps of the database in memory: in KiB if negative, in pages if positive. Default: untouched, which is -2000 in SQLite.</summary>
    public int? CacheSize { get; init; }

    /// <summary>To how many bytes the -wal file or the journal is cut once it is free again. -1 sets no limit. Default: untouched.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than -1.</exception>
    public long? JournalSizeLimit
    {
        get;
        init => field = InRange(value, value is null or >= -1, nameof(JournalSizeLimit), "-1 or more bytes");
    }

    /// <summary>How many bytes of the database file are read through memory mapping. 0 turns it off. Default: untouched.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long? MmapSize
    {
        get;
        init => field = InRange(value, value is null or >= 0, nameof(MmapSize), "0 or more bytes");
    }

    /// <summary>
    /// At how many pages in the -wal file a commit makes a passive checkpoint. 0 turns automatic checkpoints off: then the -wal file grows until
    /// somebody checkpoints. Default: untouched, which is 1,000 in SQLite.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? WalAutoCheckpoint
    {
        get;
        init => field = InRange(value, value is null or >= 0, nameof(WalAutoCheckpoint), "0 or more pages");
    }

    /// <summary>Whether foreign keys are enforced. Default: untouched, which is on in the bundled engine.</summary>
    public bool? ForeignKeys { get; init; }

    private static T InRange<T>(T value, bool inRange, string name, string range) =>
        inRange ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
}
