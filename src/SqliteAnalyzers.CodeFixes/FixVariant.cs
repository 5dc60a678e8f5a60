namespace SqliteAnalyzers.CodeFixes;

/// <summary>
/// What the fixed code calls.
/// </summary>
internal enum FixVariant
{
    /// <summary>The runtime library, SqliteAnalyzers.Runtime.</summary>
    Helper,

    /// <summary>ADO.NET alone.</summary>
    Plain,
}
