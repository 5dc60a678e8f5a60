using System;

namespace SqliteAnalyzers.Sql;

/// <summary>A token as a place in the text, without a copy of its characters.</summary>
internal readonly record struct Lexeme(SqlTokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>Whether it is neither white space nor a comment.</summary>
    public bool IsSignificant => Kind is not (SqlTokenKind.Whitespace or SqlTokenKind.Comment);

    /// <summary>Whether it is this unquoted word of the text, in any case of letters.</summary>
    public bool IsWord(string text, string word) =>
        Kind == SqlTokenKind.Word && Length == word.Length && string.Compare(text, Start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;
}
