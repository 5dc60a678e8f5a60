namespace SqliteAnalyzers.Sql;

/// <summary>The modes of <c>PRAGMA wal_checkpoint</c> (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint).</summary>
internal enum CheckpointMode
{
    Passive,
    Full,
    Restart,
    Truncate,
    Noop,
}
