using System;
using Microsoft.Extensions.Logging;

namespace SqliteAnalyzers.Hosting;

/// <summary>What is logged, in the category of <see cref="SqliteHostedDatabase"/>.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Critical, "The database '{File}' cannot be opened.")]
    public static partial void CannotOpen(ILogger logger, Exception exception, string file);

    [LoggerMessage(2, LogLevel.Debug, "Nobody wrote to '{File}' for a while: {Moved} of {Frames} frames of its -wal file stand in the database file.")]
    public static partial void CheckpointedWhileIdle(ILogger logger, string file, int moved, int frames);

    [LoggerMessage(3, LogLevel.Information, "The -wal file of '{File}' had {Length} bytes and was cut.")]
    public static partial void Truncated(ILogger logger, string file, long length);

    [LoggerMessage(4, LogLevel.Warning, "The -wal file of '{File}' has {Length} bytes and cannot be cut, because somebody reads from it or writes all the time: look for readers that are not read to their end and for transactions left open. It is tried again, and told once.")]
    public static partial void CannotTruncate(ILogger logger, string file, long length);

    [LoggerMessage(5, LogLevel.Error, "The -wal file of '{File}' cannot be looked after. It is tried again, and told once for each reason.")]
    public static partial void CannotMaintain(ILogger logger, Exception exception, string file);

    [LoggerMessage(6, LogLevel.Warning, "{Units} units of the single writer of '{File}' were not carried out: the time for the shutdown was over. Their callers got an ObjectDisposedException, and nothing of them is stored.")]
    public static partial void UnitsRefused(ILogger logger, int units, string file);

    [LoggerMessage(7, LogLevel.Warning, "{Units} units of the single writer of '{File}' were not carried out before the suspension. They wait, and its connection is open.")]
    public static partial void UnitsWait(ILogger logger, int units, string file);

    [LoggerMessage(8, LogLevel.Warning, "The checkpoint of '{File}' did not complete, because others use the database. Nothing is lost: the rest stays in the -wal file, which the next opening reads.")]
    public static partial void CheckpointIncomplete(ILogger logger, string file);

    [LoggerMessage(9, LogLevel.Error, "The checkpoint of '{File}' failed. Nothing is lost: what is committed stays in the -wal file, which the next opening reads.")]
    public static partial void CheckpointFailed(ILogger logger, Exception exception, string file);

    [LoggerMessage(10, LogLevel.Debug, "'{File}' is released.")]
    public static partial void Released(ILogger logger, string file);
}
