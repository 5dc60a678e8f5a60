using System.Collections.Concurrent;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The summaries of a compilation that are final: those made in it, and those that an earlier one has left and that still hold. All
/// threads share them; two may make the same one, and make it equal.
/// </summary>
internal sealed class SummaryStore(FlowEngine engine, ProjectMemory memory)
{
    private readonly ConcurrentDictionary<SummaryKey, KeptSummary> _summaries = new();
    private readonly ConcurrentDictionary<CodeUnit, CodeUnit> _cycles = new();
    private readonly ConcurrentDictionary<KeptSummary, bool> _outdated = new();

    /// <summary>Summaries that rest on each other come all at once: of a cycle that another thread has solved, none is made from a part.</summary>
    private readonly object _publishing = new();

    /// <summary>A summary as it was made.</summary>
    /// <param name="Dependencies">The summaries it was made from.</param>
    /// <param name="Premises">What else it rests on.</param>
    public sealed record Made(SummaryKey Key, Summary Summary, IReadOnlyCollection<SummaryKey> Dependencies, IReadOnlyCollection<Premise> Premises);

    /// <summary>Which of those that are not final yet is being made.</summary>
    public Claims Claims { get; } = new();

    public bool TryGet(SummaryKey key, out Summary summary, CancellationToken cancellation)
    {
        var isKnown = _summaries.TryGetValue(key, out var kept) || TryTakeOver(key, out kept, cancellation);
        summary = isKnown ? kept!.Summary : Summary.Unknown;
        return isKnown;
    }

    /// <summary>A summary that was published.</summary>
    public Summary Of(SummaryKey key) => _summaries[key].Summary;

    /// <summary>Whether the summary is made, or taken over, already.</summary>
    public bool Has(SummaryKey key) => _summaries.ContainsKey(key);

    /// <summary>Publishes summaries that rest on each other, or one that does not.</summary>
    /// <param name="made">The summaries.</param>
    /// <param name="cycle">Those of them that call each other.</param>
    public void Publish(IReadOnlyCollection<Made> made, IEnumerable<SummaryKey> cycle)
    {
        lock (_publishing)
        {
            PublishAll(made, cycle);
        }
    }

    private void PublishAll(IReadOnlyCollection<Made> made, IEnumerable<SummaryKey> cycle)
    {
        var unbound = cycle.Where(key => key.Binding.IsEmpty).Select(key => key.Unit).ToArray();
        foreach (var unit in unbound)
        {
            _cycles.TryAdd(unit, unbound[0]);
        }

        var added = new List<(KeptSummary Kept, Made Made)>();
        foreach (var one in made)
        {
            var kept = new KeptSummary(one.Key, one.Summary, engine.Surroundings, one.Premises) { Cycle = _cycles.TryGetValue(one.Key.Unit, out var name) ? name : null };
            if (_summaries.TryAdd(one.Key, kept))
            {
                added.Add((kept, one));
            }
        }

        foreach (var (kept, one) in added)
        {
            kept.RestOn(one.Dependencies.Select(key => _summaries.TryGetValue(key, out var dependency) ? dependency : null).OfType<KeptSummary>().ToArray());
            memory.Keep(kept);
        }
    }

    /// <summary>Whether both are part of one cycle of calls: what one tells the other would never end.</summary>
    public bool CallEachOther(CodeUnit unit, CodeUnit other) =>
        _cycles.TryGetValue(unit, out var cycle) && _cycles.TryGetValue(other, out var others) && cycle.Equals(others);

    /// <summary>Looks whether an earlier compilation has left a summary that would be made the same now, and all it rests on too.</summary>
    private bool TryTakeOver(SummaryKey key, out KeptSummary? kept, CancellationToken cancellation)
    {
        kept = memory.FindSummary(key);
        if (kept is null || _outdated.ContainsKey(kept))
        {
            return false;
        }

        var seen = new HashSet<KeptSummary> { kept };
        var pending = new Stack<KeptSummary>(seen);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (_outdated.ContainsKey(next) || !next.IsStillTrue(engine, cancellation))
            {
                _outdated[next] = _outdated[kept] = true;
                return false;
            }

            foreach (var dependency in next.Dependencies!)
            {
                if (!IsTakenOver(dependency) && seen.Add(dependency))
                {
                    pending.Push(dependency);
                }
            }
        }

        lock (_publishing)
        {
            foreach (var summary in seen)
            {
                if (_summaries.TryAdd(summary.Key, summary))
                {
                    engine.Counters.CountKept();
                }

                if (summary.Cycle is { } cycle)
                {
                    _cycles.TryAdd(summary.Key.Unit, cycle);
                }
            }
        }

        kept = _summaries[key];
        return true;
    }

    private bool IsTakenOver(KeptSummary summary) => _summaries.TryGetValue(summary.Key, out var known) && ReferenceEquals(known, summary);
}
