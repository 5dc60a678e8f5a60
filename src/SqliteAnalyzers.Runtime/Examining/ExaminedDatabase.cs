using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>What an examination asks of a connection and of the files of its main database.</summary>
internal sealed class ExaminedDatabase
{
    private readonly sqlite3 _handle;

    private ExaminedDatabase(SqliteConnection connection, sqlite3 handle)
    {
        _handle = handle;
        Connection = connection;
        File = NativeConnection.FileName(handle, "main");
        IsReadOnly = raw.sqlite3_db_readonly(handle, "main") == 1;
        IsInTransaction = NativeConnection.IsInTransaction(handle);
    }

    public SqliteConnection Connection { get; }

    public string File { get; }

    public bool IsReadOnly { get; }

    public bool IsInTransaction { get; }

    public bool IsInWal => Text("main.journal_mode") == "wal";

    /// <exception cref="SqliteException">The database cannot be read: SQLite answers most pragmas without looking.</exception>
    public static ExaminedDatabase Read(SqliteConnection connection, sqlite3 handle)
    {
        var database = new ExaminedDatabase(connection, handle);
        database.Text("main.schema_version");
        return database;
    }

    /// <summary>The answer to a pragma.</summary>
    public string Text(string pragma) => PragmaReader.Read(_handle, pragma, BusyRetry.AsCommandsOf(Connection)) ?? "";

    /// <summary>The answer to a pragma that is a number.</summary>
    public long Number(string pragma) => long.TryParse(Text(pragma), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
