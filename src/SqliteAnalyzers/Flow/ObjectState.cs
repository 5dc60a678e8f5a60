using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>The typestate of one abstract object, and for each of its bits the evidence.</summary>
internal sealed class ObjectState : IEquatable<ObjectState>
{
    private static readonly ImmutableDictionary<Typestate, Evidence> s_noEvidence = ImmutableDictionary<Typestate, Evidence>.Empty;

    private readonly ImmutableDictionary<Typestate, Evidence> _evidence;

    private ObjectState(Typestate bits, ImmutableDictionary<Typestate, Evidence> evidence)
    {
        Bits = bits;
        _evidence = evidence;
    }

    public static ObjectState Bottom { get; } = new(Typestate.None, s_noEvidence);

    public Typestate Bits { get; }

    public static ObjectState Unknown(ObjectKind kind) => new(Component.Unknown(kind), s_noEvidence);

    public bool IsUnknown(ObjectKind kind) => Bits == Component.Unknown(kind) && _evidence.IsEmpty;

    public bool May(Typestate bits) => (Bits & bits) != 0;

    /// <summary>Whether <paramref name="bits"/> hold on every path: no other bit of <paramref name="component"/> is set.</summary>
    public bool Must(Typestate component, Typestate bits) => (Bits & component) is var set && set != 0 && (set & ~bits) == 0;

    public Evidence? EvidenceOf(Typestate bit) => _evidence.TryGetValue(bit, out var evidence) ? evidence : null;

    /// <summary>Exactly <paramref name="bit"/> holds in its component from now on.</summary>
    public ObjectState Set(Typestate component, Typestate bit, Evidence? evidence)
    {
        var kept = _evidence;
        foreach (var pair in _evidence)
        {
            if ((pair.Key & component) != 0)
            {
                kept = kept.Remove(pair.Key);
            }
        }

        return new((Bits & ~component) | bit, evidence is null || bit == 0 ? kept : kept.SetItem(bit, evidence));
    }

    /// <summary><paramref name="bit"/> may hold too.</summary>
    public ObjectState Add(Typestate bit, Evidence? evidence) =>
        new(Bits | bit, evidence is null || _evidence.ContainsKey(bit) ? _evidence : _evidence.SetItem(bit, evidence));

    /// <summary>Each bit of <paramref name="component"/> moves to <paramref name="next"/> of it; evidence follows where the bit stays.</summary>
    public ObjectState Map(Typestate component, Func<Typestate, Typestate> next, Evidence evidence)
    {
        var result = Set(component, Typestate.None, null);
        for (uint bit = 1; bit != 0 && bit <= (uint)component; bit <<= 1)
        {
            var from = (Typestate)bit;
            if ((Bits & component & from) != 0)
            {
                var to = next(from);
                result = result.Add(to, to == from ? EvidenceOf(from) : evidence);
            }
        }

        return result;
    }

    public ObjectState Join(ObjectState other)
    {
        if (ReferenceEquals(this, other) || other.Bits == 0)
        {
            return this;
        }

        if (Bits == 0)
        {
            return other;
        }

        var evidence = _evidence;
        foreach (var pair in other._evidence)
        {
            evidence = evidence.TryGetValue(pair.Key, out var mine)
                ? evidence.SetItem(pair.Key, Evidence.First(mine, pair.Value))
                : evidence.Add(pair.Key, pair.Value);
        }

        return new(Bits | other.Bits, evidence);
    }

    /// <summary>As a method of <paramref name="body"/> sees it that is called in this state.</summary>
    public ObjectState Enter(AbstractObject item, IOperation body) =>
        MapEvidence((bit, _) => new(body, body, Entry: new(item, bit)));

    /// <summary>As the caller sees it afterwards.</summary>
    public ObjectState Leave(IOperation call, State before) => MapEvidence((_, evidence) => evidence.Leave(call, before));

    private ObjectState MapEvidence(Func<Typestate, Evidence, Evidence> map)
    {
        if (_evidence.IsEmpty)
        {
            return this;
        }

        var evidence = s_noEvidence.ToBuilder();
        foreach (var pair in _evidence)
        {
            evidence[pair.Key] = map(pair.Key, pair.Value);
        }

        return new(Bits, evidence.ToImmutable());
    }

    public bool Equals(ObjectState? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Bits != other.Bits || _evidence.Count != other._evidence.Count)
        {
            return false;
        }

        foreach (var pair in _evidence)
        {
            if (!other._evidence.TryGetValue(pair.Key, out var evidence) || !pair.Value.Equals(evidence))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ObjectState);

    public override int GetHashCode() => (int)Bits;
}
