using System;
using System.Threading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// One database copied into another by sqlite3_backup_step, in one transaction of the other: whole, or not at all.
/// Source: <see href="https://sqlite.org/backup.html"/>.
/// </summary>
/// <remarks>
/// Not through BackupDatabase, which reports an extended code as the error code, and none of the message, and copies in one step.
/// What is copied is what was committed when the copy began: a read transaction holds it for the whole time, so that the copy need not begin anew whenever
/// somebody commits. Without WAL nobody can commit meanwhile; BackupDatabase keeps them waiting as well.
/// </remarks>
internal sealed class DatabaseCopy(BusyRetry retry, IProgress<SqliteCopyProgress>? progress, CancellationToken cancellationToken)
{
    public const int AllPages = -1;

    /// <summary>Between two steps there is time to cancel and to tell how far it is.</summary>
    public const int PagesPerStep = 256;

    /// <param name="source">The connection to read from.</param>
    /// <param name="destination">The connection to write to. Nobody else may touch it meanwhile.</param>
    /// <param name="pagesPerStep">How many pages are copied between two reports of progress.</param>
    /// <param name="whatIsLeft">What an error says of the state in which it leaves the destination.</param>
    public void Run(sqlite3 source, sqlite3 destination, int pagesPerStep, string whatIsLeft)
    {
        using var snapshot = Hold(source);
        var result = Copy(source, destination, pagesPerStep);
        if (result != raw.SQLITE_DONE)
        {
            throw NativeConnection.Error(result, destination, $"The copy could not be completed. {whatIsLeft}");
        }
    }

    private int Copy(sqlite3 source, sqlite3 destination, int pagesPerStep)
    {
        using var backup = raw.sqlite3_backup_init(destination, "main", source, "main");
        if (backup.IsInvalid)
        {
            return raw.sqlite3_errcode(destination);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = raw.sqlite3_backup_step(backup, pagesPerStep);
            if (result is raw.SQLITE_OK or raw.SQLITE_DONE)
            {
                Report(backup, source);
            }

            if (result != raw.SQLITE_OK && !(IsInUse(result) && retry.Wait()))
            {
                return result;
            }
        }
    }

    private void Report(sqlite3_backup backup, sqlite3 source)
    {
        if (progress is null)
        {
            return;
        }

        var count = raw.sqlite3_backup_pagecount(backup);
        progress.Report(new(count - raw.sqlite3_backup_remaining(backup), count));
        if (NativeConnection.IsInTransaction(source))
        {
            throw new InvalidOperationException("A transaction was begun on the connection while it was copied: its uncommitted rows would be copied. The copy was given up.");
        }
    }

    // A statement that has begun and not ended reads one state of the database.
    private sqlite3_stmt Hold(sqlite3 source)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = raw.sqlite3_prepare_v2(source, "SELECT count(*) FROM main.sqlite_master", out var statement);
            if (result == raw.SQLITE_OK)
            {
                result = raw.sqlite3_step(statement);
                if (result == raw.SQLITE_ROW)
                {
                    return statement;
                }
            }

            var failure = NativeConnection.Error(result, source, "The database could not be read.");
            statement?.Dispose();
            if (!IsInUse(result) || !retry.Wait())
            {
                throw failure;
            }
        }
    }

    private static bool IsInUse(int result) => (result & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
}
