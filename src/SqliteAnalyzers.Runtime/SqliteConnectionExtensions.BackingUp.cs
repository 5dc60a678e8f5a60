using System;
using System.IO;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

public static partial class SqliteConnectionExtensions
{
    /// <summary>
    /// Copies the database to a file while it is in use: everything committed, whether it stands in the database file or in the -wal file.
    /// </summary>
    /// <remarks>
    /// A copy of the database file alone lacks what stands in the -wal file, and on Linux and macOS closing any file handle on a database that is
    /// open in the same process drops its locks. A new copy appears under its name only when it is whole; an existing database is replaced in one
    /// transaction, so that a failure leaves the old content.
    /// Source: <see href="https://sqlite.org/backup.html"/> and <see href="https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_"/>.
    /// </remarks>
    /// <param name="connection">The connection to copy from, open, with no transaction of its own.</param>
    /// <param name="path">The file to copy to.</param>
    /// <param name="overwrite">Whether a file that exists is replaced. It must be a database.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or is the database itself.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction is open on it: its uncommitted rows would be copied.</exception>
    /// <exception cref="IOException"><paramref name="path"/> exists and <paramref name="overwrite"/> is false.</exception>
    /// <exception cref="SqliteException">SQLite cannot write the copy or read the database: error 14 if the folder does not exist, 5 if the database
    /// to replace is in use, 13 or 10 if there is no room for the copy, 26 if the file to replace is not a database. Nothing is left of a new copy then, and a
    /// database that was to be replaced is as it was.</exception>
    public static void BackupTo(this SqliteConnection connection, string path, bool overwrite = false)
    {
        var handle = NativeConnection.OpenHandle(connection, nameof(BackupTo));
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        if (path.Length == 0)
        {
            throw new ArgumentException("The path is empty.", nameof(path));
        }

        var target = Path.GetFullPath(path);
        if (target == NativeConnection.FileName(handle, "main"))
        {
            throw new ArgumentException($"'{path}' is the database itself.", nameof(path));
        }

        if (NativeConnection.IsInTransaction(handle))
        {
            throw new InvalidOperationException("BackupTo was called while a transaction is open: its uncommitted rows would be copied. Commit or roll back first.");
        }

        if (!File.Exists(target))
        {
            CopyToNewFile(handle, target);
        }
        else if (overwrite)
        {
            CopyInto(handle, target, "The database to replace is as it was.");
        }
        else
        {
            throw new IOException($"The file '{path}' already exists.");
        }
    }

    private static void CopyToNewFile(sqlite3 source, string target)
    {
        var unfinished = $"{target}.{Guid.NewGuid():N}.unfinished";
        try
        {
            CopyInto(source, unfinished, "Nothing is left of it.");
            File.Move(unfinished, target);
        }
        catch
        {
            DeleteIfThere(unfinished);
            DeleteIfThere(unfinished + "-journal");
            throw;
        }
    }

    private static void DeleteIfThere(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    // Not through BackupDatabase, which reports an extended code as the error code, and none of the message.
    private static void CopyInto(sqlite3 source, string target, string whatIsLeft)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ToString();
        using var copy = new SqliteConnection(connectionString);
        copy.Open();
        var destination = copy.Handle!;
        int result;
        using (var backup = raw.sqlite3_backup_init(destination, "main", source, "main"))
        {
            result = backup.IsInvalid ? raw.sqlite3_errcode(destination) : raw.sqlite3_backup_step(backup, -1);
        }

        if (result != raw.SQLITE_DONE)
        {
            throw NativeConnection.Error(result, destination, $"The copy could not be completed. {whatIsLeft}");
        }
    }
}
