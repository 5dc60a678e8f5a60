namespace SqliteAnalyzers.Tests.Flow.Paths;

/// <summary>What is so at a place on one path: nothing is joined, nothing is left open.</summary>
/// <param name="Transaction">Of the connection.</param>
/// <param name="Unsaved">Whether committed writes stand in the -wal file only.</param>
/// <param name="ObjectIsOver">Of the innermost transaction object: whether it was committed or rolled back.</param>
internal readonly record struct PathState(TransactionState Transaction, bool Unsaved, bool ObjectIsOver);

internal enum TransactionState
{
    None,

    /// <summary>BEGIN, which takes no lock before the first statement.</summary>
    Begun,
    Reading,
    Reserved,
    Written,
}
