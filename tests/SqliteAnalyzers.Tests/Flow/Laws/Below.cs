using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Tests.Flow.Laws;

/// <summary>The orders of the lattices: what is below says nothing that is not said above.</summary>
internal static class Below
{
    /// <summary>Whether each atom of the one is one of the other; more than can be counted is anything.</summary>
    public static bool Is(Value lower, Value upper) => lower.Join(upper).Equals(upper) || lower.Atoms.All(upper.Contains);

    /// <summary>Whether all that may be true now, for each fact at entry, may be true by the other, too.</summary>
    public static bool Is(AbstractObject owner, ObjectState lower, ObjectState upper)
    {
        var above = upper.RowsOf(owner, Component.Of(owner.Kind)).ToArray();
        return lower.RowsOf(owner, Component.Of(owner.Kind)).All(row => Component.BitsOf(row.Bits).All(bit => MayBe(row.If, bit, above)));
    }

    /// <summary>The same, and what is certain is certain.</summary>
    public static bool IsWithDoubts(AbstractObject owner, ObjectState lower, ObjectState upper) =>
        Is(owner, lower, upper) && Is(owner, CertainOf(owner, lower), CertainOf(owner, upper));

    /// <summary>Whether all that <paramref name="lower"/> says may be, <paramref name="upper"/> says may be.</summary>
    public static bool Is(State lower, State upper) =>
        upper.Objects.Keys.Concat(lower.Objects.Keys).All(item =>
            (!item.ExistsAtEntry && !lower.Objects.ContainsKey(item)) || Is(item, lower.StateOf(item), upper.StateOf(item)))
        && upper.Variables.All(pair => lower.Get(pair.Key) is { } value ? Is(value, pair.Value) : HoldsWhatIsAbsent(pair.Key, pair.Value, lower))
        && upper.Assumptions.All(pair => pair.Value.Equals(lower.Assumptions.Get(pair.Key)))
        && (lower.Elsewhere & ~upper.Elsewhere) == 0;

    /// <summary>Whether each state of the one is below a state of the other.</summary>
    public static bool Is(Disjuncts lower, Disjuncts upper) => lower.States.All(state => upper.States.Any(other => Is(state, other)));

    private static ObjectState CertainOf(AbstractObject owner, ObjectState state) => ObjectState.Of(
        state.SpokenOf,
        state.RowsOf(owner, state.SpokenOf).Select(row => new StateRow(row.If, row.Bits & ~row.Doubtful)),
        []);

    private static bool MayBe(EntryFact fact, Typestate bit, StateRow[] above)
    {
        var rows = above.Where(row => (row.Bits & bit) != 0).Select(row => row.If).ToArray();
        return rows.Any(known => known.IsAlways || known.Equals(fact))
            || rows.GroupBy(known => (known.Object, Component: Component.Containing(known.Bit)))
                .Any(group => group.Aggregate(Typestate.None, (all, known) => all | known.Bit) == group.Key.Component);
    }

    /// <summary>Whether a value holds what a variable may hold that is absent in a state.</summary>
    private static bool HoldsWhatIsAbsent(StateKey key, Value value, State lower)
    {
        if (key is not Cell cell)
        {
            return false;
        }

        if (cell.Object is MadeObject made && !lower.Objects.ContainsKey(made))
        {
            return true;
        }

        if (cell.Member.Is(Slot.IsFresh))
        {
            return false;
        }

        if (cell.Object is MadeObject && cell.Member.Kind != ObjectMemberKind.Field)
        {
            return true;
        }

        if (lower.IsFresh(cell.Object) && cell.Member.Kind == ObjectMemberKind.Field)
        {
            return value.Atoms.Any(atom => atom is Constant { IsDefault: true });
        }

        var path = cell.Object switch
        {
            MadeObject item => AccessPath.Of(item).Then(cell.Member),
            EntryObject entry => entry.Path.Then(cell.Member),
            _ => null,
        };
        return path is not null && value.Contains(new EntryObject(ObjectKind.Plain, path));
    }
}
