using System.Collections.Immutable;

namespace SqliteAnalyzers.Fuzz.Mutations;

/// <summary>What one step does to a piece: changes of its original text that belong together.</summary>
/// <param name="Kind">The name of the kind.</param>
/// <param name="Changes">The changes.</param>
internal sealed record Mutation(string Kind, ImmutableArray<Change> Changes)
{
    /// <summary>Whether the two change the same text, so that they cannot both be made.</summary>
    public bool Overlaps(Mutation other) => Changes.Any(change => other.Changes.Any(
        taken => taken.Place.File == change.Place.File && (taken.Place.Span.OverlapsWith(change.Place.Span) || taken.Place.Span.Start == change.Place.Span.Start)));
}
