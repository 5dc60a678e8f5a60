using System;
using System.IO;
using Microsoft.Data.Sqlite;

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
    /// to replace is in use, 26 if it is not a database.</exception>
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
            CopyToNewFile(connection, target);
        }
        else if (overwrite)
        {
            CopyInto(connection, target);
        }
        else
        {
            throw new IOException($"The file '{path}' already exists.");
        }
    }

    private static void CopyToNewFile(SqliteConnection connection, string target)
    {
        var unfinished = $"{target}.{Guid.NewGuid():N}.unfinished";
        try
        {
            CopyInto(connection, unfinished);
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

    private static void CopyInto(SqliteConnection connection, string target)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ToString();
        using var copy = new SqliteConnection(connectionString);
        copy.Open();
        connection.BackupDatabase(copy);
    }
}
