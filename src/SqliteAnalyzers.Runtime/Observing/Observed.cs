using System;
using System.Diagnostics;
#if NET
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
#endif
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What the library tells those who listen to its meter (.NET 8 and later). It costs nothing when nobody does, and nothing is told for each row. A listener that throws
/// must not make the library believe that the commit it is told of has failed: what it throws is dropped.
/// </summary>
internal static class Observed
{
    public const string Batch = "batch";
    public const string InTransaction = "in_transaction";
    public const string SingleWriter = "single_writer";
#if NET

    // Listeners are told of the instruments when these are made.
    private static readonly bool s_canTell = CanTell();
#endif

    /// <summary>The time, to be handed back when the outcome is known; 0 if nobody wants to know.</summary>
    public static long Now()
    {
#if NET
        return s_canTell && LibraryMeter.WantsTimes ? Stopwatch.GetTimestamp() : 0;
#else
        return 0;
#endif
    }

    /// <summary>A lock of somebody else was in the way.</summary>
    [Conditional("NET")]
    public static void Busy(SqliteConnection? connection)
    {
#if NET
        if (s_canTell && LibraryMeter.BusyAnswers.Enabled)
        {
            Tell(connection?.Handle, static (handle, database, _) => LibraryMeter.BusyAnswers.Add(1, LibraryMeter.Tags(database)), 0);
        }
#endif
    }

    /// <summary>The write lock was taken, or could not be.</summary>
    [Conditional("NET")]
    public static void LockWait(sqlite3? handle, string writer, long began, Exception? failure)
    {
#if NET
        if (began != 0 && s_canTell && LibraryMeter.LockWaitTime.Enabled)
        {
            Tell(handle, RecordLockWait, (Writer: writer, Began: began, Failure: failure));
        }
#endif
    }

    /// <summary>A commit succeeded, or failed.</summary>
    [Conditional("NET")]
    public static void Commit(sqlite3 handle, string writer, long began, ChangeCount changes, SqliteException? failure)
    {
#if NET
        if (s_canTell && (LibraryMeter.Commits.Enabled || LibraryMeter.CommitDuration.Enabled || LibraryMeter.Rows.Enabled || LibraryMeter.WalSize.Enabled))
        {
            Tell(handle, RecordCommit, (Writer: writer, Began: began, Changes: changes, Failure: failure));
        }
#endif
    }

    /// <summary>A checkpoint ended.</summary>
    [Conditional("NET")]
    public static void Checkpoint(sqlite3 handle, string databaseName, SqliteCheckpointMode mode, long began, SqliteCheckpointResult? result, Exception? failure)
    {
#if NET
        if (s_canTell && (LibraryMeter.CheckpointDuration.Enabled || LibraryMeter.CheckpointFrames.Enabled || LibraryMeter.CheckpointFramesLeft.Enabled || LibraryMeter.WalSize.Enabled))
        {
            Tell(handle, RecordCheckpoint, (Mode: mode, Began: began, Result: result, Failure: failure), databaseName);
        }
#endif
    }
#if NET

    /// <summary>A single writer begins, whose queue can be measured.</summary>
    public static void Begins(WriterLoop writer)
    {
        if (s_canTell)
        {
            LibraryMeter.Add(writer);
        }
    }

    /// <summary>It has ended.</summary>
    public static void Ends(WriterLoop writer)
    {
        if (s_canTell)
        {
            LibraryMeter.Remove(writer);
        }
    }

    /// <summary>Units of a single writer were committed together.</summary>
    public static void Units(sqlite3 handle, int count)
    {
        if (s_canTell && LibraryMeter.UnitsPerCommit.Enabled)
        {
            Tell(handle, static (handle, database, count) => LibraryMeter.UnitsPerCommit.Record(count, LibraryMeter.Tags(database)), count);
        }
    }

    /// <summary>The outcome of a unit of a single writer is known.</summary>
    /// <param name="database">The name of its file.</param>
    /// <param name="came">When its caller came.</param>
    /// <param name="failure">Why nothing of it is stored, if so.</param>
    public static void Unit(string? database, long came, Exception? failure)
    {
        if (s_canTell && LibraryMeter.UnitDuration.Enabled)
        {
            RecordUnit(database, came, failure);
        }
    }

