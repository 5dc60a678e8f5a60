namespace SqliteAnalyzers.Model;

/// <summary>
/// A member of the program that holds code, told by its name and not by its syntax or symbol, so that it stays the same from one
/// compilation to the next and holds none of them.
/// </summary>
/// <param name="key">The names of its namespace and types, its own and those of its parameters' types; unique in the program.</param>
internal sealed class CodeMember(string key) : IEquatable<CodeMember>, IComparable<CodeMember>
{
    private readonly int _hash = StableHash.Of(key);

    public string Key => key;

    public int CompareTo(CodeMember? other) => string.CompareOrdinal(key, other?.Key);

    public bool Equals(CodeMember? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && key == other.Key);

    public override bool Equals(object? obj) => Equals(obj as CodeMember);

    public override int GetHashCode() => _hash;

    public override string ToString() => key;
}
