using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Which objects lead to which in a state.</summary>
/// <param name="state">The state: what is asked of one state is best asked of one of these.</param>
/// <param name="isFollowed">The objects that are looked at; the others lead nowhere.</param>
internal sealed class Reachability(State state, Func<AbstractObject, bool> isFollowed)
{
    private Dictionary<AbstractObject, List<Value>>? _cells;

    public Reachability(State state)
        : this(state, static _ => true)
    {
    }

    /// <summary>What is held by the members of each object and of what was found in it.</summary>
    private Dictionary<AbstractObject, List<Value>> Cells => _cells ??= ReadCells();

    /// <summary>The objects that the values hold, and what these lead to.</summary>
    public HashSet<AbstractObject> From(IEnumerable<Value> values)
    {
        var reached = new HashSet<AbstractObject>();
        Extend(reached, values);
        return reached;
    }

    /// <summary>Adds what the values lead to.</summary>
    public void Extend(HashSet<AbstractObject> reached, IEnumerable<Value> values)
    {
        var pending = new Stack<AbstractObject>();
        foreach (var value in values)
        {
            Push(value, reached, pending);
        }

        var owners = new HashSet<AbstractObject>();
        while (pending.Count > 0)
        {
            var item = pending.Pop();
            var owner = item.Origin ?? item;
            if (owners.Add(owner) && Cells.TryGetValue(owner, out var held))
            {
                foreach (var value in held)
                {
                    Push(value, reached, pending);
                }
            }
        }
    }

    private Dictionary<AbstractObject, List<Value>> ReadCells()
    {
        var cells = new Dictionary<AbstractObject, List<Value>>();
        foreach (var pair in state.Variables)
        {
            if (pair.Key is Cell { Object: var item } && isFollowed(item))
            {
                var owner = item.Origin ?? item;
                if (!cells.TryGetValue(owner, out var held))
                {
                    cells.Add(owner, held = []);
                }

                held.Add(pair.Value);
            }
        }

        return cells;
    }

    private void Push(Value value, HashSet<AbstractObject> reached, Stack<AbstractObject> pending)
    {
        foreach (var atom in value.Atoms)
        {
            switch (atom)
            {
                case AbstractObject item when isFollowed(item) && reached.Add(item):
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
                case ReadResult read when isFollowed(read.Reader) && reached.Add(read.Reader):
                    pending.Push(read.Reader);
                    break;
            }
        }
    }

    private void PushAll(ValueList values, HashSet<AbstractObject> reached, Stack<AbstractObject> pending)
    {
        foreach (var value in values.Values)
        {
            Push(value, reached, pending);
        }
    }
}
