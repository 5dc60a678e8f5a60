namespace SqliteAnalyzers.Libraries;

/// <summary>What a project makes the contexts of Entity Framework Core contexts of, and the connections of linq2db connections to.</summary>
internal enum ContextSource
{
    /// <summary>Another project says, or nobody.</summary>
    Elsewhere,

    /// <summary>SQLite databases, and nothing else.</summary>
    Sqlite,

    /// <summary>Databases of other kinds as well.</summary>
    Others,
}
