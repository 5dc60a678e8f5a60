using System.Collections.Immutable;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// One call put together with the summary of the code it leads to: what the summary says of parameters, members and captured
/// variables is said of what the caller has in their place.
/// </summary>
internal sealed class Composition
{
    private readonly Interpreter _caller;
    private readonly CodeUnit _unit;
    private readonly Value? _instance;
    private readonly IReadOnlyList<Value> _arguments;
    private readonly CapturedValues _captured;
    private readonly Place _call;
    private readonly Dictionary<AccessPath, Value> _resolved = [];
    private readonly Dictionary<AbstractObject, AbstractObject[]> _targets = [];

    public Composition(Interpreter caller, CodeUnit unit, Value? instance, IReadOnlyList<Value> arguments, CapturedValues captured, Place call)
    {
        (_caller, _unit, _instance, _arguments, _captured, _call) = (caller, unit, instance, arguments, captured, call);
        Summary = caller.SummaryOf(unit, Binding.None);
        var binding = Binding.None;
        for (var i = 0; i < Limits.MaxBindings && !Summary.IsCollapsed && caller.MayBind(unit) && Bind(binding) is { } more; i++)
        {
            binding = more;
            Summary = caller.SummaryOf(unit, binding);
        }

        foreach (var item in Touched())
        {
            caller.Touch(item);
        }
    }

    public Summary Summary { get; }

    /// <summary>All that the code is called with: its receiver, its arguments, what it has captured.</summary>
    public IEnumerable<Value> Given =>
        (_instance is null ? [] : new[] { _instance }).Concat(_arguments).Concat(_captured.Values.Select(pair => pair.Value))
            .Concat(IsNested ? _caller.CapturedBy(_unit).Where(value => !value.Atoms.Any(atom => atom is Closure)) : []);

    /// <summary>Whether the code is nested in that of the caller, so that it is judged there.</summary>
    private bool IsNested => _unit.IsNested && _unit.Member.Equals(_caller.Unit.Member);

    /// <summary>
    /// The state after the call, if the code is left in <paramref name="exit"/>, and what it gives back; null if it cannot be left so
    /// where it is called in <paramref name="before"/>.
    /// </summary>
    public (State State, Value Result)? Leave(State before, State exit)
    {
        if (Assume(before, exit.Assumptions) is not { } assumed)
        {
            return null;
        }

        var state = Enter(assumed, exit, isInside: false);
        return (state, Substitute(exit.Get(ReturnKey.Instance) ?? Value.Unknown));
    }

    /// <summary>The state in which the code is, in <paramref name="inside"/>, if it was called in <paramref name="before"/>.</summary>
    /// <param name="before">The state at the call.</param>
    /// <param name="inside">What the code knows by itself.</param>
    /// <param name="isInside">Whether it is looked at where it runs, so that its own variables are there.</param>
    private State Enter(State before, State inside, bool isInside)
    {
        var state = before;
        foreach (var item in inside.Objects.Keys)
        {
            if (item is MadeObject made)
            {
                state = Renaming.Add(state, Renamed(made));
            }
        }

        state = LeaveObjects(before, state, inside.Objects);
        state = LeaveElsewhere(before, state, inside);
        return LeaveVariables(state, inside, isInside);
    }

    /// <summary>What the code has left in an argument by reference.</summary>
    public Value? OutOf(State exit, Microsoft.CodeAnalysis.IParameterSymbol parameter)
    {
        foreach (var pair in exit.Variables)
        {
            if (pair.Key is VariableKey { Variable: var variable } && variable.Member.Equals(_unit.Member) && variable.Name == parameter.Name)
            {
                return Substitute(pair.Value);
            }
        }

        return null;
    }

    /// <summary>The objects of the caller that something happens to in the code.</summary>
    public IEnumerable<AbstractObject> Touched() => Summary.Touched.SelectMany(TargetsOf);

    /// <summary>The objects of the caller that the code changes, or may.</summary>
    public IEnumerable<AbstractObject> Changed() =>
        from exit in Summary.Exits
        from pair in exit.Objects
        where pair.Key is not MadeObject && pair.Value.SpokenOf != 0
        from item in TargetsOf(pair.Key)
        where item.Kind is ObjectKind.Connection or ObjectKind.Database
        select item;

