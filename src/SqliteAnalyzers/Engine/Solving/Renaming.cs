using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Takes an object out of a state, or calls it by another name.</summary>
internal static class Renaming
{
    /// <summary>
    /// The state with a new object of a place. One that was made there before, in an earlier round of a loop, is forgotten, or, where
    /// it can still be reached, becomes one of many.
    /// </summary>
    public static State Add(State state, MadeObject made)
    {
        if (state.Objects.ContainsKey(made) && !made.Many)
        {
            var isHeld = state.Variables.Any(pair => !IsMemberOf(pair.Key, made) && Holds(pair.Value, made));
            state = isHeld ? Apply(state, made, made with { Many = true }) : Remove(state, made);
        }

        return state.Objects.ContainsKey(made) ? state : state.With(made, ObjectState.Untouched);
    }

    /// <summary>The state without an object that nothing holds.</summary>
    public static State Remove(State state, AbstractObject item) => state
        .With(state.Objects.Without(item))
        .With(state.Variables.Where((key, _) => !IsMemberOf(key, item)))
        .With(WithoutPathsOf(state.Objects, item));

    /// <summary>The state without those of the objects that nothing but they themselves hold.</summary>
    public static State RemoveUnheld(State state, HashSet<AbstractObject> items)
    {
        items.RemoveWhere(item => !state.Objects.ContainsKey(item));
        while (items.RemoveWhere(item => state.Variables.Any(pair => !(pair.Key is Cell { Object: var owner } && items.Contains(owner)) && Holds(pair.Value, item))) > 0)
        {
        }

        foreach (var item in items)
        {
            state = Remove(state, item);
        }

        return state;
    }

    /// <summary>The state in which one object has become one of those that another name stands for.</summary>
    public static State Apply(State state, AbstractObject from, AbstractObject to)
    {
        var renamedValues = state.Variables.Select((_, value) => RenameIn(value, from, to));
        var variables = renamedValues.Where((key, _) => !IsMemberOf(key, from));
        foreach (var pair in renamedValues)
        {
            if (IsMemberOf(pair.Key, from))
            {
                var cell = new Cell(to, ((Cell)pair.Key).Member);
                variables = variables.With(cell, variables.Get(cell)?.Join(pair.Value) ?? pair.Value);
            }
        }

        var renamed = state.StateOf(from);
        var joined = state.Objects.Get(to) is { } known ? known.Join(to, renamed, isDoubtful: false) : renamed;
        return state.With(variables).With(state.Objects.Without(from).With(to, joined));
    }

    private static bool IsMemberOf(StateKey key, AbstractObject item) => key is Cell { Object: var owner } && owner.Equals(item);

    private static PersistentMap<AbstractObject, ObjectState> WithoutPathsOf(PersistentMap<AbstractObject, ObjectState> objects, AbstractObject item) =>
        objects.Where((known, _) => !known.Equals(item) && !(known is EntryObject { Path.Made: { } made } && made.Equals(item)));

    private static bool Holds(Value value, AbstractObject item) => value.Atoms.Any(atom => atom switch
    {
        AbstractObject held => held.Equals(item),
        Elements elements => elements.Items.Values.Any(inner => Holds(inner, item)),
        TupleValue tuple => tuple.Items.Values.Any(inner => Holds(inner, item)),
        ReadResult read => read.Reader.Equals(item),
        Closure { Receiver: { } receiver } => Holds(receiver, item),
        _ => false,
    });

    private static Value RenameIn(Value value, AbstractObject from, AbstractObject to) => value.Select(atom => atom switch
    {
        AbstractObject item => item.Equals(from) ? to : item,
        Elements elements => elements with { Items = elements.Items.Select(item => RenameIn(item, from, to)) },
        TupleValue tuple => tuple with { Items = tuple.Items.Select(item => RenameIn(item, from, to)) },
        ReadResult read => read.Reader.Equals(from) ? new ReadResult(to) : read,
        Closure { Receiver: { } receiver } closure => closure with { Receiver = RenameIn(receiver, from, to), Captured = closure.Captured.Select(captured => RenameIn(captured, from, to)) },
        _ => atom,
    });
}
