using System.Collections.Immutable;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The effect of one piece of code, whatever state it is entered in: what it does to the objects that its caller can see, and what
/// only its caller can judge.
/// </summary>
/// <remarks>It holds nothing of the compilation it was made in.</remarks>
internal sealed class Summary : IEquatable<Summary>
{
    /// <summary>Of code that has not been looked at yet: it never returns.</summary>
    public static readonly Summary Bottom = new();

    /// <summary>Of code that is too big, or that there is no code of: what it is given, it may do anything with.</summary>
    public static readonly Summary Unknown = new() { Exits = ImmutableArray.Create(State.Empty), IsUnknown = true };

    /// <summary>The states it is left in, each under the conditions it assumes of the values at entry; none if it never returns.</summary>
    public ImmutableArray<State> Exits { get; init; } = ImmutableArray<State>.Empty;

    /// <summary>The state in which an exception leaves it.</summary>
    public State? Exceptional { get; init; }

    /// <summary>Of an iterator: the state in which it has given one of its items.</summary>
    public State? Yielded { get; init; }

    /// <summary>What only a caller can judge.</summary>
    public ImmutableArray<LatentEvent> Latent { get; init; } = ImmutableArray<LatentEvent>.Empty;

    /// <summary>What was found, and is certain whoever calls.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = ImmutableArray<Finding>.Empty;

    /// <summary>What was found where its lambdas and local functions end, and those that it runs, or where itself does if it is one: whoever they belong to reports it.</summary>
    public ImmutableArray<Finding> EndsOfFunctions { get; init; } = ImmutableArray<Finding>.Empty;

    /// <summary>What the connections are used for that the caller can see.</summary>
    public ImmutableArray<(AbstractObject Connection, ConnectionUse Use)> Uses { get; init; } = ImmutableArray<(AbstractObject, ConnectionUse)>.Empty;

    /// <summary>What the connections are used for here that called code made, by the member that did.</summary>
    public ImmutableArray<(CodeMember Maker, ConnectionUse Use)> Obtained { get; init; } = ImmutableArray<(CodeMember, ConnectionUse)>.Empty;

    /// <summary>The pragmas that are set.</summary>
    public ImmutableArray<PragmaExecution> Pragmas { get; init; } = ImmutableArray<PragmaExecution>.Empty;

    /// <summary>The values at entry of which to know more would have changed the summary.</summary>
    public ImmutableArray<AccessPath> Asked { get; init; } = ImmutableArray<AccessPath>.Empty;

    /// <summary>The objects of libraries that were there at entry and that something happens to.</summary>
    public ImmutableArray<EntryObject> Touched { get; init; } = ImmutableArray<EntryObject>.Empty;

    public bool IsIterator { get; init; }

    /// <summary>Whether what stands in a parameter at entry is told by callers that can be found.</summary>
    public bool IsToldByCallers { get; init; }

    public bool IsUnknown { get; init; }

    /// <summary>
    /// Whether so much happens in it that its states had to be joined: what a caller tells of its arguments would be lost in it as well.
    /// </summary>
    public bool IsCollapsed { get; init; }

    /// <summary>
    /// What covers this and an earlier summary of the same code, in one state for all ways to leave it: methods that call each other
    /// come to an end so. What is found is what this one finds.
    /// </summary>
    public Summary Widen(Summary earlier) => IsUnknown || earlier.IsUnknown ? Unknown : new()
    {
        Exits = Join(Exits.AddRange(earlier.Exits)) is { } exit ? ImmutableArray.Create(exit) : ImmutableArray<State>.Empty,
        Exceptional = Join(Exceptional, earlier.Exceptional),
        Yielded = Join(Yielded, earlier.Yielded),
        IsIterator = IsIterator,
        IsToldByCallers = IsToldByCallers,
        IsCollapsed = IsCollapsed || earlier.IsCollapsed,
        Latent = earlier.Latent.AddRange(Latent.Where(latent => !earlier.Latent.Contains(latent))).Take(2 * Limits.MaxLatent).ToImmutableArray(),
        Findings = Findings,
        EndsOfFunctions = EndsOfFunctions,
        Obtained = Obtained,
        Uses = earlier.Uses.Concat(Uses).GroupBy(use => use.Connection)
            .Select(uses => (uses.Key, uses.Aggregate(ConnectionUse.None, (all, use) => all | use.Use))).ToImmutableArray(),
        Pragmas = earlier.Pragmas.Union(Pragmas).ToImmutableArray(),
        Asked = earlier.Asked.Union(Asked).ToImmutableArray(),
        Touched = earlier.Touched.Union(Touched).ToImmutableArray(),
    };

    /// <summary>Whether a caller sees no difference.</summary>
    public bool HasSameEffects(Summary other) => Equals(other, withFindings: false);

    public bool Equals(Summary? other) => Equals(other, withFindings: true);

    private static State? Join(IEnumerable<State> states)
    {
        var joined = default(State);
        foreach (var state in states)
        {
            joined = joined?.Join(state, isDoubtful: true) ?? state;
        }

        return joined;
    }

    private static State? Join(State? state, State? other) => state is null ? other : other is null ? state : state.Join(other);

    private bool Equals(Summary? other, bool withFindings) =>
        ReferenceEquals(this, other)
        || (other is not null
            && IsIterator == other.IsIterator
            && IsUnknown == other.IsUnknown
            && IsCollapsed == other.IsCollapsed
            && Exits.SequenceEqual(other.Exits)
            && Equals(Exceptional, other.Exceptional)
            && Equals(Yielded, other.Yielded)
            && Latent.SequenceEqual(other.Latent)
            && EndsOfFunctions.SequenceEqual(other.EndsOfFunctions, FindingComparer.Instance)
            && (!withFindings || (Findings.SequenceEqual(other.Findings, FindingComparer.Instance) && Obtained.SequenceEqual(other.Obtained)))
            && Uses.SequenceEqual(other.Uses)
            && Pragmas.SequenceEqual(other.Pragmas)
            && Asked.SequenceEqual(other.Asked)
            && Touched.SequenceEqual(other.Touched));

    public override bool Equals(object? obj) => Equals(obj as Summary);

    public override int GetHashCode() => Exits.Length;
}
