using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>A fact about an object in the state a method is entered in.</summary>
internal sealed record EntryFact(AbstractObject Item, Typestate Bit);

/// <summary>
/// The operation that made a fact true, for the message and the additional location.
/// </summary>
/// <param name="Origin">The operation itself, in whatever method it stands.</param>
/// <param name="Anchor">Where it happens in the method being looked at: the operation, or the call that leads to it.</param>
/// <param name="What">In words, for the message.</param>
/// <param name="Entry">The fact it stands for, if that was true before the method was called: only the caller knows the operation.</param>
internal sealed record Evidence(IOperation Origin, IOperation Anchor, string What = "", EntryFact? Entry = null)
{
    public static Evidence At(IOperation operation, string what = "") => new(operation, operation, what);

    /// <summary>As the caller, who was in the state <paramref name="before"/>, sees it after <paramref name="call"/>.</summary>
    public Evidence Leave(IOperation call, State before) =>
        Entry is null ? new(Origin, call, What) : before[Entry.Item].EvidenceOf(Entry.Bit) ?? new(call, call, What);

    public bool Equals(Evidence? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && ReferenceEquals(Origin, other.Origin)
            && ReferenceEquals(Anchor, other.Anchor)
            && Equals(Entry, other.Entry));

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Origin);

    /// <summary>The one that stands first in the source, so that what is reported does not depend on the order of visits.</summary>
    public static Evidence First(Evidence a, Evidence b)
    {
        if (a.Entry is null != b.Entry is null)
        {
            return a.Entry is null ? a : b;
        }

        var byAnchor = a.Anchor.Syntax.SpanStart.CompareTo(b.Anchor.Syntax.SpanStart);
        return (byAnchor != 0 ? byAnchor : a.Origin.Syntax.SpanStart.CompareTo(b.Origin.Syntax.SpanStart)) <= 0 ? a : b;
    }
}
