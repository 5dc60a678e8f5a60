using System;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Sql;

/// <summary>A word of an SQL text that a rule may want to name or to underline.</summary>
/// <param name="Text">The text without its quotes, a sign included.</param>
/// <param name="Span">Where it stands in the SQL text, quotes included.</param>
/// <param name="Kind">What it is.</param>
internal sealed record SqlToken(string Text, TextSpan Span, SqlTokenKind Kind)
{
    /// <summary>Whether a part of it is not known.</summary>
    public bool HasHole => Text.IndexOf(SqlSource.Hole) >= 0;

    /// <summary>Whether it is this word, in any case of letters, as SQLite compares names.</summary>
    public bool Is(string word) => string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}
