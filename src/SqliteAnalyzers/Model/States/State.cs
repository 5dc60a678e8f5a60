namespace SqliteAnalyzers.Model;

/// <summary>What a condition has told of a value that was there at entry.</summary>
/// <param name="Value">What it is equal to; null: it is not the default of its type.</param>
internal sealed record Assumption(Constant? Value)
{
    public static readonly Assumption NotDefault = new((Constant?)null);

    public static readonly Assumption Null = new(Constant.Null);

    public bool Equals(Assumption? other) => other is not null && Equals(Value, other.Value);

    public override int GetHashCode() => Value?.GetHashCode() ?? 0;
}

/// <summary>What has happened to objects that the code that is looked at does not see.</summary>
[Flags]
internal enum Elsewhere
{
    None = 0,

    /// <summary>All pools were cleared.</summary>
    PoolsCleared = 1,

    /// <summary>A checkpoint ran on a connection of which it is not known to which database it belongs.</summary>
    SomeDatabaseCheckpointed = 2,
}

/// <summary>
/// The abstract state at a place in the program: what each variable and each member of an object may hold, the typestate of each
/// object, and what conditions have told of the values at entry. Immutable.
/// </summary>
/// <remarks>
/// A parameter, captured variable, static member, or member of an object that was there at entry, that is absent holds what it held
/// at entry. Any other variable that is absent may hold anything.
/// </remarks>
internal sealed class State : IEquatable<State>
{
    private StateConditions? _conditions;
    private int _bitsHash;

    private State(
        PersistentMap<StateKey, Value> variables,
        PersistentMap<AbstractObject, ObjectState> objects,
        PersistentMap<AccessPath, Assumption> assumptions,
        Elsewhere elsewhere)
    {
        Variables = variables;
        Objects = objects;
        Assumptions = assumptions;
        Elsewhere = elsewhere;
    }

    public static State Empty { get; } = new(
        PersistentMap<StateKey, Value>.Empty,
        PersistentMap<AbstractObject, ObjectState>.Empty,
        PersistentMap<AccessPath, Assumption>.Empty,
        Elsewhere.None);

    public PersistentMap<StateKey, Value> Variables { get; }

    /// <summary>The objects that were made, and those of which anything has changed since entry.</summary>
    public PersistentMap<AbstractObject, ObjectState> Objects { get; }

    public PersistentMap<AccessPath, Assumption> Assumptions { get; }

    public Elsewhere Elsewhere { get; }

    /// <summary>Whether the objects made that nothing holds are gone from it already.</summary>
    public bool IsCollected { get; set; }

    public StateConditions Conditions => _conditions ??= StateConditions.Of(this);

    /// <summary>What is known of an object by code whose callers are not known.</summary>
    public ObjectView this[AbstractObject item] => new(item, StateOf(item));

    public ObjectState StateOf(AbstractObject item) => Objects.Get(item) ?? ObjectState.Untouched;

    public Value? Get(StateKey key) => Variables.Get(key);

    public Value? Get(AbstractObject item, Slot slot) => Variables.Get(new Cell(item, ObjectMember.Of(slot)));

    public State With(StateKey key, Value? value)
    {
        var changed = With(value is null ? Variables.Without(key) : Variables.With(key, value));
        if (_conditions is not null && changed._conditions is null && StateConditions.IgnoreChange(key, Get(key), value))
        {
            changed._conditions = _conditions;
        }

        return changed;
    }

    public State With(AbstractObject item, Slot slot, Value? value) => With(new Cell(item, ObjectMember.Of(slot)), value);

    public State With(AbstractObject item, ObjectState state) => With(Objects.With(item, state));

    /// <summary>
    /// What conditions have told of the value at a path; of the answer to whether a value is null, and of the opposite of a truth, by
    /// what they have told of that value.
    /// </summary>
    public Assumption? AssumptionOf(AccessPath path)
    {
        if (path.Member is not { } member || (member.AsksForNull is null && !member.Equals(ObjectMember.Opposite)))
        {
            return Assumptions.Get(path);
        }

        return AssumptionOf(path.Parent!) is not { } known ? null
            : new(Constant.Of(member.AsksForNull is { } wanted ? known.Equals(Assumption.Null) == wanted : known.Value?.IsDefault == true));
    }