    /// <summary>What the code makes, an iterator also where it has given an item, as the caller names it.</summary>
    public HashSet<AbstractObject> Made() => [.. MadeInside().Select(Renamed)];

    /// <summary>Of the objects of the caller, what the code has made wherever the caller runs it.</summary>
    public HashSet<AbstractObject> MadeAnywhere(State state)
    {
        var inside = new HashSet<MadeObject>(MadeInside());
        return [.. state.Objects.Keys.OfType<MadeObject>().Where(item => item.Via is { } via && item.Site.Member.Equals(_call.Member) && inside.Contains(via))];
    }

    private IEnumerable<MadeObject> MadeInside() =>
        (Summary.Yielded is { } yielded ? Summary.Exits.Add(yielded) : Summary.Exits).SelectMany(state => state.Objects.Keys).OfType<MadeObject>();

    /// <summary>Whether an iterator has begun a transaction on the connection where it has given an item.</summary>
    public bool HasBegunWhereYielded(AbstractObject connection) => Summary.Yielded is { } yielded && yielded.Objects.Any(pair =>
        pair.Key is not MadeObject
        && pair.Value.Rows.Any(row => (row.Bits & Component.AnyTransaction) != 0 && (row.If.IsAlways || row.If.Bit == Typestate.NoTransaction))
        && TargetsOf(pair.Key).Contains(connection));

    /// <summary>Shows the caller's checks what happened in the code, and tells the caller what the code uses.</summary>
    public void Observe(State before)
    {
        ObserveUses(isDetached: false);
        foreach (var latent in Summary.Latent)
        {
            if (Assume(before, latent.Before.Assumptions) is { } assumed)
            {
                Show(latent, Enter(assumed, latent.Before, isInside: true), isDetached: false);
            }
        }
    }

    /// <summary>The same where it is not known in what state the code runs.</summary>
    public void ObserveDetached(State after)
    {
        ObserveUses(isDetached: true);
        foreach (var latent in Summary.Latent)
        {
            // Whoever runs it may look at what it answers.
            var seen = latent.Event is Checkpoints { Result: ResultUse.Returned } answered ? latent with { Event = answered with { Result = ResultUse.Checked } } : latent;
            Show(seen, Enter(State.Empty.With(after.Variables), latent.Before, isInside: true), isDetached: true);
        }
    }

    /// <summary>What the code has left open may be closed by the caller; if it runs at any time, by nobody.</summary>
    private void ObserveUses(bool isDetached)
    {
        _caller.AddEndsOfFunctions(Summary.EndsOfFunctions, isDetached);
        foreach (var (connection, use) in Summary.Uses)
        {
            foreach (var item in TargetsOf(connection))
            {
                _caller.AddUse(item, isDetached ? use : use & ~ConnectionUse.StaysOpen);
            }
        }

        foreach (var pragma in Summary.Pragmas)
        {
            foreach (var database in TargetsOf(pragma.Database))
            {
                _caller.AddPragma(pragma with { Database = database });
            }
        }
    }

    /// <summary>
    /// What happens in other code happens, to the caller, at the call. The code of a delegate that belongs to the caller, or was
    /// handed to it, keeps its place: whoever wrote it reports it there.
    /// </summary>
    private void Show(LatentEvent latent, State before, bool isDetached)
    {
        var isKept = IsKept(latent.Event.At);
        var through = isKept && !isDetached && FunctionAround(latent.Event.At) is { } function ? (function, _call) : default((Place, Place)?);
        foreach (var e in EventsAt(latent.Event, isKept ? latent.Event.At : _call))
        {
            var inLoop = !isDetached && e.Loop is null && _caller.Loop is { } loop ? e with { Loop = loop with { Holds = e.At } } : e;
            _caller.ObserveComposed(inLoop, before, latent.Checks, isKept ? latent.Hops : latent.Hops + 1, through);
        }
    }

    private bool IsKept(Place at) => _unit.IsNested && at.Member.Equals(_unit.Member)
        ? IsNested || _caller.IsHandedIn(_unit)
        : !at.Member.Equals(_unit.Member) && (at.Member.Equals(_caller.Unit.Member) || _caller.IsHandedIn(at.Member));

