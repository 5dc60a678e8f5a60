namespace SqliteAnalyzers.Model;

/// <summary>The operation that made a fact true, for the message and the additional location.</summary>
/// <param name="Origin">The operation itself, in whatever method it stands.</param>
/// <param name="Anchor">Where it happens in the method that is looked at: the operation, or the call that leads to it.</param>
/// <param name="What">In words, for the message.</param>
/// <param name="Below">The anchor in the method that the anchor calls; null where that is the operation.</param>
internal sealed record Evidence(Place Origin, Place Anchor, string What = "", Place? Below = null) : IComparable<Evidence>
{
    public static Evidence At(Place place, string what = "") => new(place, place, what);

    /// <summary>As the caller sees it after <paramref name="call"/>.</summary>
    public Evidence Leave(Place call) => new(Origin, call, What, Anchor);

    /// <summary>The order of the source, so that what is reported does not depend on the order of visits.</summary>
    public int CompareTo(Evidence? other)
    {
        var byAnchor = Anchor.CompareTo(other!.Anchor);
        var byOrigin = byAnchor != 0 ? byAnchor : Origin.CompareTo(other.Origin);
        var byWhat = byOrigin != 0 ? byOrigin : string.CompareOrdinal(What, other.What);
        return byWhat != 0 ? byWhat : Comparer<Place?>.Default.Compare(Below, other.Below);
    }

    public bool Equals(Evidence? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Origin.Equals(other.Origin) && Anchor.Equals(other.Anchor) && What == other.What && Below.Equals(other.Below));

    public override int GetHashCode() => Origin.GetHashCode();

    /// <summary>The one that stands first in the source.</summary>
    public static Evidence First(Evidence a, Evidence b) => a.CompareTo(b) <= 0 ? a : b;
}
