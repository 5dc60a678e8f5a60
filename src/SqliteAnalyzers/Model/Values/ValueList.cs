using System.Collections.Immutable;

namespace SqliteAnalyzers.Model;

/// <summary>Values in an order, equal if all of them are.</summary>
internal sealed class ValueList(ImmutableArray<Value> values) : IEquatable<ValueList>
{
    public static readonly ValueList Empty = new(ImmutableArray<Value>.Empty);

    public int Count => values.Length;

    public Value this[int index] => values[index];

    public ImmutableArray<Value> Values => values;

    /// <summary>What one of them, whichever, may be.</summary>
    public Value Any
    {
        get
        {
            var any = default(Value);
            foreach (var value in values)
            {
                any = any?.Join(value) ?? value;
            }

            return any ?? Value.Unknown;
        }
    }

    public ValueList Select(Func<Value, Value> map)
    {
        var changed = default(ImmutableArray<Value>.Builder);
        for (var i = 0; i < values.Length; i++)
        {
            var mapped = map(values[i]);
            if (changed is null && !ReferenceEquals(mapped, values[i]))
            {
                changed = values.ToBuilder();
            }

            if (changed is not null)
            {
                changed[i] = mapped;
            }
        }

        return changed is null ? this : new(changed.ToImmutable());
    }

    public ValueList SetItem(int index, Value value) => new(values.SetItem(index, value));

    public bool Equals(ValueList? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.Count != values.Length)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].Equals(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ValueList);

    public override int GetHashCode()
    {
        var hash = values.Length;
        foreach (var value in values)
        {
            hash = StableHash.Combine(hash, value.GetHashCode());
        }

        return hash;
    }
}

/// <summary>The variables that a delegate captured, with their values when it left the code that declares them.</summary>
internal sealed class CapturedValues(ImmutableArray<(VariableId Variable, Value Value)> values) : IEquatable<CapturedValues>
{
    public static readonly CapturedValues None = new(ImmutableArray<(VariableId, Value)>.Empty);

    public bool IsEmpty => values.IsEmpty;

    public ImmutableArray<(VariableId Variable, Value Value)> Values => values;

    public Value? Get(VariableId variable)
    {
        foreach (var (known, value) in values)
        {
            if (known.Equals(variable))
            {
                return value;
            }
        }

        return null;
    }

    public CapturedValues Select(Func<Value, Value> map) =>
        values.IsEmpty ? this : new(values.Select(pair => (pair.Variable, map(pair.Value))).ToImmutableArray());

    public bool Equals(CapturedValues? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.Values.Length != values.Length)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].Variable.Equals(other.Values[i].Variable) || !values[i].Value.Equals(other.Values[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as CapturedValues);

    public override int GetHashCode() => values.Length;
}
