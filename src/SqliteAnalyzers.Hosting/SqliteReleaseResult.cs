using System;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Hosting;

/// <summary>What became of a database that was to be drained, checkpointed and released.</summary>
/// <param name="UnitsLeft">How many units of the single writer were not carried out, because the token was cancelled first. After <see cref="SqliteHostedDatabase.SuspendAsync"/> they still wait, with the connection of the writer open, and are
/// carried out when the program goes on; at shutdown they were refused, with <see cref="ObjectDisposedException"/>.</param>
/// <param name="Checkpoint">What the checkpoint did; null if it failed, or if there is nothing to do because the database is read-only or its file is gone.</param>
/// <param name="Failure">Why it failed, such as a full disk; null if it did not. Nothing is lost then: what is committed stays in the -wal file, which the next opening reads.</param>
public sealed record SqliteReleaseResult(int UnitsLeft, SqliteCheckpointResult? Checkpoint, Exception? Failure)
{
    /// <summary>Whether all units were carried out, and all that is committed stands in the database file.</summary>
    public bool IsComplete => UnitsLeft == 0 && Failure is null && Checkpoint is not { IsComplete: false };
}
