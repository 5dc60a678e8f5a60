using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Which objects of a state can still be reached, and the state without the others.</summary>
internal static class Reachability
{
    /// <summary>The objects that a value holds, and what these lead to.</summary>
    public static HashSet<AbstractObject> From(State state, IEnumerable<Value> values)
    {
        var reached = new HashSet<AbstractObject>();
        var pending = new Stack<AbstractObject>();
        foreach (var value in values)
        {
            Push(value, reached, pending);
        }

        if (pending.Count == 0)
        {
            return reached;
        }

        var cells = new Dictionary<AbstractObject, List<Value>>();
        foreach (var pair in state.Variables)
        {
            if (pair.Key is Cell cell)
            {
                var owner = cell.Object.Origin ?? cell.Object;
                if (!cells.TryGetValue(owner, out var held))
                {
                    cells.Add(owner, held = []);
                }

                held.Add(pair.Value);
            }
        }

        while (pending.Count > 0)
        {
            var item = pending.Pop();
            if (cells.TryGetValue(item.Origin ?? item, out var held))
            {
                foreach (var value in held)
                {
                    Push(value, reached, pending);
                }
            }
        }

        return reached;
    }

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

        var held = state.Variables.Where(pair => pair.Key is not Cell { Object: var owner } || !isOwn(owner)).Select(static pair => pair.Value).ToList();
        var reached = OriginsOf(From(state, held));
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
            held.AddRange(lost.Select(static item => Value.Of(item)));
            reached = OriginsOf(From(state, held));
        }

        var objects = state.Objects.Where((item, _) => !IsLost(item));
        return objects.Count == state.Objects.Count
            ? state
            : state.With(objects).With(state.Variables.Where((key, _) => key is not Cell { Object: var owner } || !IsLost(owner)));

        bool IsLost(AbstractObject item) => isOwn(item) && !reached.Contains(item.Origin!);
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
        foreach (var pair in state.Variables)
        {
            if (pair.Key is Cell { Object: EntryObject owner, Member: var member } && pair.Value.Atoms.Any(IsPlain) && MayBeAsBefore(pair.Value, owner, member))
            {
                state = state.With(pair.Key, pair.Value.Select(atom => IsPlain(atom) && From(state, [Value.Of(atom)]).All(IsPlainOrThere) ? Atom.Unknown : atom));
            }
        }

        return state;
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

    private static void Push(Value value, HashSet<AbstractObject> reached, Stack<AbstractObject> pending)
    {
        foreach (var atom in value.Atoms)
        {
            switch (atom)
            {
                case AbstractObject item when reached.Add(item):
                    pending.Push(item);
                    break;
                case Closure closure:
                    if (closure.Receiver is not null)
                    {
                        Push(closure.Receiver, reached, pending);
                    }

                    foreach (var (_, captured) in closure.Captured.Values)
                    {
                        Push(captured, reached, pending);
                    }

                    break;
                case Deferred deferred:
                    foreach (var argument in deferred.Arguments.Values)
                    {
                        Push(argument, reached, pending);
                    }

                    if (deferred.Receiver is not null)
                    {
                        Push(deferred.Receiver, reached, pending);
                    }

                    break;
                case Elements elements:
                    PushAll(elements.Items, reached, pending);
                    break;
                case TupleValue tuple:
                    PushAll(tuple.Items, reached, pending);
                    break;
                case ReadResult read when reached.Add(read.Reader):
                    pending.Push(read.Reader);
                    break;
            }
        }
    }

    private static void PushAll(ValueList values, HashSet<AbstractObject> reached, Stack<AbstractObject> pending)
    {
        foreach (var value in values.Values)
        {
            Push(value, reached, pending);
        }
    }
}
