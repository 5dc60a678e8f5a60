namespace SqliteAnalyzers.Model;

/// <summary>A local variable or parameter, the same for the code that declares it and for a lambda that captures it.</summary>
/// <param name="Member">The member it is declared in.</param>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where it is declared, in characters from the first one of the member.</param>
internal sealed record VariableId(CodeMember Member, string Name, int Start)
{
    private const string Receiver = "this";

    private readonly int _hash = StableHash.Combine(Member.GetHashCode(), StableHash.Of(Name), Start);

    /// <summary>The receiver of a member, as the lambdas in it capture it.</summary>
    public static VariableId This(CodeMember member) => new(member, Receiver, -1);

    public bool IsThis => Start < 0;

    public bool Equals(VariableId? other) =>
        ReferenceEquals(this, other) || (other is not null && Start == other.Start && Name == other.Name && Member.Equals(other.Member));

    public override int GetHashCode() => _hash;

    public override string ToString() => Name;
}
