namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What a checkpoint did.
/// Source: <see href="https://sqlite.org/c3ref/wal_checkpoint_v2.html"/>.
/// </summary>
/// <param name="Busy">Whether another connection, of this process or another, was in the way.</param>
/// <param name="LogFrames">How many frames (pages) the -wal file holds; 0 after a <see cref="SqliteCheckpointMode.Truncate"/>;
/// -1 if the database is not in WAL mode, or if another checkpoint, or with <c>Cache=Shared</c> another user of the cache, was in the way all the time.</param>
/// <param name="CheckpointedFrames">How many of them stand in the database file; -1 as for <paramref name="LogFrames"/>.</param>
public readonly record struct SqliteCheckpointResult(bool Busy, int LogFrames, int CheckpointedFrames)
{
    /// <summary>Whether everything committed before the checkpoint stands in the database file. So it does where there is no WAL.</summary>
    public bool IsComplete => !Busy && LogFrames == CheckpointedFrames;
}
