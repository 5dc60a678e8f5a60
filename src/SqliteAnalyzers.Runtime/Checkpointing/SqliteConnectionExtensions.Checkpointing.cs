using System;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

public static partial class SqliteConnectionExtensions
{
    /// <summary>
    /// Moves what is committed from the -wal file into the database file, and throws if not everything could be moved.
    /// </summary>
    /// <remarks>
    /// Waits for other connections for <paramref name="timeout"/> and not for the connection's busy timeout, which is put back afterwards: while a
    /// checkpoint other than PASSIVE waits, everybody else's writes wait too. Checkpoints of the same file in this process run one after another; PASSIVE waits
    /// for nobody, not for another checkpoint either.
    /// In a database that is not in WAL mode there is nothing to move, and nothing happens.
    /// Source: <see href="https://sqlite.org/c3ref/wal_checkpoint_v2.html"/>.
    /// </remarks>
    /// <param name="connection">The connection, open, with no transaction of its own and no reader half read.</param>
    /// <param name="mode">How far to go; <see cref="SqliteCheckpointMode.Full"/> if left out.</param>
    /// <param name="timeout">How long to wait in all, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out. PASSIVE does not wait.</param>
    /// <param name="databaseName">Which database: "main", or the name of an attached one.</param>
    /// <returns>What was done. <see cref="SqliteCheckpointResult.IsComplete"/> holds.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="databaseName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="databaseName"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> or <paramref name="timeout"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <exception cref="SqliteException">Error 5: others were in the way for all of <paramref name="timeout"/>; what was not moved stays in the -wal file,
    /// nothing is lost. Error 6, at once: the connection's own transaction or reader is in the way (with <c>Cache=Shared</c> a reader counts as another connection's: error 5). Error 8 or 10: the connection is read-only.
    /// Error 13 or 10: the database file cannot grow, because the disk is full or for another reason; nothing is lost here either.</exception>
    public static SqliteCheckpointResult Checkpoint(
        this SqliteConnection connection,
        SqliteCheckpointMode mode = SqliteCheckpointMode.Full,
        TimeSpan? timeout = null,
        string databaseName = "main")
    {
        var result = Checkpointer.Run(connection, mode, timeout, databaseName);
        return result.IsComplete ? result : throw Checkpointer.Incomplete(mode, timeout, result);
    }

    /// <summary>
    /// As <see cref="Checkpoint"/>, but returns instead of throwing when other connections are in the way.
    /// </summary>
    /// <param name="connection">The connection, open, with no transaction of its own and no reader half read.</param>
    /// <param name="mode">How far to go; <see cref="SqliteCheckpointMode.Full"/> if left out.</param>
    /// <param name="timeout">How long to wait in all, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out. PASSIVE does not wait.</param>
    /// <param name="databaseName">Which database: "main", or the name of an attached one.</param>
    /// <returns>What was done: look at <see cref="SqliteCheckpointResult.IsComplete"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="databaseName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="databaseName"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> or <paramref name="timeout"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <exception cref="SqliteException">Error 6, at once: the connection's own transaction or reader is in the way (with <c>Cache=Shared</c> a reader counts as
    /// another connection's). Error 8 or 10: the connection is read-only.
    /// Error 13 or 10: the database file cannot grow, because the disk is full or for another reason; nothing is lost.</exception>
    public static SqliteCheckpointResult TryCheckpoint(
        this SqliteConnection connection,
        SqliteCheckpointMode mode = SqliteCheckpointMode.Full,
        TimeSpan? timeout = null,
        string databaseName = "main") => Checkpointer.Run(connection, mode, timeout, databaseName);
}
