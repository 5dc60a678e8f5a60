using System;
using System.IO;
using System.Linq;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The file in which a new copy grows, beside its later name. Whoever makes it holds SQLite's exclusive lock on it from the first moment to the last, and a
/// process that is killed holds no lock: so what can be locked is left over, and is deleted by the next copy.
/// </summary>
internal sealed class UnfinishedCopy : IDisposable
{
    private const string Extension = ".unfinished";

    private static readonly string[] s_ends = ["", "-journal", "-wal", "-shm"];

    private readonly SqliteConnection _connection;
    private readonly string _path;

    private UnfinishedCopy(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    public sqlite3 Handle => _connection.Handle!;

    /// <summary>Deletes what killed processes have left, then begins a file.</summary>
    /// <param name="target">Its later name, a full path.</param>
    /// <param name="open">Opens a connection to a file, which is created.</param>
    /// <param name="retry">How long to wait for somebody who looks whether the new file is left over.</param>
    public static UnfinishedCopy Begin(string target, Func<string, SqliteConnection> open, BusyRetry retry)
    {
        DeleteLeftOvers(target);
        while (true)
        {
            var path = $"{target}.{Guid.NewGuid():N}{Extension}";
            SqliteConnection? connection = null;
            try
            {
                connection = open(path);

                // A file that nobody else can read needs no journal: it is whole, or it is deleted.
                var result = Lock(connection.Handle!, "PRAGMA journal_mode=OFF", retry);
                if (result != raw.SQLITE_OK)
                {
                    throw NativeConnection.Error(result, connection.Handle!, "The copy could not be begun. Nothing is left of it.");
                }
            }
            catch
            {
                connection?.Dispose();
                Delete(path);
                throw;
            }

            // Between its creation and its lock somebody may have taken it for left over.
            if (File.Exists(path))
            {
                return new(connection, path);
            }

            connection.Dispose();
        }
    }

    /// <summary>Closes the copy, which is whole, and gives it its name.</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public void Finish(string target)
    {
        _connection.Dispose();
        FileMove.ToFreeName(_path, target);
    }

    /// <summary>Deletes the file, unless it has got its name.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        Delete(_path);
    }

    private static int Lock(sqlite3 handle, string sql, BusyRetry retry)
    {
        while (true)
        {
            var result = raw.sqlite3_exec(handle, $"PRAGMA locking_mode=EXCLUSIVE; {sql}; BEGIN EXCLUSIVE; COMMIT");
            if ((result & 0xFF) != raw.SQLITE_BUSY || !retry.Wait())
            {
                return result;
            }
        }
    }

    private static void DeleteLeftOvers(string target)
    {
        var name = Path.GetFileName(target);
        try
        {
            foreach (var path in Directory.GetFiles(Path.GetDirectoryName(target)!))
            {
                if (IsUnfinished(Path.GetFileName(path), name))
                {
                    DeleteIfLeftOver(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The copy itself will say what is wrong with the folder, if it matters.
        }
    }

    private static bool IsUnfinished(string file, string target) =>
        file.Length == target.Length + 1 + 32 + Extension.Length
        && file.StartsWith(target + ".", StringComparison.Ordinal)
        && file.EndsWith(Extension, StringComparison.Ordinal)
        && Guid.TryParseExact(file.Substring(target.Length + 1, 32), "N", out _);

    private static void DeleteIfLeftOver(string path)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString();
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            if ((Lock(connection.Handle!, "PRAGMA busy_timeout=0", new BusyRetry(TimeSpan.Zero)) & 0xFF) == raw.SQLITE_BUSY)
            {
                return;
            }

            // Under the lock, where the system allows it.
            Delete(path);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            // It is not ours to delete, or not yet.
        }
    }

    private static void Delete(string path)
    {
        foreach (var file in s_ends.Select(end => path + end).Where(File.Exists))
        {
            File.Delete(file);
        }
    }
}
