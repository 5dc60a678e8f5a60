namespace SqliteAnalyzers.Sql;

/// <summary>What <c>BEGIN</c> starts (https://www.sqlite.org/lang_transaction.html).</summary>
internal enum SqlBeginKind
{
    /// <summary>No lock until the first read or write; what a plain <c>BEGIN</c> means.</summary>
    Deferred,

    /// <summary>The write lock at once.</summary>
    Immediate,

    /// <summary>The write lock at once, and outside WAL mode readers are kept out too.</summary>
    Exclusive,

    /// <summary>The word is not known.</summary>
    Unknown,
}
