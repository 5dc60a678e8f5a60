using System;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>The connections that a backup or a restore opens for itself beside the one it is given.</summary>
internal static class CopyConnection
{
    /// <summary>A connection to a file, with the key of another connection.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="mode">What the connection may do.</param>
    /// <param name="permissionsOf">Whose permissions a file that is created gets; null for those of any new file.</param>
    /// <param name="like">The connection whose password applies.</param>
    /// <param name="prepareConnection">What else to do with it before it is used.</param>
    public static SqliteConnection Open(
        string path,
        SqliteOpenMode mode,
        string? permissionsOf,
        SqliteConnection like,
        Action<SqliteConnection>? prepareConnection)
    {
        var given = new SqliteConnectionStringBuilder(like.ConnectionString);
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = permissionsOf is null ? path : $"{FileUri(path)}?modeof={Uri.EscapeDataString(permissionsOf)}",
            Mode = mode,
            Pooling = false,
            DefaultTimeout = given.DefaultTimeout,
        };
        if (given.Password.Length > 0)
        {
            builder.Password = given.Password;
        }

        return Open(builder.ToString(), prepareConnection);
    }

    /// <summary>Another connection to the file of a connection.</summary>
    public static SqliteConnection OpenBeside(SqliteConnection connection, sqlite3 handle, Action<SqliteConnection>? prepareConnection)
    {
        var builder = new SqliteConnectionStringBuilder(connection.ConnectionString) { Pooling = false, Cache = SqliteCacheMode.Private };

        // A URI has parameters that apply to the second connection too. A path may be relative, to a folder that has changed meanwhile.
        if (!builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            builder.DataSource = NativeConnection.FileName(handle, "main");
        }

        return Open(builder.ToString(), prepareConnection);
    }

    /// <summary>Changes the journal mode, waiting for others to leave the database.</summary>
    /// <returns>SQLITE_OK, or what kept it from changing.</returns>
    public static int ChangeJournalMode(sqlite3 handle, string mode, BusyRetry retry)
    {
        while (true)
        {
            var result = raw.sqlite3_exec(handle, $"PRAGMA main.journal_mode={mode}");
            if ((result & 0xFF) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || !retry.Wait())
            {
                return result;
            }
        }
    }

    private static SqliteConnection Open(string connectionString, Action<SqliteConnection>? prepareConnection)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            prepareConnection?.Invoke(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // The path is absolute. On Windows it begins with a drive, and the URI's path with a slash before it, or with the name of a machine.
    private static string FileUri(string path)
    {
        var slashes = path.Replace(System.IO.Path.DirectorySeparatorChar, '/');
        var before = slashes.StartsWith("//", StringComparison.Ordinal) ? "//" : slashes[0] == '/' ? "" : "/";
        return $"file:{before}{Uri.EscapeDataString(slashes).Replace("%2F", "/").Replace("%3A", ":")}";
    }
}
