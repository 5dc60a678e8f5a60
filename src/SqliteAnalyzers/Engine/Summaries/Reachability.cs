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
                if (!cells.TryGetValue(cell.Object, out var held))
                {
                    cells.Add(cell.Object, held = []);
                }

                held.Add(pair.Value);
            }
        }

        while (pending.Count > 0)
        {
            if (cells.TryGetValue(pending.Pop(), out var held))
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
    /// The state without the objects that nothing holds any more. A connection stays while it is open or has left a transaction in
    /// the pool: it still stands in the way of others. Of several that do so in the same way, one stays.
    /// </summary>
    public static State Collect(State state)
    {
        var hasMade = false;
        foreach (var item in state.Objects.Keys)
        {
            hasMade |= item is MadeObject;
        }

        if (!hasMade)
        {
            return state;
        }

        var held = state.Variables.Where(static pair => pair.Key is not Cell { Object: MadeObject }).Select(static pair => pair.Value).ToList();
        var reached = From(state, held);
        var lost = new List<MadeObject>();
        foreach (var pair in state.Objects)
        {
            if (pair.Key is MadeObject { Kind: ObjectKind.Connection } made && !reached.Contains(made) && lost.Count < Limits.MaxLost
                && Stands(made, state) && !lost.Exists(other => StandsAlike(other, made, state)))
            {
                lost.Add(made);
            }
        }

        if (lost.Count > 0)
        {
            held.AddRange(lost.Select(static item => Value.Of(item)));
            reached = From(state, held);
        }

        var objects = state.Objects.Where((item, _) => item is not MadeObject || reached.Contains(item));
        return objects.Count == state.Objects.Count
            ? state
            : state.With(objects).With(state.Variables.Where((key, _) => key is not Cell { Object: MadeObject made } || reached.Contains(made)));
    }

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
