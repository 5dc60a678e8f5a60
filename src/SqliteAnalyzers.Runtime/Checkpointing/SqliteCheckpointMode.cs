namespace SqliteAnalyzers.Runtime;

/// <summary>
/// How far a checkpoint goes in moving the -wal file's content into the database file, and for whom it waits.
/// Source: <see href="https://sqlite.org/c3ref/wal_checkpoint_v2.html"/>.
/// </summary>
public enum SqliteCheckpointMode
{
    /// <summary>Moves what can be moved without waiting for anybody. Often not everything.</summary>
    Passive = 0,

    /// <summary>Waits until nobody writes and everybody reads the newest state, then moves everything. New writers wait meanwhile.</summary>
    Full = 1,

    /// <summary>As <see cref="Full"/>, then waits until nobody reads from the -wal file, so that the next writer starts it anew.</summary>
    Restart = 2,

    /// <summary>As <see cref="Restart"/>, then cuts the -wal file to zero bytes.</summary>
    Truncate = 3,
}
