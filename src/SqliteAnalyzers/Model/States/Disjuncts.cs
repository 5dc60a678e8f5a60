using System.Collections.Immutable;

namespace SqliteAnalyzers.Model;

/// <summary>
/// The states that may hold at a place. States in which a value is known to be true, false, null or not null in different
/// ways are kept apart while their objects differ, so that <c>if (tx != null)</c> twice is seen as the same question.
/// </summary>
internal readonly struct Disjuncts : IEquatable<Disjuncts>
{
    /// <summary>States kept apart at one place.</summary>
    public const int MaxStates = 8;

    /// <summary>The same at the end of a piece of code, where states with the same objects are kept apart too.</summary>
    public const int MaxLeft = 8;

    /// <summary>The same for states that stand at different items of the same known sequence.</summary>
    public const int MaxPositions = 24;

    private readonly ImmutableArray<State> _states;

    private Disjuncts(ImmutableArray<State> states) => _states = states;

    public static Disjuncts Unreachable { get; } = new(ImmutableArray<State>.Empty);

    public bool IsUnreachable => _states.IsDefaultOrEmpty;

    public ImmutableArray<State> States => _states.IsDefault ? ImmutableArray<State>.Empty : _states;

    public static Disjuncts Of(State state) => new(ImmutableArray.Create(state));

    /// <summary>The states that a question leads to, one for each answer: what is made of the answer will tell them apart.</summary>
    public static Disjuncts ByAnswer(State no, State yes) => new(ImmutableArray.Create(no, yes));

    /// <summary>
    /// One more state that may hold. Where there are too many, two that conditions tell apart are put together, and what only one of
    /// them has comes into doubt.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="isThrown">Whether an exception leads to it, which can come whatever else is true.</param>
    /// <param name="keepsAll">Whether it is kept apart where the objects are the same too.</param>
    public Disjuncts Add(State state, bool isThrown = false, bool keepsAll = false)
    {
        var states = States;
        var (last, alike) = (-1, 0);
        for (var i = 0; i < states.Length; i++)
        {
            if (ReferenceEquals(states[i], state))
            {
                return new(states);
            }

            if (!states[i].Conditions.HasSamePositions(state.Conditions))
            {
                continue;
            }

            if (states[i].Conditions.TellTheSame(state.Conditions) || (!keepsAll && states[i].HasSameObjects(state)))
            {
                return Replace(states, i, isDoubtful: false);
            }

            (last, alike) = (i, alike + 1);
        }

        return alike >= MaxStates ? Replace(states, last, !isThrown)
            : states.Length >= MaxPositions ? Replace(states, states.Length - 1, !isThrown)
            : new(states.Add(state));

        Disjuncts Replace(ImmutableArray<State> all, int index, bool isDoubtful)
        {
            var joined = all[index].Join(state, isDoubtful);
            return ReferenceEquals(all[index], joined) ? new(all) : new(all.SetItem(index, joined));
        }
    }

    public Disjuncts Join(Disjuncts other)
    {
        if (IsUnreachable)
        {
            return other;
        }

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
            joined = joined.Join(state, isDoubtful: true);
        }

        return Of(joined);
    }

    public Disjuncts Select(Func<State, State?> map, bool keepsAll = false)
    {
        var result = Unreachable;
        foreach (var state in States)
        {
            if (map(state) is { } mapped)
            {
                result = result.Add(mapped, keepsAll: keepsAll);
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
}
