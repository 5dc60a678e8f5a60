using System.Collections.Immutable;
using CsCheck;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Tests.Flow.Laws;

/// <summary>Random states, and random events on the objects of those states.</summary>
internal static class FlowGen
{
    private static readonly CodeMember s_member = new("C.", "M(int, bool)");

    private static readonly ImmutableArray<Place> s_places =
        [new(s_member, 10, 5), new(s_member, 20, 5), new(s_member, 30, 5), new(new CodeMember("C.", "Other()"), 10, 5)];

    private static readonly AccessPath s_parameter = AccessPath.Parameter(0);

    /// <summary>Two made in the method, one handed to it.</summary>
    private static readonly ImmutableArray<AbstractObject> s_connections =
    [
        new MadeObject(ObjectKind.Connection, s_places[0]),
        new MadeObject(ObjectKind.Connection, s_places[1]),
        new EntryObject(ObjectKind.Connection, s_parameter),
    ];

    /// <summary>Two that are named, and that of the connection that was handed in.</summary>
    private static readonly ImmutableArray<AbstractObject> s_databases =
    [
        new DatabaseObject(DataSource.OfFile("a.db")),
        new DatabaseObject(DataSource.OfFile("b.db")),
        new EntryObject(ObjectKind.Database, s_parameter.Then(ObjectMember.Of(Slot.Database))!),
    ];

    private static readonly ImmutableArray<AbstractObject> s_plain =
        [new MadeObject(ObjectKind.Plain, s_places[2]), new EntryObject(ObjectKind.Plain, AccessPath.This)];

    private static readonly ObjectMember s_field = ObjectMember.Field("C", "_field");

    private static readonly Gen<Place> s_place = Gen.OneOfConst([.. s_places]);

    private static readonly Gen<Evidence> s_evidence =
        from origin in s_place
        from anchor in s_place
        from what in Gen.OneOfConst("", "the INSERT")
        select new Evidence(origin, anchor, what);

    private static readonly Gen<AbstractObject> s_owner = Gen.OneOfConst([.. s_connections, .. s_databases]);

    private static readonly ImmutableArray<Atom> s_atoms =
    [
        Constant.Null,
        Constant.True,
        Constant.False,
        Atom.Unknown,
        Atom.NotDefault,
        Text.Of("a"),
        Text.Of("b").HandedIn(),
        .. s_connections,
        .. Enumerable.Range(0, 8).Select(number => new Constant(number)),
    ];

    /// <summary>The objects that events are about.</summary>
    public static IEnumerable<AbstractObject> Objects => s_connections.Concat(s_databases);

    public static Gen<Value> Value { get; } = ValueOf(1, 6);

    /// <summary>Few atoms, so that values are often equal, and a condition often tells two states apart.</summary>
    private static Gen<Value> SmallValue { get; } =
        from atoms in Gen.OneOfConst(Constant.Null, Constant.True, Constant.False, Atom.NotDefault, s_connections[0], s_connections[2]).Array[1, 2]
        select SqliteAnalyzers.Model.Value.Of(atoms)!;

    public static Gen<(Typestate Component, Typestate Bit)> BitOfComponent { get; } =
        from component in Gen.OneOfConst(Component.All)
        from bit in Gen.OneOfConst([.. Component.BitsOf(component)])
        select (component, bit);

    /// <summary>An object and three of its states.</summary>
    public static Gen<(AbstractObject Owner, ObjectState First, ObjectState Second, ObjectState Third)> ThreeObjectStates { get; } =
        from owner in s_owner
        from first in ObjectState(owner)
        from second in ObjectState(owner)
        from third in ObjectState(owner)
        select (owner, first, second, third);

    /// <summary>A state in which each connection leads to its database, and some variables and members are known.</summary>
    public static Gen<State> State { get; } = StateWith(withFresh: false, areLinked: false);

    /// <summary>The same, where it is known to which one database each connection belongs.</summary>
    public static Gen<State> StateOfKnownDatabases { get; } = StateWith(withFresh: false, areLinked: true);