    public State With(AccessPath path, Assumption assumption)
    {
        if (path.Member is not { } member || (member.AsksForNull is null && !member.Equals(ObjectMember.Opposite)))
        {
            return new(Variables, Objects, Assumptions.With(path, assumption), Elsewhere);
        }

        return AssumptionOf(path) is not null ? this : With(
            path.Parent!,
            member.AsksForNull is not { } wanted ? new(Constant.Of(assumption.Value?.IsDefault == true))
            : assumption.Value is { Value: true } == wanted ? Assumption.Null
            : Assumption.NotDefault);
    }

    public State With(PersistentMap<StateKey, Value> variables) =>
        ReferenceEquals(variables, Variables) ? this : new(variables, Objects, Assumptions, Elsewhere);

    public State With(PersistentMap<AbstractObject, ObjectState> objects) =>
        ReferenceEquals(objects, Objects) ? this : new(Variables, objects, Assumptions, Elsewhere) { _conditions = _conditions };

    public State With(PersistentMap<AccessPath, Assumption> assumptions) =>
        ReferenceEquals(assumptions, Assumptions) ? this : new(Variables, Objects, assumptions, Elsewhere);

    public State With(Elsewhere elsewhere) => elsewhere == Elsewhere ? this : new(Variables, Objects, Assumptions, elsewhere) { _conditions = _conditions };

    /// <summary>The objects of this kind that the slot of <paramref name="item"/> may hold.</summary>
    public IEnumerable<AbstractObject> Linked(AbstractObject item, Slot slot, ObjectKind kind) =>
        Get(item, slot)?.Objects(kind) ?? [];

    /// <summary>Whether each member of the object that nobody has assigned still has its default value.</summary>
    public bool IsFresh(AbstractObject item) => Get(item, Slot.IsFresh) is not null;

    /// <summary>The databases that a connection may belong to: where nothing says which, one of its own.</summary>
    public IEnumerable<AbstractObject> DatabasesOf(AbstractObject connection)
    {
        var linked = Get(connection, Slot.Database);
        if (linked is not null)
        {
            return linked.Objects(ObjectKind.Database);
        }

        return connection is EntryObject { Path: var path } && path.Then(ObjectMember.Of(Slot.Database)) is { } database
            ? [new EntryObject(ObjectKind.Database, database)]
            : [];
    }

    /// <summary>Whether a connection belongs to a database in memory, which no other process or connection can see.</summary>
    public bool IsInMemory(AbstractObject connection)
    {
        var databases = DatabasesOf(connection).ToArray();
        return databases.Length > 0 && databases.All(database => database is DatabaseObject { Source.IsMemory: true });
    }

    /// <param name="other">The state on another path.</param>
    /// <param name="isDoubtful">
    /// Whether what only one of the two has comes into doubt: it is not known that a path leads to it, and on from here.
    /// </param>
    public State Join(State other, bool isDoubtful = false) => ReferenceEquals(this, other) ? this : new(
        Variables.Join(other.Variables, (key, mine, others) => JoinValues(key, mine, others, other)),
        Objects.Join(other.Objects, (item, mine, others) => JoinObjects(item, mine, others, isDoubtful)),
        Assumptions.Join(other.Assumptions, static (_, mine, others) => mine is not null && mine.Equals(others) ? mine : null),
        Elsewhere | other.Elsewhere);