    /// <summary>The lambda or local function of the caller that an event stands in.</summary>
    private Place? FunctionAround(Place at)
    {
        if (IsNested)
        {
            return _caller.PlaceOf(_unit);
        }

        foreach (var atom in _arguments.SelectMany(argument => argument.Atoms))
        {
            if (atom is Closure { Unit: { IsNested: true } unit } && unit.Member.Equals(_caller.Unit.Member) && _caller.PlaceOf(unit) is var function && function.Contains(at))
            {
                return function;
            }
        }

        return null;
    }

    private IEnumerable<SqliteEvent> EventsAt(SqliteEvent e, Place at)
    {
        if (e is not ConnectionEvent on)
        {
            yield return e is StartsProcess start ? start with { At = at, Program = Substitute(start.Program), Given = Substitute(start.Given) }
                : e is Detaches detaches
                ? detaches with { At = at, Captured = new(detaches.Captured.Values.SelectMany(captured => Substitute(captured).Atoms.OfType<AbstractObject>()).Distinct().Select(item => Value.Of(item)).ToImmutableArray()) }
                : e with { At = at };
            yield break;
        }

        foreach (var connection in TargetsOf(on.Connection))
        {
            yield return on switch
            {
                Checkpoints checkpoint => checkpoint with { At = at, Connection = connection, Text = checkpoint.Text is null ? null : AsHandedIn(checkpoint.Text) },
                DisposesBatch disposes => disposes with { At = at, Connection = connection, Batch = TargetsOf(disposes.Batch) is [var batch] ? batch : disposes.Batch },
                Executes { Command: { } command } executes => RunBy(TargetsOf(command), executes with { At = at, Connection = connection }),
                _ => on with { At = at, Connection = connection },
            };
        }
    }

    /// <summary>The command as the caller has it, who may know what transaction it was told.</summary>
    private Executes RunBy(AbstractObject[] commands, Executes executes) =>
        commands is not [var command] ? executes with { Command = null }
        : executes with
        {
            Command = command,
            Enlistment = executes.Enlistment == Enlistment.HandedIn ? Connections.EnlistmentOf(_caller, command) : executes.Enlistment,
        };

    /// <summary>The text as the caller has it: whether it was handed in is, to the caller, another question.</summary>
    private Text AsHandedIn(Text text)
    {
        if (!text.IsFromCaller)
        {
            return text;
        }

        var isFromCaller = _arguments.Concat(_captured.Values.Select(pair => pair.Value)).Any(IsFromCaller)
            || Summary.Asked.Any(path => _resolved.TryGetValue(path, out var value) && IsFromCaller(value));
        return isFromCaller ? text : text.Own();
    }

    private static bool IsFromCaller(Value value) => value.Atoms.Any(atom => atom switch
    {
        Text text => text.IsFromCaller,
        Elements elements => elements.Items.Values.Any(IsFromCaller),
        _ => false,
    });

    /// <summary>What the caller knows of the values that the code asks about, beyond what it has been told; null if there is no more.</summary>
    private Binding? Bind(Binding told)
    {
        var values = new List<(AccessPath, Value)>();
        foreach (var path in Summary.Asked)
        {
            var value = told.ValueOf(path) ?? Bindable(path, Resolve(path));
            if (value is not null)
            {
                values.Add((path, value));
            }
        }

        foreach (var path in told.Paths)
        {
            if (!values.Exists(pair => pair.Item1.Equals(path)))
            {
                values.Add((path, told.ValueOf(path)!));
            }
        }

        // Code that has been told speaks of them under one name.
        var binding = Binding.Of(values, told.Aliases.Concat(Aliases().Where(pair => told.Canonical(pair.Path).Equals(pair.Path))));
        return binding.Equals(told) ? null : binding;
    }

