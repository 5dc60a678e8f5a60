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

    /// <summary>Of code that touches nothing the engine knows.</summary>
    public static readonly Summary Nothing = new() { Exits = ImmutableArray.Create(State.Empty), IsNothing = true };

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

    /// <summary>What the connections are used for that the caller can see.</summary>
    public ImmutableArray<(AbstractObject Connection, ConnectionUse Use)> Uses { get; init; } = ImmutableArray<(AbstractObject, ConnectionUse)>.Empty;

    /// <summary>The pragmas that are set.</summary>
    public ImmutableArray<PragmaExecution> Pragmas { get; init; } = ImmutableArray<PragmaExecution>.Empty;

    /// <summary>The values at entry of which to know more would have changed the summary.</summary>
    public ImmutableArray<AccessPath> Asked { get; init; } = ImmutableArray<AccessPath>.Empty;

    /// <summary>The objects of libraries that were there at entry and that something happens to.</summary>
    public ImmutableArray<EntryObject> Touched { get; init; } = ImmutableArray<EntryObject>.Empty;

    public bool IsIterator { get; init; }

    public bool IsNothing { get; init; }

    public bool IsUnknown { get; init; }

    public bool Equals(Summary? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && IsIterator == other.IsIterator
            && IsNothing == other.IsNothing
            && IsUnknown == other.IsUnknown
            && Exits.SequenceEqual(other.Exits)
            && Equals(Exceptional, other.Exceptional)
            && Equals(Yielded, other.Yielded)
            && Latent.SequenceEqual(other.Latent)
            && Findings.SequenceEqual(other.Findings, FindingComparer.Instance)
            && Uses.SequenceEqual(other.Uses)
            && Pragmas.SequenceEqual(other.Pragmas)
            && Asked.SequenceEqual(other.Asked)
            && Touched.SequenceEqual(other.Touched));

    public override bool Equals(object? obj) => Equals(obj as Summary);

    public override int GetHashCode() => Exits.Length;
}
