using System.Collections.Immutable;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// The states that may hold at a place. States in which a variable is known to be true, false, null or not null in different
/// ways are kept apart while their objects differ, so that <c>if (tx != null)</c> twice is seen as the same question.
/// </summary>
internal readonly struct Disjuncts : IEquatable<Disjuncts>
{
    private readonly ImmutableArray<State> _states;

    private Disjuncts(ImmutableArray<State> states) => _states = states;

    public static Disjuncts Unreachable { get; } = new(ImmutableArray<State>.Empty);

    public bool IsUnreachable => _states.IsDefaultOrEmpty;

    public ImmutableArray<State> States => _states.IsDefault ? ImmutableArray<State>.Empty : _states;

    public static Disjuncts Of(State state) => new(ImmutableArray.Create(state));

    public Disjuncts Add(State state)
    {
        var states = States;
        for (var i = 0; i < states.Length; i++)
        {
            if (states[i].HasSameObjects(state) || SameConditions(states[i], state))
            {
                return Replace(states, i, states[i].Join(state));
            }
        }

        return states.Length < FlowLimits.MaxDisjuncts
            ? new(states.Add(state))
            : Replace(states, states.Length - 1, states[states.Length - 1].Join(state));
    }

    public Disjuncts Join(Disjuncts other)
    {
        var result = this;
        foreach (var state in other.States)
        {
            result = result.Add(state);
        }

        return result;
    }

    /// <summary>One state for all: what ends the search when disjuncts keep changing.</summary>
    public Disjuncts Collapse()
    {
        if (States.Length < 2)
        {
            return this;
        }

        var joined = States[0];
        foreach (var state in States)
        {
            joined = joined.Join(state);
        }

        return Of(joined);
    }

    public Disjuncts Select(Func<State, State?> map)
    {
        var result = Unreachable;
        foreach (var state in States)
        {
            if (map(state) is { } mapped)
            {
                result = result.Add(mapped);
            }
        }

        return result;
    }

    public bool Equals(Disjuncts other)
    {
        if (States.Length != other.States.Length)
        {
            return false;
        }

        for (var i = 0; i < States.Length; i++)
        {
            if (!States[i].Equals(other.States[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is Disjuncts other && Equals(other);

    public override int GetHashCode() => States.IsEmpty ? 0 : States[0].GetHashCode();

    private static Disjuncts Replace(ImmutableArray<State> states, int index, State state) =>
        ReferenceEquals(states[index], state) ? new(states) : new(states.SetItem(index, state));

    private static bool SameConditions(State left, State right) => Covers(left, right) && Covers(right, left);

    private static bool Covers(State state, State other)
    {
        foreach (var pair in state.Variables)
        {
            if (Condition(pair.Value) is { } condition
                && condition != (other.Get(pair.Key) is { } value ? Condition(value) : null))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What a test on the value would answer; null if both answers are possible.</summary>
    private static object? Condition(Value value) =>
        value.Only<Constant>() is { Value: null or bool } constant ? constant.Value ?? "null"
        : value.Atoms.All(atom => atom is AbstractObject or Opaque { IsNotNull: true }) ? "object"
        : null;
}
