using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// A range of rowids, which in a table with an INTEGER PRIMARY KEY are that key: <c>WHERE id BETWEEN $first AND $last</c>.
/// </summary>
/// <param name="First">The first rowid that belongs to the range.</param>
/// <param name="Last">The last rowid that belongs to the range.</param>
public readonly record struct SqliteKeyRange(long First, long Last)
{
    /// <summary>
    /// Splits a table into ranges with equally many rows, give or take one: one for each worker that reads it.
    /// </summary>
    /// <remarks>
    /// <para>
    /// SQLite finds a range of rowids at once, where it reads the whole table for <c>id % 10 = 3</c>. Gaps between the keys do no harm, because rows are
    /// counted. For that the table is read once, without looking into its rows.
    /// </para>
    /// <para>
    /// Each possible rowid belongs to exactly one of the ranges, from <see cref="long.MinValue"/> to <see cref="long.MaxValue"/>. So does a row that comes
    /// later: it belongs to the range its neighbours belong to.
    /// </para>
    /// Source: <see href="https://sqlite.org/rowidtable.html"/>.
    /// </remarks>
    /// <param name="connection">The connection to read with, open.</param>
    /// <param name="table">The table's name, as it is: it is put in quotes.</param>
    /// <param name="count">How many ranges, at least 1. There are fewer if the table has fewer rows, and one if it is empty.</param>
    /// <param name="databaseName">Which database: "main", "temp" or the name of an attached one.</param>
    /// <returns>The ranges, in the order of the keys.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A name is empty; or the table has no rowid, or no name for it: it is a view, is WITHOUT ROWID, or has columns of
    /// its own named rowid, _rowid_ and oid.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <exception cref="SqliteException">There is no such table or database, or it cannot be read.</exception>
    public static IReadOnlyList<SqliteKeyRange> Split(SqliteConnection connection, string table, int count, string databaseName = "main")
    {
        var handle = NativeConnection.OpenHandle(connection, nameof(Split));
        SqlText.RequireName(table, nameof(table));
        SqlText.RequireName(databaseName, nameof(databaseName));
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "There must be at least 1 range.");
        }

        var from = $"FROM {SqlText.QuotedName(databaseName)}.{SqlText.QuotedName(table)}";
        var rows = NativeConnection.ReadInt64(handle, $"SELECT count(*) {from}") ?? 0;
        var key = RowIdName(handle, table, databaseName);
        using var nthKey = PrepareNthKey(handle, $"SELECT {key} {from} WHERE {key} >= ? ORDER BY {key} LIMIT 1 OFFSET ?", table);
        return Split(handle, nthKey, rows, (int)Math.Min(count, Math.Max(rows, 1)));
    }

    private static List<SqliteKeyRange> Split(sqlite3 handle, NativeStatement nthKey, long rows, int count)
    {
        var ranges = new List<SqliteKeyRange>(count);
        var first = long.MinValue;
        var rowsBefore = 0L;
        var values = new ParameterBuffer(2);
        for (var i = 1; i < count; i++)
        {
            var rowsUpToHere = (rows / count * i) + (rows % count * i / count);
            values.SetInteger(0, first);
            values.SetInteger(1, rowsUpToHere - rowsBefore);
            var result = nthKey.Run(values, 0, inTransaction: false, out var next);
            if (result != raw.SQLITE_DONE)
            {
                throw NativeConnection.Error(result, handle);
            }

            // Somebody else has deleted rows meanwhile.
            if (next is not long nextFirst)
            {
                break;
            }

            ranges.Add(new(first, nextFirst - 1));
            first = nextFirst;
            rowsBefore = rowsUpToHere;
        }

        ranges.Add(new(first, long.MaxValue));
        return ranges;
    }

    private static string RowIdName(sqlite3 handle, string table, string databaseName)
    {
        using var query = new NativeStatement(
            handle,
            """
            SELECT column1 FROM (VALUES ('rowid'), ('_rowid_'), ('oid'))
            WHERE column1 NOT IN (SELECT lower(name) FROM pragma_table_xinfo(?1, ?2))
            """);
        var names = new ParameterBuffer(2);
        names.SetText(0, table.AsSpan());
        names.SetText(1, databaseName.AsSpan());
        var result = query.Run(names, 0, inTransaction: false, out var name);
        return result == raw.SQLITE_DONE
            ? name as string ?? throw NoRowId(table)
            : throw NativeConnection.Error(result, handle);
    }

    private static NativeStatement PrepareNthKey(sqlite3 handle, string sql, string table)
    {
        try
        {
            return new NativeStatement(handle, sql);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // The rows could be counted: the table is there.
            throw NoRowId(table);
        }
    }

    private static ArgumentException NoRowId(string table) => new(
        $"'{table}' has no rowid that could be asked for: it is a view, is WITHOUT ROWID, or has columns named rowid, _rowid_ and oid.",
        nameof(table));
}
