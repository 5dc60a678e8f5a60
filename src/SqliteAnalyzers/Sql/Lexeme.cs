namespace SqliteAnalyzers.Sql;

/// <summary>A token as a place in the text, without a copy of its characters.</summary>
internal readonly record struct Lexeme(SqlTokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>Whether it is neither white space nor a comment.</summary>
    public bool IsSignificant => Kind is not (SqlTokenKind.Whitespace or SqlTokenKind.Comment);
}
