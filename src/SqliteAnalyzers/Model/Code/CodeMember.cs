namespace SqliteAnalyzers.Model;

/// <summary>
/// A member of the program that holds code, told by its name and not by its syntax or symbol, so that it stays the same from one
/// compilation to the next and holds none of them.
/// </summary>
/// <param name="scope">The names of its namespace and types, which all their members share: a program has too many members to write it for each.</param>
/// <param name="name">Its own and those of its parameters' types; with <paramref name="scope"/> unique in the program.</param>
internal sealed class CodeMember(string scope, string name) : IEquatable<CodeMember>, IComparable<CodeMember>
{
    private readonly int _hash = StableHash.Of(scope, name);

    public string Key => scope + name;

    public int CompareTo(CodeMember? other) =>
        other is null ? 1 : other.IsIn(scope) ? string.CompareOrdinal(name, other.OwnName) : string.CompareOrdinal(Key, other.Key);

    public bool Equals(CodeMember? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && (other.IsIn(scope) ? name == other.OwnName : Key == other.Key));

    public override bool Equals(object? obj) => Equals(obj as CodeMember);

    public override int GetHashCode() => _hash;

    public override string ToString() => Key;

    private string OwnName => name;

    private bool IsIn(string of) => scope == of;
}
