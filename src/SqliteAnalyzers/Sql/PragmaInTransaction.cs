namespace SqliteAnalyzers.Sql;

/// <summary>What happens to a pragma inside a transaction.</summary>
internal enum PragmaInTransaction
{
    Works,

    /// <summary>It fails, at least where it would change something.</summary>
    Throws,

    /// <summary>It does nothing and says nothing.</summary>
    Ignored,
}
