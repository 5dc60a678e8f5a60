using System.Collections.Immutable;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// What the caller of a method tells it of the values it asks about: texts, delegates and constants, and which of the objects it
/// looks at are one. A method has one summary for each binding, and one for none.
/// </summary>
internal sealed class Binding : IEquatable<Binding>, IComparable<Binding>
{
    public static readonly Binding None = new(ImmutableArray<(AccessPath, Value)>.Empty, ImmutableArray<(AccessPath, AccessPath)>.Empty);

    /// <summary>
    /// Of a constructor: what it leaves in the fields of its object is asked for, by the other members of the type. It does not look
    /// into these then.
    /// </summary>
    public static readonly Binding ForInitialValues = new(ImmutableArray<(AccessPath, Value)>.Empty, ImmutableArray<(AccessPath, AccessPath)>.Empty, isForInitialValues: true);

    private readonly ImmutableArray<(AccessPath Path, Value Value)> _values;
    private readonly ImmutableArray<(AccessPath Path, AccessPath SameAs)> _aliases;
    private readonly int _hash;
    private string? _text;

    private Binding(ImmutableArray<(AccessPath, Value)> values, ImmutableArray<(AccessPath, AccessPath)> aliases, bool isForInitialValues = false)
    {
        _values = values;
        _aliases = aliases;
        IsForInitialValues = isForInitialValues;
        var hash = StableHash.Combine(values.Length, aliases.Length, isForInitialValues ? 1 : 0);
        foreach (var (path, value) in values)
        {
            hash = StableHash.Combine(hash, path.GetHashCode(), value.GetHashCode());
        }

        foreach (var (path, same) in aliases)
        {
            hash = StableHash.Combine(hash, path.GetHashCode(), same.GetHashCode());
        }

        _hash = hash;
    }

    public bool IsForInitialValues { get; }

    public bool IsEmpty => _values.IsEmpty && _aliases.IsEmpty && !IsForInitialValues;

    public static Binding Of(IEnumerable<(AccessPath Path, Value Value)> values, IEnumerable<(AccessPath Path, AccessPath SameAs)> aliases)
    {
        var binding = new Binding(
            values.OrderBy(pair => pair.Path).ToImmutableArray(),
            aliases.OrderBy(pair => pair.Path).ToImmutableArray());
        return binding.IsEmpty ? None : binding;
    }

    public IEnumerable<AccessPath> Paths => _values.Select(pair => pair.Path);

    /// <summary>The paths that lead to an object which is spoken of under another.</summary>
    public IEnumerable<(AccessPath Path, AccessPath SameAs)> Aliases => _aliases;

    /// <summary>Whether a delegate with this code was handed in.</summary>
    public bool HandsIn(Func<CodeUnit, bool> code)
    {
        foreach (var (_, value) in _values)
        {
            if (HandsIn(value, code))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands at a path; null if the caller says nothing of it.</summary>
    public Value? ValueOf(AccessPath path)
    {
        foreach (var (known, value) in _values)
        {
            if (known.Equals(path))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The path under which the object at this path is spoken of.</summary>
    public AccessPath Canonical(AccessPath path)
    {
        foreach (var (known, same) in _aliases)
        {
            if (known.Equals(path))
            {
                return same;
            }
        }

        return path;
    }

    private static bool HandsIn(Value value, Func<CodeUnit, bool> code) => value.Atoms.Any(atom => atom switch
    {
        Closure closure => code(closure.Unit),
        Elements elements => elements.Items.Values.Any(item => HandsIn(item, code)),
        _ => false,
    });

    public bool Equals(Binding? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _hash == other._hash
            && IsForInitialValues == other.IsForInitialValues
            && _values.SequenceEqual(other._values)
            && _aliases.SequenceEqual(other._aliases));

    public override bool Equals(object? obj) => Equals(obj as Binding);

    public override int GetHashCode() => _hash;

    public int CompareTo(Binding? other)
    {
        // What the text does not show, the hash does.
        var byText = string.CompareOrdinal(ToString(), other?.ToString());
        return byText != 0 || Equals(other) ? byText : _hash.CompareTo(other!._hash);
    }

    public override string ToString() => _text ??= string.Concat(
        IsForInitialValues ? "initial " : "",
        string.Join(", ", _values.Select(pair => $"{pair.Path}={pair.Value}").Concat(_aliases.Select(pair => $"{pair.Path}=={pair.SameAs}"))));
}

/// <summary>Whose summary.</summary>
internal sealed record SummaryKey(CodeUnit Unit, Binding Binding) : IComparable<SummaryKey>
{
    public int CompareTo(SummaryKey? other)
    {
        var byUnit = Unit.CompareTo(other!.Unit);
        return byUnit != 0 ? byUnit : Binding.CompareTo(other.Binding);
    }

    public bool Equals(SummaryKey? other) => ReferenceEquals(this, other) || (other is not null && Unit.Equals(other.Unit) && Binding.Equals(other.Binding));

    public override int GetHashCode() => StableHash.Combine(Unit.GetHashCode(), Binding.GetHashCode());
}
