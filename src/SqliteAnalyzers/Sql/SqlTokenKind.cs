namespace SqliteAnalyzers.Sql;

internal enum SqlTokenKind
{
    /// <summary>White space.</summary>
    Whitespace,

    /// <summary><c>-- to the end of the line</c> or <c>/* … */</c>.</summary>
    Comment,

    /// <summary>A keyword or a plain name.</summary>
    Word,

    /// <summary><c>"name"</c>, <c>[name]</c> or <c>`name`</c>.</summary>
    QuotedName,

    /// <summary><c>'text'</c>.</summary>
    String,

    /// <summary><c>x'0A'</c>.</summary>
    Blob,

    /// <summary>A number, with its sign where a pragma takes it as one value.</summary>
    Number,

    /// <summary><c>?</c>, <c>?1</c>, <c>:name</c>, <c>@name</c> or <c>$name</c>.</summary>
    Parameter,

    /// <summary>One character of an operator or a separator.</summary>
    Punctuation,

    /// <summary>Nothing but a part that is not known: see <see cref="SqlTokenizer.Hole"/>.</summary>
    Hole,

    /// <summary>What SQLite answers with "unrecognized token": <c>30s</c>, a quote without its end.</summary>
    Invalid,
}
