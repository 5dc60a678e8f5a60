using System;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>What SQLite itself says about a connection.</summary>
internal static class NativeConnection
{
    /// <summary>The native handle.</summary>
    /// <exception cref="ArgumentNullException">There is no connection.</exception>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public static sqlite3 OpenHandle(SqliteConnection? connection, string operation)
    {
        if (connection is null)
        {
            throw new ArgumentNullException(nameof(connection));
        }

        return connection.Handle ?? throw new InvalidOperationException($"{operation} needs an open connection, and this one is {connection.State}.");
    }

    /// <summary>Whether a transaction is open, however it was begun: SqliteConnection.Transaction knows only those of BeginTransaction.</summary>
    public static bool IsInTransaction(sqlite3 handle) => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>The full path of the database's file; empty for a database in memory or a temporary one.</summary>
    public static string FileName(sqlite3 handle, string databaseName) => raw.sqlite3_db_filename(handle, databaseName).utf8_to_string() ?? "";

    /// <summary>A single number asked of SQLite; null if the answer is no row or no number.</summary>
    public static long? ReadInt64(sqlite3 handle, string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement), handle);
        using (statement)
        {
            var result = raw.sqlite3_step(statement);
            if (result == raw.SQLITE_ROW)
            {
                return raw.sqlite3_column_type(statement, 0) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(statement, 0) : null;
            }

            if (result != raw.SQLITE_DONE)
            {
                throw Error(result, handle);
            }

            return null;
        }
    }

    /// <summary>A single text asked of SQLite; null if the answer is no row.</summary>
    public static string? ReadText(sqlite3 handle, string sql)
    {
        Check(TryReadText(handle, sql, out var text), handle);
        return text;
    }

    /// <summary>As <see cref="ReadText"/>.</summary>
    /// <returns>SQLITE_OK, or the error.</returns>
    public static int TryReadText(sqlite3 handle, string sql, out string? text)
    {
        text = null;
        var result = raw.sqlite3_prepare_v2(handle, sql, out var statement);
        using (statement)
        {
            if (result == raw.SQLITE_OK)
            {
                result = raw.sqlite3_step(statement);
                text = result == raw.SQLITE_ROW ? raw.sqlite3_column_text(statement, 0).utf8_to_string() : null;
            }
        }

        return result is raw.SQLITE_ROW or raw.SQLITE_DONE ? raw.SQLITE_OK : result;
    }

    public static void Check(int result, sqlite3 handle)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Error(result, handle);
        }
    }

    /// <summary>The exception Microsoft.Data.Sqlite throws for the same result, with a sentence of ours before SQLite's own.</summary>
    public static SqliteException Error(int result, sqlite3 handle, string? explanation = null)
    {
        var extended = raw.sqlite3_extended_errcode(handle);
        if ((extended & 0xFF) != (result & 0xFF))
        {
            extended = result;
        }

        // SQLite does not say which file is none.
        var file = (result & 0xFF) == raw.SQLITE_NOTADB ? FileName(handle, "main") : "";
        explanation = file.Length == 0 ? explanation : $"{explanation} The connection's database is '{file}'.".TrimStart();
        var sqlite = $"SQLite Error {result & 0xFF}: '{raw.sqlite3_errmsg(handle).utf8_to_string()}'.";
        return new SqliteException(explanation is null ? sqlite : $"{explanation} {sqlite}", result & 0xFF, extended);
    }
}
