namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Where temporary tables and indices are kept.
/// Source: <see href="https://sqlite.org/pragma.html#pragma_temp_store"/>.
/// </summary>
public enum SqliteTempStore
{
    /// <summary>Where the SQLite build says; in the bundled engine, in a file.</summary>
    Default = 0,

    /// <summary>In a file.</summary>
    File = 1,

    /// <summary>In memory.</summary>
    Memory = 2,
}
