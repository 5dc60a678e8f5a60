using System;
using System.Collections.Generic;
using System.Linq;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What a bulk insert does with a row whose key is there already: it updates that row (ON CONFLICT … DO UPDATE). Other constraints are not touched by it.
/// Source: <see href="https://sqlite.org/lang_upsert.html"/>.
/// </summary>
public sealed class SqliteUpsert
{
    /// <summary>An upsert by the columns of a PRIMARY KEY, a UNIQUE constraint or a unique index that has no WHERE.</summary>
    /// <param name="keyColumns">The columns of the key, as they are, in any order.</param>
    /// <param name="updateColumns">Which columns of the row get the new values. Left out, all of the bulk insert's that are not in the key. If there are none, the row stays as
    /// it is (DO NOTHING).</param>
    /// <exception cref="ArgumentNullException"><paramref name="keyColumns"/> or a name is null.</exception>
    /// <exception cref="ArgumentException">There is no key column, or a name is empty.</exception>
    public SqliteUpsert(IReadOnlyList<string> keyColumns, IReadOnlyList<string>? updateColumns = null)
    {
        KeyColumns = Names(keyColumns ?? throw new ArgumentNullException(nameof(keyColumns)), nameof(keyColumns));
        UpdateColumns = updateColumns is null ? null : Names(updateColumns, nameof(updateColumns));
        if (KeyColumns.Count == 0)
        {
            throw new ArgumentException("An upsert needs the columns of a key.", nameof(keyColumns));
        }
    }

    /// <summary>The columns of the key.</summary>
    public IReadOnlyList<string> KeyColumns { get; }

    /// <summary>The columns that are updated; null for all of the bulk insert's that are not in the key.</summary>
    public IReadOnlyList<string>? UpdateColumns { get; }

    internal bool IsSameAs(SqliteUpsert? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && KeyColumns.SequenceEqual(other.KeyColumns)
            && (UpdateColumns is null ? other.UpdateColumns is null : other.UpdateColumns is not null && UpdateColumns.SequenceEqual(other.UpdateColumns)));

    internal string Clause(IReadOnlyList<string> columns)
    {
        var updated = UpdateColumns ?? columns.Where(column => !KeyColumns.Any(key => SqlText.IsSameName(key, column))).ToList();
        var missing = updated.FirstOrDefault(updates => !columns.Any(column => SqlText.IsSameName(column, updates)));
        if (missing is not null)
        {
            throw new ArgumentException($"The upsert updates the column '{missing}', for which the rows have no value.", "upsert");
        }

        var target = $" ON CONFLICT ({string.Join(",", KeyColumns.Select(SqlText.ColumnName))}) DO ";
        return target + (updated.Count == 0
            ? "NOTHING"
            : "UPDATE SET " + string.Join(",", updated.Select(column => $"{SqlText.ColumnName(column)}=excluded.{SqlText.ColumnName(column)}")));
    }

    private static string[] Names(IReadOnlyList<string> names, string parameter) => names.Select(name => SqlText.RequireName(name, parameter)).ToArray();
}