    /// <summary>The part of a value that can be told to the code without naming an object of the caller.</summary>
    private Value? Bindable(AccessPath path, Value value)
    {
        var told = value.Select(atom => atom switch
        {
            Text { Depth: <= Text.MaxDepth } text => text.WithHoles((_, index) => new(path.Then(ObjectMember.Hole(index)), null)).HandedIn(),
            Constant constant => constant,
            AbstractObject { Kind: not ObjectKind.Plain, Kind: var kind } => new EntryObject(kind, path),
            Closure closure => new Closure(
                closure.Unit,
                closure.Receiver is null || path.Then(ObjectMember.Of(Slot.Receiver)) is not { } receiver ? null : Value.Of(new EntryObject(ObjectKind.Plain, receiver)),
                CapturedValues.None),
            Elements elements => new Elements(new(elements.Items.Values.Select((item, index) => (path.Then(ObjectMember.Index(index)) is { } at ? Bindable(at, item) : null) ?? Value.Unknown).ToImmutableArray()), elements.IsComplete),
            _ => Atom.Unknown,
        });
        _caller.Ask(value);
        return TellsMuch(told) ? told : null;
    }

    /// <summary>A constant, or what a list holds, beside anything else tells nothing; neither do both constants that a condition may find.</summary>
    private static bool TellsMuch(Value told) => told.MayBeUnknown
        ? told.Atoms.Any(atom => atom is not (Constant or Elements) && !ReferenceEquals(atom, Atom.Unknown) && !ReferenceEquals(atom, Atom.NotDefault))
        : !(told.Contains(Constant.True) && told.Contains(Constant.False));

    /// <summary>The objects the code looks at under several names that are one to the caller.</summary>
    private IEnumerable<(AccessPath Path, AccessPath SameAs)> Aliases()
    {
        var byObject = new Dictionary<AbstractObject, AccessPath>();
        foreach (var entry in Summary.Touched)
        {
            if (Resolve(entry.Path).OnlyOrNull<AbstractObject>() is not { IsMany: false } item)
            {
                continue;
            }

            if (byObject.TryGetValue(item, out var first))
            {
                yield return (entry.Path, first);
            }
            else
            {
                byObject.Add(item, entry.Path);
            }
        }
    }

    /// <summary>The caller's state with the conditions under which the code takes this way; null if they contradict it.</summary>
    private State? Assume(State before, PersistentMap<AccessPath, Assumption> assumptions)
    {
        foreach (var pair in assumptions)
        {
            var value = Resolve(pair.Key);
            if (!value.Atoms.Any(atom => IsPossible(atom, pair.Value, before)))
            {
                return null;
            }

            if (value.Only<EntryObject>() is { Path: var path } && before.AssumptionOf(path) is null)
            {
                before = before.With(path, pair.Value);
            }
        }

        return before;
    }

    private static bool IsPossible(Atom atom, Assumption assumption, State state) => atom switch
    {
        Constant constant => assumption.Value is null ? !constant.IsDefault
            : constant.Value is null || assumption.Value.Value is null || constant.Value.GetType() == assumption.Value.Value.GetType() ? constant.Equals(assumption.Value)
            : true,
        EntryObject { Path: var path } => state.AssumptionOf(path) is not { } known || known.Equals(assumption)
            || (assumption.Value is null ? !known.Value!.IsDefault : known.Value is null && !assumption.Value.IsDefault),
        MadeObject or Text or Closure or Elements or TupleValue or Deferred => assumption.Value is not { IsDefault: true },
        _ => !ReferenceEquals(atom, Atom.NotDefault) || assumption.Value is not { IsDefault: true },
    };

    /// <summary>The typestates after the code: those it speaks of, put together with those before it.</summary>
    /// <remarks>What the code knows by two names, and did not know to be one, may be as either says.</remarks>
    private State LeaveObjects(State before, State state, PersistentMap<AbstractObject, ObjectState> objects)
    {
        var left = new HashSet<AbstractObject>();
        foreach (var pair in objects)
        {
            if (pair.Value.SpokenOf == 0)
            {
                continue;
            }

            // The code ends what a collection keeps: which of it, it does not know.
            var isAnyOfSeveral = pair.Key is EntryObject { Path.LeadsOverElement: true } && pair.Value.Rows.Any(static row => row.If.IsAlways && (row.Bits & Typestate.TransactionUnknown) != 0);
            var targets = TargetsOf(pair.Key);
            foreach (var target in targets)
            {
                if (isAnyOfSeveral)
                {
                    state = Transitions.Forget(state, target);
                    left.Add(target);
                    continue;
                }

                var was = state.StateOf(target);
                var composed = RelateWrites(before, target, was, pair.Value);
                state = state.With(target, left.Add(target) && targets.Length == 1 && !target.IsMany ? composed : was.Join(target, composed, isDoubtful: true));
            }
        }

        foreach (var pair in objects)
        {
            if (pair.Key.Kind == ObjectKind.Database && pair.Value.EvidenceOf(Typestate.WalClean) is { } cleaned && TargetsOf(pair.Key) is [var database] && state[database].Must(Component.Wal, Typestate.WalClean))
            {
                state = Transitions.CleanNamesakes(state, database, left.Contains, cleaned.Leave(_call));
            }
        }

        return state;
    }

