namespace SqliteAnalyzers.Runtime;

/// <summary>What a batch has open on its connection. That it has come to its own end, the <see cref="OperationGate"/> knows.</summary>
internal enum BatchState
{
    /// <summary>No transaction: the next operation begins one.</summary>
    Idle,

    /// <summary>A transaction.</summary>
    Open,

    /// <summary>A transaction and in it a unit.</summary>
    InUnit,

    /// <summary>A transaction that SQLite or somebody else has ended. The caller must be told, and say by Rollback that he knows.</summary>
    Ended,
}
