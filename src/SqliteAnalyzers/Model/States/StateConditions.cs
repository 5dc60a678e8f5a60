using System.Collections.Immutable;

namespace SqliteAnalyzers.Model;

/// <summary>
/// What tells a state from others at the same place: the values that conditions have told to be the default of their type or not,
/// and the items that enumerations of known sequences stand at.
/// </summary>
internal sealed class StateConditions
{
    /// <summary>Reused: conditions are asked for at each join.</summary>
    [ThreadStatic]
    private static List<(StateKey Key, bool IsDefault)>? t_known;

    [ThreadStatic]
    private static List<(StateKey Key, Value Value)>? t_positions;

    private readonly ImmutableArray<(StateKey Key, bool IsDefault)> _known;
    private readonly ImmutableArray<(StateKey Key, Value Value)> _positions;
    private readonly PersistentMap<AccessPath, Assumption> _assumptions;

    private StateConditions(
        ImmutableArray<(StateKey Key, bool IsDefault)> known,
        ImmutableArray<(StateKey Key, Value Value)> positions,
        PersistentMap<AccessPath, Assumption> assumptions) =>
        (_known, _positions, _assumptions) = (known, positions, assumptions);

    public static StateConditions Of(State state)
    {
        var (known, positions) = (t_known ??= [], t_positions ??= []);
        known.Clear();
        positions.Clear();
        foreach (var pair in state.Variables)
        {
            if (pair.Key.IsPosition)
            {
                positions.Add((pair.Key, pair.Value));
            }

            if (pair.Key.IsOfProgram && pair.Value.IsDefault is { } isDefault)
            {
                known.Add((pair.Key, isDefault));
            }
        }

        return new(known.ToImmutableArray(), positions.ToImmutableArray(), state.Assumptions);
    }

    public bool HasSamePositions(StateConditions other)
    {
        if (_positions.Length != other._positions.Length)
        {
            return false;
        }

        for (var i = 0; i < _positions.Length; i++)
        {
            if (!_positions[i].Key.Equals(other._positions[i].Key) || !_positions[i].Value.Equals(other._positions[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether conditions tell the same of both states.</summary>
    public bool TellTheSame(StateConditions other)
    {
        if (_known.Length != other._known.Length || !_assumptions.Equals(other._assumptions))
        {
            return false;
        }

        for (var i = 0; i < _known.Length; i++)
        {
            if (_known[i].IsDefault != other._known[i].IsDefault || !_known[i].Key.Equals(other._known[i].Key))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether they stay what they are if a value takes the place of another.</summary>
    public static bool IgnoreChange(StateKey key, Value? before, Value? after) =>
        !key.IsPosition && (!key.IsOfProgram || before?.IsDefault == after?.IsDefault);
}
