using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>A state without what nobody can reach, or be told anything by, any more.</summary>
internal static class Collector
{
    /// <summary>
    /// The state without the objects made that nothing holds any more. A connection stays while it is open or has left a transaction
    /// in the pool: it still stands in the way of others. Of several that do so in the same way, one stays.
    /// </summary>
    public static State Collect(State state)
    {
        if (state.IsCollected)
        {
            return state;
        }

        var collected = Collect(state, static item => item is MadeObject);
        collected.IsCollected = true;
        return collected;
    }

    /// <summary>
    /// The same for a caller, who cannot reach what calls have given the code, or what it found in objects made, either. Of these,
    /// databases stay that were written and not checkpointed.
    /// </summary>
    public static State CollectForCaller(State state) => Collect(state, static item => item.Origin is not null);

    private static State Collect(State state, Func<AbstractObject, bool> isOwn)
    {
        if (!state.Objects.Keys.Any(isOwn))
        {
            return state;
        }

        // What is not one's own is there anyhow, and so is what its members hold.
        var reachability = new Reachability(state, static item => item.Origin is not null);
        var reached = reachability.From(state.Variables.Where(pair => pair.Key is not Cell { Object: var owner } || !isOwn(owner)).Select(static pair => pair.Value));
        var origins = OriginsOf(reached);
        var lost = new List<AbstractObject>();
        foreach (var pair in state.Objects)
        {
            if (IsLost(pair.Key) && Stays(pair.Key, state, lost) && lost.Count(other => other.Kind == pair.Key.Kind) < Limits.MaxLost)
            {
                lost.Add(pair.Key);
            }
        }

        if (lost.Count > 0)
        {
            reachability.Extend(reached, lost.Select(static item => Value.Of(item)));
            origins = OriginsOf(reached);
        }

        var objects = state.Objects.Where((item, _) => !IsLost(item));
        return objects.Count == state.Objects.Count
            ? state
            : state.With(objects).With(state.Variables.Where((key, _) => key is not Cell { Object: var owner } || !IsLost(owner)));

        bool IsLost(AbstractObject item) => isOwn(item) && !origins.Contains(item.Origin!);
    }

    private static HashSet<MadeObject> OriginsOf(HashSet<AbstractObject> items)
    {
        var origins = new HashSet<MadeObject>();
        foreach (var item in items)
        {
            if (item.Origin is { } origin)
            {
                origins.Add(origin);
            }
        }

        return origins;
    }

    /// <summary>
    /// The state without the plain objects that something that was there at entry may hold, or else whatever it held before: who
    /// reads it there is told nothing by them. A log or register to which each call adds an object would grow with the calls.
    /// </summary>
    public static State ForgetIndistinct(State state)
    {
        var reachability = new Reachability(state);
        var distinct = new Dictionary<Atom, bool>();
        return state.With(state.Variables.Select((key, value) =>
            key is Cell { Object: EntryObject owner, Member: var member } && value.Atoms.Any(IsPlain) && MayBeAsBefore(value, owner, member)
                ? value.Select(atom => IsPlain(atom) && IsIndistinct(atom) ? Atom.Unknown : atom)
                : value));

        bool IsIndistinct(Atom atom)
        {
            if (!distinct.TryGetValue(atom, out var isDistinct))
            {
                distinct.Add(atom, isDistinct = !reachability.From([Value.Of(atom)]).All(IsPlainOrThere));
            }

            return !isDistinct;
        }
    }

    private static bool MayBeAsBefore(Value value, EntryObject owner, ObjectMember member) =>
        value.MayBeUnknown || (owner.Path.Then(member) is { } path && value.Atoms.Any(atom => atom is EntryObject before && before.Path.Equals(path)));

    private static bool IsPlain(Atom atom) => atom is MadeObject { Kind: ObjectKind.Plain };

    private static bool IsPlainOrThere(AbstractObject item) => item.ExistsAtEntry || IsPlain(item);

    private static bool Stays(AbstractObject item, State state, List<AbstractObject> others) =>
        item is MadeObject { Kind: ObjectKind.Connection } made
            ? Stands(made, state) && !others.Exists(other => other is MadeObject stays && StandsAlike(stays, made, state))
            : item.Kind == ObjectKind.Database && state[item].May(Typestate.WalWritten | Typestate.WalPassive | Typestate.WalClosed);

    private static bool Stands(MadeObject item, State state) =>
        !state[item].Must(Component.Opening, Typestate.Closed) || !state[item].Must(Component.Transaction, Typestate.NoTransaction);

    private static bool StandsAlike(MadeObject item, MadeObject other, State state) =>
        Equals(state.Get(new Cell(item, ObjectMember.Of(Slot.Database))), state.Get(new Cell(other, ObjectMember.Of(Slot.Database))))
        && state.StateOf(item).Rows.SequenceEqual(state.StateOf(other).Rows);
}
