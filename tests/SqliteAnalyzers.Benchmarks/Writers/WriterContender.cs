namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>A way in which many producers write to one database.</summary>
/// <param name="Title">Its name in tables.</param>
/// <param name="HasThreads">Whether each producer needs a thread, because it is blocked while it waits.</param>
/// <param name="Open">Prepares the way for a number of producers.</param>
internal sealed record WriterContender(string Title, bool HasThreads, Func<SharedDatabase, Writing> Open)
{
    public static IReadOnlyList<WriterContender> All { get; } =
    [
        new("a connection for each, busy_timeout", HasThreads: true, database => new OwnConnections(database)),
        new("a connection for each, tried every ms on its thread", HasThreads: true, database => new OwnRetries(database, onThread: true)),
        new("a connection for each, tried every ms without a thread", HasThreads: false, database => new OwnRetries(database, onThread: false)),
        new("a connection for each, `InTransactionAsync`", HasThreads: false, database => new OwnTransactions(database)),
        new("a lock around one connection", HasThreads: true, database => new LockedConnection(database)),
        new("EF Core, a context for each unit", HasThreads: true, database => new ContextForEach(database)),
        new("`SqliteSingleWriter.RunAsync`", HasThreads: false, database => new SingleWriter(database, asStatement: false)),
        new("`SqliteSingleWriter.ExecuteAsync`", HasThreads: false, database => new SingleWriter(database, asStatement: true)),
    ];
}
