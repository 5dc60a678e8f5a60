namespace SqliteAnalyzers.Flow;

/// <summary>
/// What the engine has done for one compilation. Tests assert these instead of the clock.
/// </summary>
internal sealed class FlowCounters
{
    private long _graphsBuilt;
    private long _blocksVisited;
    private long _summariesMade;
    private long _methodsAbandoned;

    public long GraphsBuilt => Interlocked.Read(ref _graphsBuilt);

    public long BlocksVisited => Interlocked.Read(ref _blocksVisited);

    public long SummariesMade => Interlocked.Read(ref _summariesMade);

    /// <summary>Methods on which the engine gave up because of a limit.</summary>
    public long MethodsAbandoned => Interlocked.Read(ref _methodsAbandoned);

    public void CountGraph() => Interlocked.Increment(ref _graphsBuilt);

    public void CountBlock() => Interlocked.Increment(ref _blocksVisited);

    public void CountSummary() => Interlocked.Increment(ref _summariesMade);

    public void CountAbandoned() => Interlocked.Increment(ref _methodsAbandoned);
}
