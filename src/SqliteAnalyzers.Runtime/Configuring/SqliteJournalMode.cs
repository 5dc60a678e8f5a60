namespace SqliteAnalyzers.Runtime;

/// <summary>
/// How SQLite keeps what it needs to undo or redo a transaction.
/// Source: <see href="https://sqlite.org/pragma.html#pragma_journal_mode"/>.
/// </summary>
public enum SqliteJournalMode
{
    /// <summary>A rollback journal that is deleted at each commit. SQLite's own default.</summary>
    Delete = 0,

    /// <summary>A rollback journal that is cut to zero bytes at each commit.</summary>
    Truncate = 1,

    /// <summary>A rollback journal whose header is overwritten at each commit.</summary>
    Persist = 2,

    /// <summary>
    /// A write-ahead log: readers and one writer do not wait for each other. Kept in the database file,
    /// so that every later connection of every process uses it.
    /// </summary>
    Wal = 3,
}
