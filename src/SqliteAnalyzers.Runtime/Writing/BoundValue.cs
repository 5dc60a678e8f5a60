namespace SqliteAnalyzers.Runtime;

/// <summary>What a parameter holds, as SQLite stores it.</summary>
internal enum ParameterKind : byte
{
    Unset = 0,
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

/// <summary>A parameter's value: an integer as it is, a real by its bits, a text or a blob by its place among the bytes of the buffer.</summary>
internal struct BoundValue
{
    public ParameterKind Kind;

    /// <summary>The integer, the real's bits, or offset (upper half) and length (lower half).</summary>
    public long Number;
}
