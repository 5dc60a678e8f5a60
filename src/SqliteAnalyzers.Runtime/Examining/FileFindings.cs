using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>What an examination finds at the files of a database and in its content.</summary>
internal static class FileFindings
{
    // What SQLite's own checkpoints leave is 1,000 pages, 4 MB, unless something keeps them from it.
    private const long LargeLog = 16 << 20;

    public static IEnumerable<SqliteFinding> Of(ExaminedDatabase database, bool checkIntegrity) =>
        database.File.Length == 0
            ? Integrity(database, checkIntegrity)
            : [.. Log(database), .. LeftOvers(database), .. FileSystem(database), .. Integrity(database, checkIntegrity)];

    private static IEnumerable<SqliteFinding> Log(ExaminedDatabase database)
    {
        var log = LengthOf(database.File + "-wal");
        if (log > LargeLog)
        {
            yield return new(
                null, SqliteFindingSeverity.Warning, "-wal file", $"{Megabytes(log)}, the database {Megabytes(LengthOf(database.File))}", "a few MB",
                "Reads look through it, and it takes room. It does not become shorter by itself; it grows while a reader or the lack of checkpoints keeps it from beginning anew.",
                "Look for readers that are not read to their end and for transactions left open, then Checkpoint(SqliteCheckpointMode.Truncate). JournalSizeLimit cuts it.");
        }

        if (log > 0 && database.IsInWal && !database.IsReadOnly && !database.IsInTransaction
            && Checkpoint(database) is { IsComplete: false } checkpoint)
        {
            yield return new(
                "SQLITE2002", SqliteFindingSeverity.Info, "checkpoint",
                checkpoint.LogFrames < 0 ? "another one was at work" : $"{checkpoint.CheckpointedFrames} of {checkpoint.LogFrames} frames in the database file", "all of them",
                "A reader of an older state keeps the rest in the -wal file (an open read transaction or a reader that is not read to its end), or another checkpoint was at work. Who copies the database file alone lacks these rows.",
                "End that reader. Checkpoint() tells whether all was moved, and throws if not.");
        }
    }

    private static SqliteCheckpointResult? Checkpoint(ExaminedDatabase database)
    {
        try
        {
            return database.Connection.TryCheckpoint(SqliteCheckpointMode.Passive);
        }
        catch (SqliteException)
        {
            // A reader of this connection is in the way, or the disk is full: the examination has other things to say.
            return null;
        }
    }

    /// <summary>What stands beside a database that is about to be opened, which may do away with it.</summary>
    public static IReadOnlyList<SqliteFinding> BeforeOpening(string file)
    {
        var findings = new List<SqliteFinding>();
        if (LengthOf(file + "-wal") > 0)
        {
            findings.Add(LeftOver(
                file + "-wal", SqliteFindingSeverity.Info, "Another process has the database open, or one was killed. It holds committed rows that the database file alone lacks, unless it was left by another database of that name.",
                "Move or copy the database by BackupTo, never the file alone. Delete it never: opening the database takes its rows in."));
        }

        if (LengthOf(file + "-journal") > 0)
        {
            findings.Add(LeftOver(
                file + "-journal", SqliteFindingSeverity.Warning, "A transaction is being written, or one was interrupted by a kill or a crash, unless it was left by another database of that name. Opening the database undoes it.",
                "Leave it beside the database, and look for who was killed."));
        }

        return findings;
    }

    private static IEnumerable<SqliteFinding> LeftOvers(ExaminedDatabase database) =>
        Unfinished(database.File).Select(path => LeftOver(
            path, SqliteFindingSeverity.Info, "A backup is at work, or was killed.", "Nothing: the next BackupTo to that name deletes what was left over."));

    private static SqliteFinding LeftOver(string file, SqliteFindingSeverity severity, string why, string fix) =>
        new(null, severity, "left-over file", Path.GetFileName(file), "none", why, fix);

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : -1;
    }

    private static IReadOnlyList<string> Unfinished(string file)
    {
        try
        {
            var name = Path.GetFileName(file) + ".";
            return Directory.GetFiles(Path.GetDirectoryName(file)!)
                .Where(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal) && path.EndsWith(".unfinished", StringComparison.Ordinal))
                .ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<SqliteFinding> FileSystem(ExaminedDatabase database)
    {
        if (IsOnNetwork(database.File) is { } format)
        {
            yield return new(
                null, SqliteFindingSeverity.Error, "file system", format, "a local one",
                "WAL needs memory shared by all processes, which a network does not give, and the locks of network file systems are unreliable: the database can be corrupted.",
                "Keep the database on a local disk, and let other machines ask a program there.");
        }
    }

    private static string? IsOnNetwork(string file)
    {
        try
        {
            var drive = new DriveInfo(Path.GetDirectoryName(file)!);
            return drive.DriveType == DriveType.Network ? drive.DriveFormat : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<SqliteFinding> Integrity(ExaminedDatabase database, bool check)
    {
        if (check && QuickCheck(database) is var answer and not "ok")
        {
            yield return new(
                null, SqliteFindingSeverity.Error, "integrity", answer, "ok",
                "The content is damaged. Rows may be lost, and more may become so.",
                "Stop writing. Restore a backup (RestoreFrom), or save what can be read by the .recover command of the sqlite3 program.");
        }
    }

    private static string QuickCheck(ExaminedDatabase database)
    {
        try
        {
            return database.Text("main.quick_check(1)");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return exception.Message;
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1_000_000.0).ToString("0.0 MB", CultureInfo.InvariantCulture);
}
