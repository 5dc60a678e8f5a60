using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// The operation that made a fact true, for the message and the additional location.
/// </summary>
/// <param name="Origin">The operation itself, in whatever method it stands.</param>
/// <param name="Anchor">Where it happens in the method being looked at: the operation, or the call that leads to it.</param>
/// <param name="What">In words, for the message.</param>
/// <param name="Inherited">The caller's evidence, if the fact was true before the method was called; the method alone cannot know it.</param>
internal sealed record Evidence(IOperation Origin, IOperation Anchor, string What = "", Evidence? Inherited = null)
{
    public static Evidence At(IOperation operation, string what = "") => new(operation, operation, what);

    /// <summary>As the called method sees it.</summary>
    public Evidence Enter() => new(Origin, Anchor, What, this);

    /// <summary>As the caller sees it after <paramref name="call"/>.</summary>
    public Evidence Leave(IOperation call) => Inherited ?? new(Origin, call, What);

    public bool Equals(Evidence? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && ReferenceEquals(Origin, other.Origin)
            && ReferenceEquals(Anchor, other.Anchor)
            && Equals(Inherited, other.Inherited));

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Origin);

    /// <summary>The one that stands first in the source, so that what is reported does not depend on the order of visits.</summary>
    public static Evidence First(Evidence a, Evidence b)
    {
        if (a.Inherited is null != b.Inherited is null)
        {
            return a.Inherited is null ? a : b;
        }

        var byAnchor = a.Anchor.Syntax.SpanStart.CompareTo(b.Anchor.Syntax.SpanStart);
        return (byAnchor != 0 ? byAnchor : a.Origin.Syntax.SpanStart.CompareTo(b.Origin.Syntax.SpanStart)) <= 0 ? a : b;
    }
}
