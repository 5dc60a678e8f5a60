namespace SqliteAnalyzers.Sql;

/// <summary>What happens to a pragma inside a transaction.</summary>
internal enum PragmaInTransaction
{
    Works,

    /// <summary>It fails.</summary>
    Throws,

    /// <summary>It fails once there is a temporary table.</summary>
    ThrowsWithTemporaryTable,

    /// <summary>It fails before the first write of the transaction; after it, it does nothing and says nothing.</summary>
    ThrowsOrIgnored,

    /// <summary>It does nothing and says nothing.</summary>
    Ignored,
}
