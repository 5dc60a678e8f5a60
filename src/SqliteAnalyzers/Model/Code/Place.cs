namespace SqliteAnalyzers.Model;

/// <summary>Where a piece of code stands, told by the member it is part of and its position in that member.</summary>
/// <param name="Member">The member.</param>
/// <param name="Start">In characters from the first one of the member.</param>
/// <param name="Length">In characters.</param>
internal readonly record struct Place(CodeMember Member, int Start, int Length) : IComparable<Place>
{
    public int End => Start + Length;

    public bool Contains(Place other) => Member.Equals(other.Member) && Start <= other.Start && other.End <= End;

    /// <summary>The order of the source within a member, and of names among members: it does not depend on where a member stands.</summary>
    public int CompareTo(Place other)
    {
        var byMember = Member.CompareTo(other.Member);
        return byMember != 0 ? byMember : Start != other.Start ? Start.CompareTo(other.Start) : Length.CompareTo(other.Length);
    }

    public bool Equals(Place other) => Start == other.Start && Length == other.Length && Member.Equals(other.Member);

    public override int GetHashCode() => StableHash.Combine(Member.GetHashCode(), Start, Length);

    public override string ToString() => $"{Member}@{Start}";
}
