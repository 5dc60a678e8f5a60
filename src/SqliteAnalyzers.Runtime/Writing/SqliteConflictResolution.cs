namespace SqliteAnalyzers.Runtime;

/// <summary>
/// What happens to a row that a constraint forbids.
/// Source: <see href="https://sqlite.org/lang_conflict.html"/>.
/// </summary>
public enum SqliteConflictResolution
{
    /// <summary>The row is refused with an error. A conflict clause in the table's own definition goes before.</summary>
    Abort = 0,

    /// <summary>The row is left out.</summary>
    Ignore = 1,

    /// <summary>The rows that it conflicts with are deleted first.</summary>
    Replace = 2,
}