    /// <summary>The code counts its writes as if no transaction were open at entry: in one of the caller's they do not count.</summary>
    private ObjectState RelateWrites(State before, AbstractObject target, ObjectState was, ObjectState effect)
    {
        var composed = Relate(before, target, was, effect);
        if ((effect.SpokenOf & Component.Writes) == 0 || !before[target].May(Component.AnyTransaction))
        {
            return composed;
        }

        var uncounted = Relate(before, target, was, effect.Only(~Component.Writes));
        return before[target].Must(Component.Transaction, Component.AnyTransaction) ? uncounted : uncounted.Join(target, composed, isDoubtful: false);
    }

    /// <summary>The relation from the caller's entry to here, from the caller's entry to the call and from the call to here.</summary>
    private ObjectState Relate(State before, AbstractObject target, ObjectState was, ObjectState effect)
    {
        var relation = ObjectState.RelationBuilder.Begin(was.SpokenOf | effect.SpokenOf);
        foreach (var row in was.Rows)
        {
            relation.Add(row, ~effect.SpokenOf);
        }

        relation.AddEvidence(was.AllEvidence, ~effect.SpokenOf);
        foreach (var (bit, made) in effect.AllEvidence)
        {
            relation.AddEvidence(bit, IsKept(made.Anchor) ? made : made.Leave(_call));
        }

        foreach (var row in effect.Rows)
        {
            if (row.If.IsAlways)
            {
                relation.Add(row);
                continue;
            }

            var sources = TargetsOf(row.If.Object!);
            foreach (var source in sources)
            {
                var sourceState = before.StateOf(source);
                foreach (var known in sourceState.Rows)
                {
                    if ((known.Bits & row.If.Bit) != 0)
                    {
                        Add(row, known, source, sourceState, sources.Length > 1);
                    }
                }

                if (source.ExistsAtEntry && (row.If.Bit & ~sourceState.SpokenOf) != 0)
                {
                    Add(row, ObjectState.AtEntry(source, row.If.Bit), source, sourceState, sources.Length > 1);
                }
            }
        }

        return relation.ToState();

        void Add(StateRow row, StateRow known, AbstractObject source, ObjectState sourceState, bool isOneOfSeveral)
        {
            var isInherited = (known.Inherited & row.If.Bit) != 0;
            var composed = row with { If = known.If, Inherited = isInherited && source.Equals(target) ? row.Inherited & row.If.Bit : Typestate.None };
            relation.Add(isOneOfSeveral || (known.Doubtful & row.If.Bit) != 0 ? composed with { Doubtful = row.Bits } : composed);
            if (isInherited || sourceState.EvidenceOf(row.If.Bit) is not { } earlier)
            {
                return;
            }

            // What has been so since before the call, or comes of that, the caller has the evidence for.
            foreach (var bit in Component.BitsOf(row.Bits))
            {
                if ((row.Inherited & bit) != 0 || effect.EvidenceOf(bit) is null)
                {
                    relation.AddEvidence(bit, earlier);
                }
            }
        }
    }

    /// <summary>What has happened to the objects of the caller that the code does not see.</summary>
    private State LeaveElsewhere(State before, State state, State exit)
    {
        if (exit.Elsewhere != Elsewhere.None)
        {
            state = LeaveUnseen(before, state, exit);
        }

        foreach (var pair in exit.Objects)
        {
            if (pair.Key.Kind != ObjectKind.Database || pair.Value.SpokenOf == 0)
            {
                continue;
            }

            foreach (var database in TargetsOf(pair.Key))
            {
                if (state[database].May(Typestate.WalClosed))
                {
                    state = Reopen(before, state, database);
                }
            }
        }

        return state;
    }