    /// <summary>Whether the typestates are the same: such states need not be kept apart.</summary>
    public bool HasSameObjects(State other)
    {
        if (ReferenceEquals(Objects, other.Objects))
        {
            return true;
        }

        if (BitsHash != other.BitsHash)
        {
            return false;
        }

        foreach (var pair in Objects)
        {
            if (!pair.Value.HasSameBits(other.StateOf(pair.Key)))
            {
                return false;
            }
        }

        foreach (var pair in other.Objects)
        {
            if (pair.Value.SpokenOf != 0 && !Objects.ContainsKey(pair.Key))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(State? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Elsewhere == other.Elsewhere
            && Variables.Equals(other.Variables)
            && Objects.Equals(other.Objects)
            && Assumptions.Equals(other.Assumptions));

    public override bool Equals(object? obj) => Equals(obj as State);

    public override int GetHashCode() => StableHash.Combine(Variables.GetHashCode(), Objects.GetHashCode());

    /// <summary>Of the typestates alone; never 0.</summary>
    private int BitsHash
    {
        get
        {
            if (_bitsHash == 0)
            {
                var hash = 1;
                foreach (var pair in Objects)
                {
                    hash += pair.Value.SpokenOf == 0 ? 0 : StableHash.Combine(pair.Key.GetHashCode(), pair.Value.BitsHash);
                }

                _bitsHash = hash == 0 ? 1 : hash;
            }

            return _bitsHash;
        }
    }

    private Value? JoinValues(StateKey key, Value? mine, Value? others, State other)
    {
        if (mine is not null && others is not null)
        {
            return mine.Join(others);
        }

        var (known, lacking) = mine is not null ? (mine, other) : (others!, this);
        return key switch
        {
            Cell cell => lacking.DefaultOf(cell, known) is { } value ? known.Join(value) : null,
            StaticKey { Member: var member } => known.Join(AtEntry(AccessPath.Static(member), known)),
            _ => null,
        };
    }

    /// <summary>What a cell that is absent here holds, to be joined with <paramref name="known"/>; null if that is not known.</summary>
    private Value? DefaultOf(Cell cell, Value known)
    {
        if (cell.Object is MadeObject made)
        {
            // What only one path knows of an object that only that path made is not in doubt.
            return !Objects.ContainsKey(made) ? known
                : cell.Member.Kind == ObjectMemberKind.Pragma ? PragmaCells.Of(this, made, cell.Member.Name)
                : cell.Member.Kind != ObjectMemberKind.Field ? cell.Member.Is(Slot.IsFresh) ? null : known
                : IsFresh(made) ? DefaultLike(known)
                : AccessPath.Of(made).Then(cell.Member) is { } inMade ? AtEntry(inMade, known) : null;
        }

        return cell.Member.Is(Slot.IsFresh) ? null
            : cell.Member.Kind == ObjectMemberKind.Pragma ? PragmaCells.Of(this, cell.Object, cell.Member.Name)
            : IsFresh(cell.Object) && cell.Member.Kind == ObjectMemberKind.Field ? DefaultLike(known)
            : cell.Object is EntryObject { Path: var path } && path.Then(cell.Member) is { } there ? AtEntry(there, known) : null;
    }

    private static Value AtEntry(AccessPath path, Value known)
    {
        foreach (var atom in known.Atoms)
        {
            if (atom is AbstractObject item)
            {
                return Value.Of(new EntryObject(item.Kind, path));
            }
        }

        return Value.Of(new EntryObject(ObjectKind.Plain, path));
    }

    /// <summary>The default value of a member that may hold <paramref name="known"/>.</summary>
    private static Value DefaultLike(Value known)
    {
        foreach (var atom in known.Atoms)
        {
            if (atom is Constant { Value: { } value and not string })
            {
                return value is bool ? Value.False : Value.Of(new Constant(Activator.CreateInstance(value.GetType())));
            }
        }

        return Value.Null;
    }

    private static ObjectState? JoinObjects(AbstractObject item, ObjectState? mine, ObjectState? others, bool isDoubtful) =>
        mine is not null && others is not null ? mine.Join(item, others, isDoubtful)
        : !item.ExistsAtEntry ? mine ?? others
        : (mine ?? ObjectState.Untouched).Join(item, others ?? ObjectState.Untouched, isDoubtful);
}
