using System.Collections.Concurrent;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>The summaries of a compilation that are final. All threads share them; two may make the same one, and make it equal.</summary>
internal sealed class SummaryStore
{
    private readonly ConcurrentDictionary<SummaryKey, Kept> _summaries = new();
    private readonly ConcurrentDictionary<CodeUnit, CodeUnit> _cycles = new();

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

    /// <summary>Remembers that these call each other.</summary>
    public void PublishCycle(IEnumerable<SummaryKey> keys)
    {
        var name = default(CodeUnit);
        foreach (var key in keys)
        {
            if (key.Binding.IsEmpty)
            {
                _cycles.TryAdd(key.Unit, name ??= key.Unit);
            }
        }
    }

    /// <summary>Whether both are part of one cycle of calls: what one tells the other would never end.</summary>
    public bool CallEachOther(CodeUnit unit, CodeUnit other) =>
        _cycles.TryGetValue(unit, out var cycle) && _cycles.TryGetValue(other, out var others) && cycle.Equals(others);
}
