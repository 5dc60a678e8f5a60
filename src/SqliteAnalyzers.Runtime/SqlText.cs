using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>The little that must be known about a statement's text before SQLite runs it.</summary>
internal static class SqlText
{
    /// <summary>Whether there is nothing but white space, comments and semicolons.</summary>
    public static bool IsBlank(string? sql) => sql is null || SkipBlank(sql, 0) == sql.Length;

    /// <summary>The first word, after comments; empty if the text does not begin with one.</summary>
    public static string FirstWord(string sql)
    {
        var start = SkipBlank(sql, 0);
        var end = start;
        while (end < sql.Length && char.IsLetter(sql[end]))
        {
            end++;
        }

        return sql.Substring(start, end - start);
    }

    /// <summary>Whether a statement that writes inserts, updates or deletes rows.</summary>
    public static bool ChangesRows(string sql) => FirstWord(sql).ToUpperInvariant() is "INSERT" or "REPLACE" or "UPDATE" or "DELETE" or "WITH";

    /// <summary>A name in double quotes, in which no character has a meaning of its own.</summary>
    public static string QuotedName(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    /// <summary>The name itself.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static string RequireName(string? name, string parameter) => name switch
    {
        null => throw new ArgumentNullException(parameter),
        "" => throw new ArgumentException("A table, column or database has no name.", parameter),
        _ => name,
    };

    private static int SkipBlank(string sql, int position)
    {
        while (position < sql.Length)
        {
            if (char.IsWhiteSpace(sql[position]) || sql[position] == ';')
            {
                position++;
            }
            else if (string.CompareOrdinal(sql, position, "--", 0, 2) == 0)
            {
                position = End(sql, position, "\n");
            }
            else if (string.CompareOrdinal(sql, position, "/*", 0, 2) == 0)
            {
                position = End(sql, position + 2, "*/");
            }
            else
            {
                break;
            }
        }

        return position;
    }

    private static int End(string sql, int position, string mark)
    {
        var found = sql.IndexOf(mark, position, StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + mark.Length;
    }
}