    /// <summary>What the code did to all of a kind, where it does not say more.</summary>
    private State LeaveUnseen(State before, State state, State exit)
    {
        var seen = SpokenOf(exit);
        if ((exit.Elsewhere & Elsewhere.PoolsCleared) != 0)
        {
            var cleared = Transitions.Apply(state, new ClearsPool(_call, null));
            foreach (var item in cleared.Objects.Keys)
            {
                state = seen.Contains(item) ? state : state.With(item, cleared.StateOf(item));
            }
        }

        if ((exit.Elsewhere & Elsewhere.SomeDatabaseCheckpointed) != 0)
        {
            foreach (var database in before.Objects.Keys)
            {
                if (database.Kind == ObjectKind.Database && !seen.Contains(database))
                {
                    state = state.With(database, state.StateOf(database).Set(Component.Wal, Typestate.WalClean, Evidence.At(_call)));
                }
            }
        }

        return state.With(state.Elsewhere | exit.Elsewhere);
    }

    /// <summary>The objects of the caller of which the code says something.</summary>
    private HashSet<AbstractObject> SpokenOf(State exit)
    {
        var objects = new HashSet<AbstractObject>();
        foreach (var pair in exit.Objects)
        {
            if (pair.Value.SpokenOf != 0)
            {
                objects.UnionWith(TargetsOf(pair.Key));
            }
        }

        return objects;
    }

    /// <summary>The last connection that the code knew of was closed: the caller may know of another.</summary>
    private static State Reopen(State before, State state, AbstractObject database)
    {
        var mayBeOpen = false;
        foreach (var item in state.Objects.Keys)
        {
            if (item.Kind == ObjectKind.Connection && state[item] is var other && other.May(Typestate.Open) && state.DatabasesOf(item).Contains(database))
            {
                if (other.Must(Component.Opening, Typestate.Open))
                {
                    return state.With(database, before.StateOf(database));
                }

                mayBeOpen = true;
            }
        }

        return mayBeOpen ? state.With(database, state.StateOf(database).Join(database, before.StateOf(database), isDoubtful: true)) : state;
    }

    private State LeaveVariables(State state, State exit, bool isInside)
    {
        var changes = new Dictionary<StateKey, Value>();
        foreach (var pair in exit.Variables)
        {
            if (pair.Key is Cell { Object: var connection, Member: var member } && PragmaCells.IsOthers(member))
            {
                var targets = TargetsOf(connection);
                foreach (var target in targets)
                {
                    state = PragmaCells.Leave(state, target, Substitute(pair.Value), targets.Length == 1 && !target.IsMany);
                }
            }
        }

        foreach (var pair in exit.Variables)
        {
            switch (pair.Key)
            {
                case Cell { Object: var owner, Member: var member }:
                    var targets = TargetsOf(owner);
                    foreach (var target in targets)
                    {
                        if (member.Is(Slot.IsFresh) && target is not MadeObject)
                        {
                            continue;
                        }

                        var cell = new Cell(target, member);
                        var value = Substitute(pair.Value);
                        var before = changes.TryGetValue(cell, out var changed) ? changed : state.Get(cell);
                        // What the code has put into a collection stands beside what was in there.
                        var isAll = targets.Length == 1 && !target.IsMany && member.Kind != ObjectMemberKind.Element;
                        changes[cell] = isAll ? value : before?.Join(value) ?? value;
                    }

                    break;
                case StaticKey:
                    changes[pair.Key] = Substitute(pair.Value);
                    break;
                case VariableKey { Variable: var variable } when isInside || !_caller.IsArgumentOf(_unit, variable):
                    changes[pair.Key] = Substitute(pair.Value);
                    break;
            }
        }

        return state.With(state.Variables.WithAll(changes));
    }

    /// <summary>The objects of the caller that one of the code stands for.</summary>
    private AbstractObject[] TargetsOf(AbstractObject item)
    {
        if (!_targets.TryGetValue(item, out var targets))
        {
            _targets.Add(item, targets = item switch
            {
                EntryObject entry => Resolve(entry.Path).Atoms.OfType<AbstractObject>().Select(target => (AbstractObject)Seen(target, entry.Kind)).ToArray(),
                MadeObject made => [Renamed(made)],
                DatabaseObject database => Substitute(database).Atoms.OfType<AbstractObject>().ToArray(),
                _ => [item],
            });
        }

        return targets;
    }

