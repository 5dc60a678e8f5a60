namespace SqliteAnalyzers.Model;

/// <summary>What kind of code has a graph, and with it a summary, of its own.</summary>
internal enum CodeUnitKind
{
    /// <summary>A method, constructor, operator or finalizer; the expression of a property without accessors.</summary>
    Body,

    Accessor,

    /// <summary>The value that a field or property starts with.</summary>
    Initializer,

    /// <summary>A constructor that nobody wrote a body for: a primary or a default constructor.</summary>
    Constructor,

    Lambda,

    LocalFunction,

    /// <summary>The statements outside of all types.</summary>
    TopLevel,
}

/// <summary>A piece of code that is solved by itself: the body of a member, or a lambda or local function in it.</summary>
/// <param name="Member">The member it is part of.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where its syntax starts, in characters from the first one of the member.</param>
internal sealed record CodeUnit(CodeMember Member, CodeUnitKind Kind, int Start) : IComparable<CodeUnit>
{
    /// <summary>Whether it shares the variables of the code around it.</summary>
    public bool IsNested => Kind is CodeUnitKind.Lambda or CodeUnitKind.LocalFunction;

    public int CompareTo(CodeUnit? other)
    {
        var byMember = Member.CompareTo(other?.Member);
        return byMember != 0 ? byMember : Start != other!.Start ? Start.CompareTo(other.Start) : Kind.CompareTo(other.Kind);
    }

    public bool Equals(CodeUnit? other) =>
        ReferenceEquals(this, other) || (other is not null && Start == other.Start && Kind == other.Kind && Member.Equals(other.Member));

    public override int GetHashCode() => StableHash.Combine(Member.GetHashCode(), Start, (int)Kind);

    public override string ToString() => $"{Member} {Kind}@{Start}";
}
