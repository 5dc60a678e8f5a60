namespace SqliteAnalyzers.Engine;

/// <summary>
/// What the engine has done for one compilation. Tests assert these instead of the clock.
/// </summary>
internal sealed class Counters
{
    private long _graphsBuilt;
    private long _blocksRead;
    private long _blocksVisited;
    private long _summariesMade;
    private long _methodsAbandoned;
    private long _summariesKept;
    private long _searches;

    public long GraphsBuilt => Interlocked.Read(ref _graphsBuilt);

    /// <summary>Blocks of the graphs that summaries were made from, a graph counted for each of them.</summary>
    public long BlocksRead => Interlocked.Read(ref _blocksRead);

    public long BlocksVisited => Interlocked.Read(ref _blocksVisited);

    public long SummariesMade => Interlocked.Read(ref _summariesMade);

    /// <summary>Summaries that an earlier compilation has left, and that were found to hold in this one.</summary>
    public long SummariesKept => Interlocked.Read(ref _summariesKept);

    /// <summary>Methods on which the engine gave up because of a limit.</summary>
    public long MethodsAbandoned => Interlocked.Read(ref _methodsAbandoned);

    /// <summary>Times that the code of the project was searched for what it does with a field or property.</summary>
    public long Searches => Interlocked.Read(ref _searches);

    public void CountGraph() => Interlocked.Increment(ref _graphsBuilt);

    public void CountBlock() => Interlocked.Increment(ref _blocksVisited);

    public void CountSummary(int blocks)
    {
        Interlocked.Increment(ref _summariesMade);
        Interlocked.Add(ref _blocksRead, blocks);
    }

    public void CountKept() => Interlocked.Increment(ref _summariesKept);

    public void CountSearch() => Interlocked.Increment(ref _searches);

    public void CountAbandoned() => Interlocked.Increment(ref _methodsAbandoned);
}
