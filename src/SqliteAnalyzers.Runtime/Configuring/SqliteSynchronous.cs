namespace SqliteAnalyzers.Runtime;

/// <summary>
/// When SQLite waits for the disk.
/// Source: <see href="https://sqlite.org/pragma.html#pragma_synchronous"/>.
/// </summary>
public enum SqliteSynchronous
{
    /// <summary>Never. A power loss can corrupt the database.</summary>
    Off = 0,

    /// <summary>
    /// At checkpoints. Under WAL a power loss can undo the last commits but does not corrupt the database;
    /// the end of the process, even by a kill, loses nothing that was committed.
    /// </summary>
    Normal = 1,

    /// <summary>At each commit. SQLite's own default, under WAL as well.</summary>
    Full = 2,

    /// <summary>At each commit, and for the directory of a rollback journal too.</summary>
    Extra = 3,
}
