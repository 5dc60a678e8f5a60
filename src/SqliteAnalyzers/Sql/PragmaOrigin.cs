namespace SqliteAnalyzers.Sql;

/// <summary>Which build of SQLite knows a pragma.</summary>
internal enum PragmaOrigin
{
    /// <summary>Every ordinary build.</summary>
    Sqlite,

    /// <summary>Builds for one operating system.</summary>
    OnePlatform,

    /// <summary>Builds with SQLITE_DEBUG.</summary>
    DebugBuild,

    /// <summary>Extensions that come with SQLite's sources.</summary>
    Extension,

    /// <summary>SQLCipher, SQLite3 Multiple Ciphers or SQLite's own encryption extension.</summary>
    Encryption,
}
