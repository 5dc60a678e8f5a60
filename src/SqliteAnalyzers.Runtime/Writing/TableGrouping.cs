using System;
using System.Linq;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Whether nothing can tell rows of a table that are inserted by one statement from rows inserted one by one: no trigger that looks around, no conflict
/// clause that keeps a part of a failed statement, no row that needs another row of the same statement, no function whose calls somebody may count.
/// </summary>
internal sealed class TableGrouping(StatementCache statements, string? databaseName, string table, bool rowsUpdateOthers)
{
    // They answer differently in the middle of a statement.
    private static readonly string[] s_functionsThatLookAround = ["changes", "total_changes", "last_insert_rowid"];

    private long _askedAt = -1;
    private bool _answer;

    /// <summary>Whether rows can be inserted together. Asked of the schema only when it has changed.</summary>
    /// <param name="schemaChanges">A number that grows when the schema, or a function, has become another one.</param>
    public bool IsPossible(long schemaChanges)
    {
        if (_askedAt != schemaChanges)
        {
            _answer = IsPlain();
            _askedAt = schemaChanges;
        }

        return _answer;
    }

    private bool IsPlain()
    {
        // A name alone may be that of a temporary table first.
        var master = $"{SqlText.QuotedName(databaseName ?? "main")}.sqlite_master";
        var shadow = databaseName is null ? " OR name = ?1 COLLATE NOCASE" : "";
        var isAlone = $"""
            SELECT NOT EXISTS (SELECT 1 FROM {master} WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE)
               AND NOT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE type = 'trigger'{shadow})
            """;
        const string Refers = "SELECT EXISTS (SELECT 1 FROM pragma_foreign_key_list(?1, ?2))";
        var isReferredTo = $"""
            SELECT EXISTS (SELECT 1 FROM {master} AS m, pragma_foreign_key_list(m.name, ?2) AS f WHERE m.type = 'table' AND f."table" = ?1 COLLATE NOCASE)
            """;
        var definitions = $"""
            SELECT group_concat(sql, ';') FROM {master}
            WHERE tbl_name = ?1 COLLATE NOCASE AND type IN ('table', 'index') AND rootpage > 0 AND sql IS NOT NULL
              AND EXISTS (SELECT 1 FROM {master} WHERE name = ?1 COLLATE NOCASE AND type = 'table' AND rootpage > 0)
            """;
        return Ask(isAlone, table) is 1L
            && HasHarmlessForeignKeys()
            && Ask(definitions, table) is string definition
            && !SqlText.HasWord(definition, "CONFLICT")
            && CallsNothingOfOthers(definition);

        // SQLite counts broken foreign keys and looks at them when a statement ends: what one row of it breaks another one may mend, by an update, or by being
        // what a row of another table has lacked.
        bool HasHarmlessForeignKeys() => rowsUpdateOthers ? RefersToNone() && IsReferredToByNone() : RefersToNone() || IsReferredToByNone();

        bool RefersToNone() => Ask(Refers, table, databaseName ?? "main") is 0L;

        bool IsReferredToByNone() => Ask(isReferredTo, table, databaseName ?? "main") is 0L;
    }

    private bool CallsNothingOfOthers(string definition)
    {
        const string UserFunctions = "SELECT count(*) FROM pragma_function_list WHERE NOT builtin AND instr(?1, '(' || lower(name) || '(') > 0";
        var names = SqlText.NamesBeforeParentheses(definition).Distinct().ToList();
        return !names.Intersect(s_functionsThatLookAround).Any()
            && (names.Count == 0 || Ask(UserFunctions, $"({string.Join("(", names)}(") is 0L);
    }

    // Where SQLite cannot say (it was built without that pragma, a limit is in the way), rows go one by one.
    private object? Ask(string sql, params string[] parameters)
    {
        var values = new ParameterBuffer(parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            values.SetText(i, parameters[i].AsSpan());
        }

        try
        {
            return statements.Get(sql).Run(values, 0, inTransaction: false, out var answer) == raw.SQLITE_DONE ? answer : null;
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}