    /// <summary>The name of the file of a database; null if it has none.</summary>
    public static string? DatabaseOf(string file) => file.Length == 0 ? null : Path.GetFileName(file);

    /// <summary>What an error is called: by SQLite's extended code, or else by its type.</summary>
    public static string ErrorType(Exception failure) =>
        failure is SqliteException exception ? exception.SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture) : failure.GetType().FullName!;

    private static bool CanTell()
    {
        try
        {
            RuntimeHelpers.RunClassConstructor(typeof(LibraryMeter).TypeHandle);
            return true;
        }
        catch (TypeInitializationException)
        {
            return false;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tell<T>(sqlite3? handle, Action<sqlite3?, string?, T> record, T what, string databaseName = "main")
    {
        try
        {
            var file = handle is null ? "" : NativeConnection.FileName(handle, databaseName);
            LibraryMeter.Watch(file);
            record(handle, DatabaseOf(file), what);
        }
        catch (Exception)
        {
            // The listener's fault, which is not the program's.
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RecordUnit(string? database, long came, Exception? failure)
    {
        try
        {
            LibraryMeter.UnitDuration.Record(Stopwatch.GetElapsedTime(came).TotalSeconds, Failed(LibraryMeter.Tags(database), failure));
        }
        catch (Exception)
        {
            // As above.
        }
    }

    private static void RecordLockWait(sqlite3? handle, string? database, (string Writer, long Began, Exception? Failure) wait) =>
        LibraryMeter.LockWaitTime.Record(Stopwatch.GetElapsedTime(wait.Began).TotalSeconds, Failed(TagsOf(database, wait.Writer), wait.Failure));

    private static void RecordCommit(sqlite3? handle, string? database, (string Writer, long Began, ChangeCount Changes, SqliteException? Failure) commit)
    {
        var tags = TagsOf(database, commit.Writer);
        if (commit.Failure is null)
        {
            LibraryMeter.Commits.Add(1, tags);
            LibraryMeter.Rows.Add(commit.Changes.Rows(handle!), tags);
        }

        if (commit.Began != 0)
        {
            LibraryMeter.CommitDuration.Record(Stopwatch.GetElapsedTime(commit.Began).TotalSeconds, Failed(tags, commit.Failure));
        }
    }

    private static void RecordCheckpoint(
        sqlite3? handle,
        string? database,
        (SqliteCheckpointMode Mode, long Began, SqliteCheckpointResult? Result, Exception? Failure) checkpoint)
    {
        var tags = LibraryMeter.Tags(database);
        tags.Add("sqlite.checkpoint.mode", checkpoint.Mode.ToString().ToLowerInvariant());
        tags.Add("sqlite.checkpoint.complete", checkpoint.Result is { IsComplete: true });
        if (checkpoint.Result is { LogFrames: >= 0 } result)
        {
            LibraryMeter.CheckpointFrames.Record(result.CheckpointedFrames, tags);
            LibraryMeter.CheckpointFramesLeft.Record(result.LogFrames - result.CheckpointedFrames, tags);
        }

        if (checkpoint.Began != 0)
        {
            LibraryMeter.CheckpointDuration.Record(Stopwatch.GetElapsedTime(checkpoint.Began).TotalSeconds, Failed(tags, checkpoint.Failure));
        }
    }

    private static TagList TagsOf(string? database, string writer)
    {
        var tags = LibraryMeter.Tags(database);
        tags.Add("sqlite.writer", writer);
        return tags;
    }

    private static TagList Failed(TagList tags, Exception? failure)
    {
        if (failure is not null)
        {
            tags.Add(LibraryMeter.ErrorType, ErrorType(failure));
            if (failure is SqliteException)
            {
                tags.Add(LibraryMeter.StatusCode, ErrorType(failure));
            }
        }

        return tags;
    }
#endif
}
