using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SqliteAnalyzers.Runtime;

/// <summary>Where the rows of a bulk insert go, what becomes of those that conflict, and what comes back of each: its statement, but for the number of rows.</summary>
internal readonly struct InsertTarget(
    string? databaseName,
    string table,
    IReadOnlyList<string> columns,
    SqliteConflictResolution onConflict,
    SqliteUpsert? upsert,
    string? returning)
{
    public string? DatabaseName => databaseName;

    public string Table => table;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>Whether rows delete others.</summary>
    public bool Replaces => onConflict == SqliteConflictResolution.Replace;

    /// <summary>Whether rows may update others.</summary>
    public bool Updates => upsert is not null;

    /// <summary>Whether something comes back of each row.</summary>
    public bool Returns => returning is not null;

    /// <summary>The same, with names and columns that are valid and stay as they are.</summary>
    /// <exception cref="ArgumentException">One of them is not valid.</exception>
    public InsertTarget Checked()
    {
        const string ReturningParameter = "keyColumn";
        return new(
            databaseName is null ? null : SqlText.RequireName(databaseName, nameof(databaseName)),
            SqlText.RequireName(table, nameof(table)),
            (columns ?? throw new ArgumentNullException(nameof(columns))).Select(c => SqlText.RequireName(c, nameof(columns))).ToArray(),
            onConflict is SqliteConflictResolution.Abort or SqliteConflictResolution.Ignore or SqliteConflictResolution.Replace
                ? onConflict
                : throw new ArgumentOutOfRangeException(nameof(onConflict), onConflict, "The conflict resolution must be Abort, Ignore or Replace."),
            upsert,
            returning is null ? null : SqlText.RequireName(returning, ReturningParameter));
    }

    public bool IsSameAs(in InsertTarget other)
    {
        var (otherDatabase, otherTable, otherColumns, otherOnConflict, otherUpsert, otherReturning) = other.Parts;
        if (otherColumns is null || otherColumns.Count != columns.Count || otherOnConflict != onConflict || otherTable != table || otherDatabase != databaseName
            || otherReturning != returning || !(upsert is null ? otherUpsert is null : upsert.IsSameAs(otherUpsert)))
        {
            return false;
        }

        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] != otherColumns[i])
            {
                return false;
            }
        }

        return true;
    }

    public string Statement(int rows)
    {
        var conflictClause = onConflict switch
        {
            SqliteConflictResolution.Ignore => "OR IGNORE ",
            SqliteConflictResolution.Replace => "OR REPLACE ",
            _ => "",
        };
        var qualifiedTable = (databaseName is null ? "" : SqlText.QuotedName(databaseName) + ".") + SqlText.QuotedName(table);
        var row = $"({string.Join(",", Enumerable.Repeat("?", columns.Count))})";
        var sql = new StringBuilder($"INSERT {conflictClause}INTO {qualifiedTable} ({string.Join(",", columns.Select(SqlText.QuotedName))}) VALUES ");
        return sql.Insert(sql.Length, row + ",", rows - 1)
            .Append(row)
            .Append(upsert?.Clause(columns))
            .Append(returning is null ? "" : " RETURNING " + SqlText.ColumnName(returning))
            .ToString();
    }

    private (string? Database, string Table, IReadOnlyList<string>? Columns, SqliteConflictResolution OnConflict, SqliteUpsert? Upsert, string? Returning) Parts =>
        (databaseName, table, columns, onConflict, upsert, returning);
}