    /// <summary>The same, where the members of some objects have their default values until they are assigned.</summary>
    public static Gen<State> StateWithFresh { get; } = StateWith(withFresh: true, areLinked: false);

    /// <summary>A state with few objects, so that two are often alike in their objects or in what conditions tell.</summary>
    public static Gen<State> SmallState { get; } =
        from bit in Gen.OneOfConst(Typestate.Open, Typestate.Closed)
        from transaction in Gen.OneOfConst(Typestate.NoTransaction, Typestate.Written)
        from values in SmallValue.Array[2]
        from known in Gen.Bool.Array[2]
        from assumption in Gen.Int[0, 2]
        select Assume(
            Know(
                SqliteAnalyzers.Model.State.Empty.With(
                    s_connections[0],
                    SqliteAnalyzers.Model.ObjectState.Untouched.Set(Component.Opening, bit, null).Set(Component.Transaction, transaction, null)),
                values,
                known),
            assumption);

    public static Gen<SqliteEvent> Event { get; } =
        from at in s_place
        from connection in Gen.OneOfConst([.. s_connections])
        from mode in Gen.OneOfConst<CheckpointMode?>(CheckpointMode.Passive, CheckpointMode.Full, CheckpointMode.Truncate, CheckpointMode.Noop, null)
        from made in Gen.OneOfConst<SqliteEvent>(
            new Opens(at, connection),
            new Executes(at, connection, IsWrite: true, "INSERT", "t"),
            new Executes(at, connection, IsWrite: true, "INSERT", "t", Enlistment.Unknown),
            new Executes(at, connection, IsWrite: false, "SELECT", ""),
            new Checkpoints(at, connection, mode, null, ResultUse.Returned),
            new Begins(at, connection, SqlBeginKind.Deferred, IsBySql: true),
            new Begins(at, connection, SqlBeginKind.Immediate, "savepoint"),
            new Begins(at, connection, SqlBeginKind.Deferred, "savepoint", IsOnlyOutsideTransaction: true),
            new Commits(at, connection),
            new Releases(at, connection),
            new RollsBack(at, connection),
            new Configures(at, connection, "journal_mode", "wal"),
            new ExecutesUnknown(at, connection, IsHandedIn: false),
            new BacksUp(at, connection),
            new OpensReader(at, connection),
            new FinishesReader(at, connection),
            new Closes(at, connection),
            new ClearsPool(at, connection),
            new ClearsPool(at, null),
            StartsProcess.Worker(at))
        select made;

    public static IEnumerable<Typestate> ComponentsOf(AbstractObject item) =>
        Component.All.Where(component => (component & Component.Of(item.Kind)) != 0);

    public static Gen<Value> ValueOf(int min, int max) =>
        from atoms in Gen.OneOfConst([.. s_atoms]).Array[min, max]
        select SqliteAnalyzers.Model.Value.Of(atoms)!;

    /// <summary>
    /// Any relation: of some components it says what may be true now, in any case or for each single fact at entry, with any doubts
    /// and any evidence.
    /// </summary>
    public static Gen<ObjectState> ObjectState(AbstractObject owner) =>
        from components in Gen.Shuffle(ComponentsOf(owner).ToArray())
        from count in Gen.Int[0, components.Length]
        from rows in Gen.ULong.Array[components.Length * 12]
        from evidence in s_evidence.Array[28]
        from withEvidence in Gen.UInt
        select SqliteAnalyzers.Model.ObjectState.Of(
            components.Take(count).Aggregate(Typestate.None, (all, component) => all | component),
            components.Take(count).SelectMany((component, index) => RowsOf(owner, component, rows.AsMemory(index * 12, 12))),
            Enumerable.Range(0, 28).Where(bit => ((withEvidence >> bit) & 1) != 0).Select(bit => ((Typestate)(1ul << bit), evidence[bit])));