    private MadeObject Renamed(MadeObject made) => made.ReturnedBy(_call);

    private Value Substitute(Value value) => value.SelectMany(Substitute);

    private Value Substitute(Atom atom) => atom switch
    {
        EntryObject entry => Resolve(entry.Path).Select(found => Seen(found, entry.Kind)),
        MadeObject made => Value.Of(Renamed(made)),
        DatabaseObject { Source: var source } database => source.Text.HasHoles ? SubstituteIn(source) : Value.Of(database),
        Text { HasHoles: true } text => text.Fill(Fill),
        Closure closure => Value.Of(closure with
        {
            Receiver = closure.Receiver is null ? null : Substitute(closure.Receiver),
            Captured = closure.Captured.Select(Substitute),
        }),
        Deferred deferred => Value.Of(deferred with
        {
            Receiver = deferred.Receiver is null ? null : Substitute(deferred.Receiver),
            Arguments = deferred.Arguments.Select(Substitute),
            Captured = deferred.Captured.Select(Substitute),
        }),
        Elements elements => Value.Of(elements with { Items = elements.Items.Select(Substitute) }),
        TupleValue tuple => Value.Of(tuple with { Items = tuple.Items.Select(Substitute) }),
        ReadResult read => Value.Of(TargetsOf(read.Reader).Select(reader => new ReadResult(reader))) ?? Value.Unknown,
        Answer answer => Value.Of(IsKept(answer.Checkpoint) ? answer : answer with { Checkpoint = _call }),
        IterationResult => Value.Unknown,
        _ => Value.Of(atom),
    };

    /// <summary>An object that the code has seen under a type that says what it is.</summary>
    private static Atom Seen(Atom atom, ObjectKind kind) =>
        atom is EntryObject { Kind: ObjectKind.Plain } plain && kind != ObjectKind.Plain ? new EntryObject(kind, plain.Path) : atom;

    private Value SubstituteIn(DataSource source)
    {
        if (_caller.HasOneDataSource && !source.IsMemory)
        {
            return Value.Of(new DatabaseObject(DataSource.Single with { IsFile = source.IsFile }));
        }

        var sources = source.Text.Fill(Fill).Atoms.Select(atom =>
            atom is not Text text ? DataSource.At(_call) with { IsMemory = source.IsMemory, IsFile = source.IsFile }
            : source.IsConnectionString && !(text.HasHoles && text.Flat.Length == 1) ? DataSource.OfConnectionString(text, _call)
            : source with { Text = text.HasHoles ? text.Own() : Text.Of(DatabasePath.Normalize(text.Flat)) });
        return Value.Of(sources.Select(filled => new DatabaseObject(filled))) ?? Value.Unknown;
    }

    private Value Fill(TextHole hole) =>
        hole.Value is { } path ? BaseClassLibrary.TextOf(Resolve(path)).Select(atom => atom is Text { HasHoles: true } text && text.Holes[0] == default ? Text.OfHole(new(null, _call)) : atom)
        : Value.Of(Text.OfHole(hole));

    /// <summary>What the caller has where the code found a value.</summary>
    private Value Resolve(AccessPath path)
    {
        if (_resolved.TryGetValue(path, out var known))
        {
            return known;
        }

        return _resolved[path] = path.Parent is { } parent ? _caller.ReadStep(Resolve(parent), path.Member!) : path.Root switch
        {
            PathRoot.This => _instance ?? Value.Unknown,
            PathRoot.Parameter => path.Ordinal < _arguments.Count ? _arguments[path.Ordinal] : Value.Unknown,
            PathRoot.Variable => _captured.Get(path.Variable!) ?? _caller.ReadCaptured(path.Variable!, _arguments),
            PathRoot.Static => _caller.ReadStaticOf(path),
            PathRoot.Result => Value.Of(new EntryObject(path.Made!.Kind, AccessPath.Result(path.Made.ReturnedBy(_call)))),
            _ => Value.Of(Renamed(path.Made!)),
        };
    }
}
