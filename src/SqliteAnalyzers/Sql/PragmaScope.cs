namespace SqliteAnalyzers.Sql;

/// <summary>Where a pragma's setting is kept.</summary>
internal enum PragmaScope
{
    /// <summary>It sets nothing: a question or an action.</summary>
    None,

    /// <summary>Gone with the connection; the next one has to set it again.</summary>
    Connection,

    /// <summary>In the database file. Of journal_mode only WAL is.</summary>
    File,

    /// <summary>All connections of the process share it.</summary>
    Process,
}