    /// <summary>What may be true of one component: something in any case, if anything was true at entry.</summary>
    private static IEnumerable<StateRow> RowsOf(AbstractObject owner, Typestate component, ReadOnlyMemory<ulong> random)
    {
        var isTold = owner.ExistsAtEntry && (random.Span[0] & 1) != 0;
        if (!isTold)
        {
            yield return Row(EntryFact.Always, component, random.Span[1]);
        }
        else
        {
            foreach (var (bit, index) in Component.BitsOf(component).Select((bit, index) => (bit, index)))
            {
                yield return Row(new(owner, bit), component, random.Span[index + 1]);
            }
        }

        // A write that commits by itself leaves rows in the -wal file if no transaction was open at entry.
        if (owner.Kind == ObjectKind.Database && (random.Span[10] & 1) != 0)
        {
            yield return Row(new(s_connections[2], Typestate.NoTransaction), component, random.Span[11]);
        }
    }

    private static StateRow Row(EntryFact fact, Typestate component, ulong random)
    {
        var bits = Pick(component, random);
        bits = bits == 0 ? Component.BitsOf(component).First() : bits;
        return new(fact, bits, Pick(bits, random >> 29) & Pick(bits, random >> 33), component == Component.Containing(fact.Bit) ? bits & fact.Bit : Typestate.None);
    }

    private static Typestate Pick(Typestate from, ulong random) =>
        Component.BitsOf(from).Where((_, index) => ((random >> index) & 1) != 0).Aggregate(Typestate.None, (all, bit) => all | bit);

    private static Gen<State> StateWith(bool withFresh, bool areLinked) =>
        from objects in Gen.Select(ObjectState(s_connections[0]), ObjectState(s_connections[1]), ObjectState(s_connections[2]))
        from databases in Gen.Select(ObjectState(s_databases[0]), ObjectState(s_databases[1]), ObjectState(s_databases[2]))
        from present in Gen.Bool.Array[6]
        from isLinked in Gen.Bool
        from variables in SmallValue.Array[4]
        from known in Gen.Bool.Array[4]
        from fresh in Gen.Bool.Array[2]
        from assumption in Gen.Int[0, 2]
        from elsewhere in Gen.Int[0, 3]
        select Make(
            [objects.Item1, objects.Item2, objects.Item3, databases.Item1, databases.Item2, databases.Item3],
            present,
            isLinked || areLinked,
            variables,
            known,
            withFresh ? fresh : [false, false],
            assumption).With((Elsewhere)elsewhere);

    private static State Make(ObjectState[] objects, bool[] present, bool isLinked, Value[] variables, bool[] known, bool[] fresh, int assumption)
    {
        var state = SqliteAnalyzers.Model.State.Empty;
        foreach (var (item, index) in Objects.Select((item, index) => (item, index)))
        {
            state = present[index] ? state.With(item, objects[index]) : state;
        }

        for (var i = 0; i < s_connections.Length; i++)
        {
            state = i < 2 || isLinked ? state.With(s_connections[i], Slot.Database, SqliteAnalyzers.Model.Value.Of(s_databases[i % 2])) : state;
        }

        for (var i = 0; i < s_plain.Length; i++)
        {
            state = s_plain[i].ExistsAtEntry ? state : state.With(s_plain[i], SqliteAnalyzers.Model.ObjectState.Untouched);
            state = known[i + 2] ? state.With(new Cell(s_plain[i], s_field), variables[i + 2]) : state;
            state = fresh[i] ? state.With(s_plain[i], Slot.IsFresh, SqliteAnalyzers.Model.Value.True) : state;
        }

        return Assume(Know(state, variables, known), assumption);
    }

    private static State Know(State state, Value[] variables, bool[] known)
    {
        for (var i = 0; i < 2; i++)
        {
            state = known[i] ? state.With(new VariableKey(new(s_member, $"variable{i}", i + 1)), variables[i]) : state;
        }

        return state;
    }

    private static State Assume(State state, int assumption) => assumption switch
    {
        0 => state,
        1 => state.With(AccessPath.Parameter(1), new Assumption(Constant.True)),
        _ => state.With(AccessPath.Parameter(1), new Assumption(Constant.False)),
    };
}
