namespace SqliteAnalyzers.Sql;

internal enum SqlStatementKind
{
    /// <summary>Not known: no SQL, or a hole where the verb should stand.</summary>
    Unknown,

    /// <summary><c>SELECT</c> or <c>VALUES</c>, also after <c>WITH</c>.</summary>
    Select,
    Insert,
    Update,
    Delete,
    Replace,
    Create,
    Drop,
    Alter,
    Begin,

    /// <summary><c>COMMIT</c> or <c>END</c>.</summary>
    Commit,
    Rollback,

    /// <summary><c>ROLLBACK TO savepoint</c>: the transaction goes on.</summary>
    RollbackTo,
    Savepoint,
    Release,
    Pragma,
    Attach,
    Detach,
    Vacuum,
    Analyze,
    Reindex,

    /// <summary><c>EXPLAIN</c> in front of anything: the statement itself does not run.</summary>
    Explain,
}
