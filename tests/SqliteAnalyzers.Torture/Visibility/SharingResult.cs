namespace SqliteAnalyzers.Torture;

/// <summary>What one way of sharing a table has cost.</summary>
internal sealed class SharingResult(string way, bool hasGaps)
{
    private readonly List<string> _problems = [];

    public string Way => way;

    public bool HasGaps => hasGaps;

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Milliseconds for which finding the shares used a processor.</summary>
    public Median Splitting { get; } = new();

    /// <summary>Milliseconds of a worker's query.</summary>
    public Median Worker { get; } = new();

    /// <summary>Milliseconds of the longest of the workers' queries.</summary>
    public Median SlowestWorker { get; } = new();

    /// <summary>Milliseconds for which all the workers' queries together used a processor.</summary>
    public Median ProcessorTime { get; } = new();

    /// <summary>Milliseconds from the first start to the last end.</summary>
    public Median Elapsed { get; } = new();

    public void Add(TimeSpan splitting, Situation situation)
    {
        _problems.AddRange(situation.Problems);
        Splitting.Add(splitting.TotalMilliseconds);
        Elapsed.Add(situation.Elapsed.TotalMilliseconds);
        ProcessorTime.Add(situation.ProcessorMilliseconds);
        if (situation.Milliseconds.Count == 0)
        {
            return;
        }

        SlowestWorker.Add(situation.Milliseconds.Max());
        foreach (var milliseconds in situation.Milliseconds)
        {
            Worker.Add(milliseconds);
        }
    }
}
