using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Model;

/// <summary>Which pragmas have been set to what on a connection since it was opened: a cell for each, and one for all others.</summary>
internal static class PragmaCells
{
    /// <summary>A pragma that has not been set since the connection was opened.</summary>
    public static readonly Text NotSet = Text.Of("");

    private static readonly ObjectMember s_others = ObjectMember.Pragma(Configures.AnyPragma);

    /// <summary>
    /// The texts that the pragma may have been set to, as they were written; <see cref="NotSet"/> where it may not have been set;
    /// of a connection that was there at entry, also what only the caller knows.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="connection">Whose pragma.</param>
    /// <param name="name">In lower case.</param>
    public static Value Of(State state, AbstractObject connection, string name)
    {
        var member = ObjectMember.Pragma(name);
        return state.Get(new Cell(connection, member)) ?? state.Get(new Cell(connection, s_others))
            ?? (connection is MadeObject ? Value.Of(NotSet)
                : connection is EntryObject { Path: var path } && path.Then(member) is { } there ? Value.Of(new EntryObject(ObjectKind.Plain, there))
                : Value.Unknown);
    }

    /// <summary>Whether the pragma has been set on every path.</summary>
    public static bool MustBeSet(State state, AbstractObject connection, string name)
    {
        var value = Of(state, connection, name);
        return value.Atoms.All(atom => atom is Text && !atom.Equals(NotSet));
    }

    /// <summary>Whether the pragma has not been set on any path.</summary>
    public static bool MustNotBeSet(State state, AbstractObject connection, string name) =>
        Of(state, connection, name).Only<Text>() is { } text && text.Equals(NotSet);

    /// <summary>A pragma is set; one that a transaction hinders, only outside of it.</summary>
    public static State Set(State state, Configures e)
    {
        if (e.Pragma == Configures.AnyPragma)
        {
            return SetAny(state, e.Connection);
        }

        var cell = new Cell(e.Connection, ObjectMember.Pragma(e.Pragma));
        var value = Value.Of(e.Value is null ? Atom.Unknown : Text.Of(e.Value));
        var hinders = PragmaCatalogue.TryGet(e.Pragma, out var info) && info.IsHinderedByTransaction;
        return !hinders || !state[e.Connection].May(Component.AnyTransaction) ? state.With(cell, value)
            : state[e.Connection].Must(Component.Transaction, Component.AnyTransaction) ? state
            : state.With(cell, value.Join(Of(state, e.Connection, e.Pragma)));
    }

    /// <summary>Any pragma may have been set to anything.</summary>
    public static State SetAny(State state, AbstractObject connection)
    {
        foreach (var cell in CellsOf(state, connection))
        {
            state = state.With(cell, state.Get(cell)!.Join(Value.Unknown));
        }

        return state.With(new Cell(connection, s_others), Value.Unknown);
    }

    /// <summary>The connection is opened anew: what is kept in no file is gone.</summary>
    public static State Clear(State state, AbstractObject connection)
    {
        foreach (var cell in CellsOf(state, connection))
        {
            state = PragmaCatalogue.TryGet(cell.Member.Name, out var info) && info.Scope != PragmaScope.Connection ? state : state.With(cell, null);
        }

        return connection is MadeObject ? state : state.With(new Cell(connection, s_others), Value.Of(NotSet));
    }

    /// <summary>What a call has left of the pragmas that were set before it, where it says something of all.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="connection">The connection as the caller names it.</param>
    /// <param name="others">What the call says of all pragmas that it does not name.</param>
    /// <param name="isCertain">Whether the call was about this connection and no other.</param>
    public static State Leave(State state, AbstractObject connection, Value others, bool isCertain)
    {
        foreach (var cell in CellsOf(state, connection))
        {
            state = state.With(cell, isCertain ? others : state.Get(cell)!.Join(others));
        }

        return state;
    }

    public static bool IsOthers(ObjectMember member) => member.Equals(s_others);

    private static Cell[] CellsOf(State state, AbstractObject connection) => state.Variables.Keys
        .OfType<Cell>()
        .Where(cell => cell.Member.Kind == ObjectMemberKind.Pragma && cell.Object.Equals(connection))
        .ToArray();
}
