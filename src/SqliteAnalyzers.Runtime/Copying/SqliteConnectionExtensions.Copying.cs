using System;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

public static partial class SqliteConnectionExtensions
{
    private static readonly string[] s_filesBeside = ["-wal", "-journal", "-shm"];

    /// <summary>
    /// Copies the database to a file while it is in use: everything committed, whether it stands in the database file or in the -wal file.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A copy of the database file alone lacks what stands in the -wal file, and on Linux and macOS closing any file handle on a database that is
    /// open in the same process drops its locks. A new copy appears under its name only when it is whole; an existing database is replaced in one
    /// transaction, so that a failure leaves the old content.
    /// </para>
    /// <para>
    /// The copy is one file with the permissions of the database: it is not in WAL mode, so that no -wal file of it is left beside it when it is opened. A
    /// database that is replaced and that others have open stays in WAL mode if it was.
    /// </para>
    /// <para>
    /// It is the state of the moment in which the copy began. Under WAL others read and write meanwhile, and the -wal file grows by what they write; without WAL
    /// their commits wait. Locks of others are waited for as commands do it: for the connection's <see cref="SqliteConnection.DefaultTimeout"/>.
    /// Source: <see href="https://sqlite.org/backup.html"/> and <see href="https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_"/>.
    /// </para>
    /// </remarks>
    /// <param name="connection">The connection to copy from, open, with no transaction of its own.</param>
    /// <param name="path">The file to copy to.</param>
    /// <param name="overwrite">Whether a file that exists is replaced, which must be a database; and whether -wal, -shm and -journal files that a deleted database of
    /// that name has left are deleted: SQLite would play them into the copy.</param>
    /// <param name="keepWalMode">Whether the copy of a database in WAL mode is in WAL mode too.</param>
    /// <param name="prepareConnection">What to do with the connection to the copy before it is used, such as <c>PRAGMA key</c>. The password of the connection string
    /// of <paramref name="connection"/> is the copy's without that.</param>
    /// <param name="progress">Is told how far the copy is, every 256 pages, on the thread that copies. It must not write on the connection.</param>
    /// <param name="cancellationToken">Gives the copy up, between two steps of 256 pages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or is the database itself, by this or another name.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction is open on it: its uncommitted rows would be copied.</exception>
    /// <exception cref="IOException"><paramref name="path"/>, or a -wal, -shm or -journal file beside it, exists and <paramref name="overwrite"/> is false.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Nothing is left of a new copy, and a
    /// database that was to be replaced is as it was.</exception>
    /// <exception cref="SqliteException">SQLite cannot write the copy or read the database: error 14 if the folder does not exist, 5 if the database
    /// or the database to replace is in use for the whole time, 13 or 10 if there is no room for the copy, 26 if the file to replace is not a database, 1 if its texts have another encoding. Nothing is left of a
    /// new copy then, and a database that was to be replaced is as it was.</exception>
    public static void BackupTo(
        this SqliteConnection connection,
        string path,
        bool overwrite = false,
        bool keepWalMode = false,
        Action<SqliteConnection>? prepareConnection = null,
        IProgress<SqliteCopyProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var handle = NativeConnection.OpenHandle(connection, nameof(BackupTo));
        var target = FullPath(path);
        var file = NativeConnection.FileName(handle, "main");
        if (FileIdentity.AreSame(target, file))
        {
            throw new ArgumentException($"'{path}' is the database itself.", nameof(path));
        }

        if (NativeConnection.IsInTransaction(handle))
        {
            throw new InvalidOperationException("BackupTo was called while a transaction is open: its uncommitted rows would be copied. Commit or roll back first.");
        }

        using var operation = ObservedOperation.Begin(ObservedOperation.Backup, handle);
        try
        {
            BackUp(connection, handle, file, target, overwrite, keepWalMode, prepareConnection, progress, cancellationToken);
        }
        catch (Exception exception)
        {
            operation.Fail(exception);
            throw;
        }
    }

    private static void BackUp(
        SqliteConnection connection,
        sqlite3 handle,
        string file,
        string target,
        bool overwrite,
        bool keepWalMode,
        Action<SqliteConnection>? prepareConnection,
        IProgress<SqliteCopyProgress>? progress,
        CancellationToken cancellationToken)
    {
        var retry = BusyRetry.AsCommandsOf(connection);
        var copy = new DatabaseCopy(retry, progress, cancellationToken);
        if (!File.Exists(target))
        {
            ClearBeside(target, overwrite);
            SqliteConnection Open(string unfinished) =>
                CopyConnection.Open(unfinished, SqliteOpenMode.ReadWriteCreate, file.Length == 0 ? null : file, connection, prepareConnection);
            using var unfinished = UnfinishedCopy.Begin(target, Open, retry);
            copy.Run(handle, unfinished.Handle, DatabaseCopy.PagesPerStep, "Nothing is left of it.");
            if (!keepWalMode)
            {
                NativeConnection.Check(CopyConnection.ChangeJournalMode(unfinished.Handle, "DELETE", retry), unfinished.Handle);
            }

            ClearBeside(target, overwrite);
            unfinished.Finish(target);
        }
        else if (overwrite)
        {
            using var existing = CopyConnection.Open(target, SqliteOpenMode.ReadWrite, permissionsOf: null, connection, prepareConnection);
            DatabaseReplacement.Run(copy, handle, existing.Handle!, existing.Handle!, retry);
            if (!keepWalMode)
            {
                // Where others have it open it stays in WAL mode, as documented.
                CopyConnection.ChangeJournalMode(existing.Handle!, "DELETE", new BusyRetry(TimeSpan.Zero));
            }
        }
        else
        {
            throw new IOException($"The file '{target}' already exists.");
        }
    }

