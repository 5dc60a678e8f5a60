using System.Collections.Concurrent;

namespace SqliteAnalyzers.Engine;

/// <summary>The summaries of a compilation that are final. All threads share them; two may make the same one, and make it equal.</summary>
internal sealed class SummaryStore
{
    private readonly ConcurrentDictionary<SummaryKey, Kept> _summaries = new();

    /// <summary>A summary and those it rests on.</summary>
    internal sealed record Kept(Summary Summary, IReadOnlyList<SummaryKey> Dependencies);

    public bool TryGet(SummaryKey key, out Summary summary)
    {
        var isKnown = _summaries.TryGetValue(key, out var kept);
        summary = isKnown ? kept!.Summary : Summary.Unknown;
        return isKnown;
    }

    public void Publish(SummaryKey key, Summary summary, IReadOnlyList<SummaryKey> dependencies) =>
        _summaries.TryAdd(key, new(summary, dependencies));
}
