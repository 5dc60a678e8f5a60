using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>A summary with all that it rests on. It holds nothing of the compilation it was made in.</summary>
internal sealed class KeptSummary(SummaryKey key, Summary summary, ulong surroundings, IReadOnlyCollection<Premise> premises)
{
    private IReadOnlyList<KeptSummary>? _dependencies;

    public SummaryKey Key => key;

    public Summary Summary => summary;

    /// <summary>A name for the cycle of calls that it is part of; null if it is part of none.</summary>
    public CodeUnit? Cycle { get; set; }

    /// <summary>The summaries it rests on, those very ones: one that has been made anew since is another.</summary>
    /// <remarks>Null until all of a cycle are made.</remarks>
    public IReadOnlyList<KeptSummary>? Dependencies => _dependencies;

    public void RestOn(IReadOnlyList<KeptSummary> dependencies) => _dependencies = dependencies;

    /// <summary>Whether it would be made the same now, if all that it rests on were.</summary>
    public bool IsStillTrue(FlowEngine engine, CancellationToken cancellation)
    {
        if (surroundings != engine.Surroundings || _dependencies is null)
        {
            return false;
        }

        foreach (var premise in premises)
        {
            if (!premise.Holds(engine, cancellation))
            {
                return false;
            }
        }

        return true;
    }
}
