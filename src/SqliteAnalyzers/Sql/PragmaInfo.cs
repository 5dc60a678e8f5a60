namespace SqliteAnalyzers.Sql;

/// <summary>What is known of one pragma.</summary>
internal sealed record PragmaInfo(string Name, PragmaScope Scope, PragmaValues Values)
{
    public PragmaOrigin Origin { get; init; } = PragmaOrigin.Sqlite;

    public PragmaInTransaction InTransaction { get; init; } = PragmaInTransaction.Works;

    /// <summary>Whether inside a transaction it fails or does nothing, whatever tables there are.</summary>
    public bool IsHinderedByTransaction => InTransaction is not (PragmaInTransaction.Works or PragmaInTransaction.ThrowsWithTemporaryTable);

    /// <summary>Whether <c>PRAGMA name</c> answers with columns.</summary>
    public bool AnswersWithoutValue { get; init; } = true;

    /// <summary>Whether <c>PRAGMA name = value</c> answers with columns.</summary>
    public bool AnswersWithValue { get; init; } = true;

    /// <summary>Whether a value sets something, as opposed to a question or an action.</summary>
    public bool IsSetting => Scope != PragmaScope.None;

    /// <summary>Whether each new connection starts without what was set.</summary>
    public bool IsPerConnection => Scope == PragmaScope.Connection;

    public bool IsFromEncryption => Origin == PragmaOrigin.Encryption;
}
