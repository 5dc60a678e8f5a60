using System;
using System.Collections.Generic;
using System.Linq;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Runtime;

/// <summary>The little that must be known about a statement's text before SQLite runs it.</summary>
internal static class SqlText
{
    private static readonly string[] s_transactionWords = ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"];
    private static readonly string[] s_writingWords = ["INSERT", "REPLACE", "UPDATE", "DELETE", "WITH"];

    /// <summary>Whether there is nothing but white space, comments and semicolons.</summary>
    public static bool IsBlank(string? sql) => sql is null || !new SqlStatementSplitter(sql).Read([]);

    /// <summary>Whether a statement that writes inserts, updates or deletes rows.</summary>
    public static bool ChangesRows(string sql)
    {
        var lexemes = new List<Lexeme>();
        return new SqlStatementSplitter(sql).Read(lexemes) && WordOf(sql, lexemes[0], s_writingWords) is not null;
    }

    /// <summary>The text itself.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    /// <exception cref="ArgumentException">One of its statements begins or ends a transaction.</exception>
    public static string RequireNoTransaction(string? sql, string parameter)
    {
        if (sql is null)
        {
            throw new ArgumentNullException(parameter);
        }

        var lexemes = new List<Lexeme>();
        var statements = new SqlStatementSplitter(sql);
        while (statements.Read(lexemes))
        {
            if (WordOf(sql, lexemes[0], s_transactionWords) is { } word)
            {
                throw new ArgumentException($"{word} begins or ends a transaction, which the batch does itself: use Commit, Rollback or BeginUnit.", parameter);
            }
        }

        return sql;
    }

    /// <summary>The names that stand before a parenthesis, in lower case: those of functions are among them.</summary>
    public static IEnumerable<string> NamesBeforeParentheses(string sql)
    {
        var tokens = new SqlTokenizer(sql);
        string? name = null;
        while (tokens.Read())
        {
            var token = tokens.Current;
            if (!token.IsSignificant)
            {
                continue;
            }

            if (name is not null && token.Kind == SqlTokenKind.Punctuation && sql[token.Start] == '(')
            {
                yield return name;
            }

            name = token.Kind switch
            {
                SqlTokenKind.Word => LowerCase(sql.Substring(token.Start, token.Length)),
                SqlTokenKind.QuotedName => LowerCase(sql.Substring(token.Start + 1, token.Length - 2)),
                _ => null,
            };
        }
    }

    /// <summary>Whether this word stands anywhere outside quotes and comments.</summary>
    public static bool HasWord(string sql, string word)
    {
        var tokens = new SqlTokenizer(sql);
        while (tokens.Read())
        {
            if (tokens.Current.IsWord(sql, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A name in double quotes, in which no character has a meaning of its own.</summary>
    public static string QuotedName(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    /// <summary>A column's name where SQLite expects an expression: in double quotes it would take one that does not exist for a text.</summary>
    public static string ColumnName(string name) => $"`{name.Replace("`", "``")}`";

    /// <summary>Whether they are one name to SQLite, which tells upper from lower case outside ASCII.</summary>
    public static bool IsSameName(string name, string other) => LowerCase(name) == LowerCase(other);

    /// <summary>The name itself.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static string RequireName(string? name, string parameter) => name switch
    {
        null => throw new ArgumentNullException(parameter),
        "" => throw new ArgumentException("A table, column or database has no name.", parameter),
        _ => name,
    };

    private static string LowerCase(string name) => string.Concat(name.Select(static letter => letter is >= 'A' and <= 'Z' ? (char)(letter + ('a' - 'A')) : letter));

    private static string? WordOf(string sql, Lexeme lexeme, string[] words) => Array.Find(words, word => lexeme.IsWord(sql, word));
}