    /// <summary>
    /// Gives the database the content of a copy, in one transaction, while connections to it are open in this process and others.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Everything that the database holds is replaced. Other connections see the old content until the restore is complete and the new content after it; a
    /// reader that has begun before ends with the old. A file that is copied over a database does neither: connections go on with the deleted file, their
    /// rows are lost, and the new file is corrupted (measured).
    /// </para>
    /// <para>
    /// The database keeps its journal mode; one that was not in WAL mode keeps it only if nobody else has the database open, or the copy was not in WAL mode
    /// either. Locks of others are waited for as commands do it: for the connection's <see cref="SqliteConnection.DefaultTimeout"/>.
    /// Source: <see href="https://sqlite.org/backup.html"/>.
    /// </para>
    /// </remarks>
    /// <param name="connection">The connection to the database that is restored, open, with no transaction of its own.</param>
    /// <param name="path">The copy, a database file that <see cref="BackupTo"/> or another backup has made. It is only read.</param>
    /// <param name="prepareConnection">What to do with the connections to the copy and to the database before they are used, such as <c>PRAGMA key</c>. The password of the
    /// connection string of <paramref name="connection"/> applies to both without that.</param>
    /// <param name="progress">Is told how far the restore is, every 256 pages, on the thread that copies; of a database in memory once, at the end.</param>
    /// <param name="cancellationToken">Gives the restore up, between two steps of 256 pages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or is the database itself, by this or another name.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed or read-only, or a transaction is open on it.</exception>
    /// <exception cref="FileNotFoundException">There is no file at <paramref name="path"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. The database is as it was.</exception>
    /// <exception cref="SqliteException">Error 26: the copy is empty or not a database. Error 5: others were at work in the database for the whole time; under WAL that
    /// is a writer, or anybody at all if the pages of the copy have another size. Error 1: its texts have another encoding. Error 13 or 10: there is no room. The database is as it was.</exception>
    public static void RestoreFrom(
        this SqliteConnection connection,
        string path,
        Action<SqliteConnection>? prepareConnection = null,
        IProgress<SqliteCopyProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var handle = NativeConnection.OpenHandle(connection, nameof(RestoreFrom));
        var from = FullPath(path);
        var file = NativeConnection.FileName(handle, "main");
        if (FileIdentity.AreSame(from, file))
        {
            throw new ArgumentException($"'{path}' is the database itself.", nameof(path));
        }

        if (NativeConnection.IsInTransaction(handle))
        {
            throw new InvalidOperationException("RestoreFrom was called while a transaction is open. Commit or roll back first.");
        }

        if (raw.sqlite3_db_readonly(handle, "main") == 1)
        {
            throw new InvalidOperationException("RestoreFrom needs a connection that can write, and this one is read-only.");
        }

        if (!File.Exists(from))
        {
            throw new FileNotFoundException($"There is no file '{path}' to restore from.", path);
        }

        using var operation = ObservedOperation.Begin(ObservedOperation.Restore, handle);
        try
        {
            Restore(connection, handle, file, from, prepareConnection, progress, cancellationToken);
        }
        catch (Exception exception)
        {
            operation.Fail(exception);
            throw;
        }
    }

    private static void Restore(
        SqliteConnection connection,
        sqlite3 handle,
        string file,
        string from,
        Action<SqliteConnection>? prepareConnection,
        IProgress<SqliteCopyProgress>? progress,
        CancellationToken cancellationToken)
    {
        var retry = BusyRetry.AsCommandsOf(connection);
        var copy = new DatabaseCopy(retry, progress, cancellationToken);
        using var source = CopyConnection.Open(from, SqliteOpenMode.ReadOnly, permissionsOf: null, connection, prepareConnection);
        if (PragmaReader.Read(source.Handle!, "main.page_count", retry) == "0")
        {
            throw new SqliteException($"'{from}' is empty, and nothing was restored. SQLite Error {raw.SQLITE_NOTADB}: 'file is not a database'.", raw.SQLITE_NOTADB, raw.SQLITE_NOTADB);
        }

        if (file.Length == 0)
        {
            // Nobody else can open it, and SQLite does not allow that progress is reported to somebody who might use the connection meanwhile.
            DatabaseReplacement.RefuseOtherEncoding(source.Handle!, handle, retry);
            copy.Run(source.Handle!, handle, DatabaseCopy.AllPages, DatabaseReplacement.WhatIsLeft);
            return;
        }

        using var live = CopyConnection.OpenBeside(connection, handle, prepareConnection);
        DatabaseReplacement.Run(copy, source.Handle!, live.Handle!, handle, retry);
    }

    private static string FullPath(string path)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        return path.Length == 0 ? throw new ArgumentException("The path is empty.", nameof(path)) : Path.GetFullPath(path);
    }

    // SQLite plays them into any database of that name.
    private static void ClearBeside(string target, bool delete)
    {
        foreach (var beside in s_filesBeside.Select(end => target + end).Where(File.Exists))
        {
            if (!delete)
            {
                throw new IOException(
                    $"The file '{beside}' is left over from a deleted database of that name, and SQLite would play it into the copy. Delete it, or pass overwrite: true.");
            }

            File.Delete(beside);
        }
    }
}
