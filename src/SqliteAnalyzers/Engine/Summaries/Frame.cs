using System.Collections.Immutable;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>One piece of code while its summary is made.</summary>
internal sealed class Frame
{
    private readonly Dictionary<AbstractObject, ConnectionUse> _uses = [];
    private readonly HashSet<PragmaExecution> _pragmaSet = [];
    private readonly List<PragmaExecution> _pragmas = [];
    private readonly SortedSet<AccessPath> _asked = [];
    private readonly Dictionary<AccessPath, EntryObject> _touched = [];
    private readonly Dictionary<AccessPath, Value> _adopted = [];
    private int _blocks;
    private int _evaluations;

    public Frame(FlowEngine engine, Evaluation evaluation, Body body, SummaryKey key)
    {
        Engine = engine;
        Evaluation = evaluation;
        Body = body;
        Key = key;
        Log = new(this);
        Place = body.Place;
    }

    /// <summary>What an initializer or constructor has left under a path, so that it is there at entry.</summary>
    public void Adopt(AccessPath path, Value value) => _adopted[path] = value;

    /// <summary>The value, and in the place of what was there at entry that which is known of it: a path that has not read it knows no less.</summary>
    public Value WithAdopted(Value value) => _adopted.Count == 0 ? value : value.SelectMany(atom =>
        atom is EntryObject { Path: var path } && _adopted.TryGetValue(path, out var adopted) ? adopted : Value.Of(atom));

    public FlowEngine Engine { get; }

    public Evaluation Evaluation { get; }

    public Body Body { get; }

    public SummaryKey Key { get; }

    public CodeUnit Unit => Key.Unit;

    public EventLog Log { get; }

    /// <summary>Where its code stands.</summary>
    public Place Place { get; }

    public CancellationToken Cancellation => Evaluation.Cancellation;

    /// <summary>
    /// Whether the code reports what it finds itself: it is not nested in other code, which knows more, and is not looked at for
    /// one of its callers.
    /// </summary>
    public bool IsHost => !Unit.IsNested && Key.Binding.IsEmpty;

    public void CountBlock()
    {
        Cancellation.ThrowIfCancellationRequested();
        Engine.Counters.CountBlock();
        if (++_blocks > (Body.Graph!.Blocks.Length + 10) * Limits.MaxVisitsPerBlock)
        {
            throw new FlowLimitException();
        }
    }

    /// <summary>
    /// Whether only one state is followed at each place: from where so many have been, and where it is only asked what all ways
    /// through a constructor leave.
    /// </summary>
    public bool IsCollapsing => Key.Binding.IsForInitialValues || _evaluations > ((Body.Graph?.Blocks.Length ?? 0) + 10) * Limits.MaxEvaluationsPerBlock;

    /// <summary>A state that tells of much counts as several: so much more does it cost.</summary>
    public void CountEvaluation(State state)
    {
        _evaluations += 1 + (state.Variables.Count / Limits.VariablesPerEvaluation);
        if (_evaluations > ((Body.Graph?.Blocks.Length ?? 0) + 10) * (Limits.MaxEvaluationsPerBlock + Limits.MaxVisitsPerBlock))
        {
            throw new FlowLimitException();
        }
    }

    /// <summary>More would be known if the caller told what stands at this path.</summary>
    public void Ask(AccessPath path)
    {
        if (!path.IsOwn)
        {
            _asked.Add(path);
        }
    }

    /// <summary>Something happens to an object that was there at entry.</summary>
    public void Touch(AbstractObject item)
    {
        if (item is EntryObject { Path.IsOwn: false } entry && !_touched.ContainsKey(entry.Path))
        {
            _touched.Add(entry.Path, entry);
        }
    }

    public void AddUse(AbstractObject connection, ConnectionUse use)
    {
        if (use != ConnectionUse.None)
        {
            _uses[connection] = _uses.TryGetValue(connection, out var before) ? before | use : use;
        }
    }

    public ConnectionUse UseOf(AbstractObject connection) => _uses.TryGetValue(connection, out var use) ? use : ConnectionUse.None;

    public void AddPragma(PragmaExecution pragma)
    {
        if (_pragmaSet.Add(pragma))
        {
            _pragmas.Add(pragma);
        }
    }

    /// <summary>Whether the summary of the same code for any caller reports this already, and asks nobody.</summary>
    public bool IsReportedByGeneral(int check, Place at) =>
        !Key.Binding.IsEmpty
        && at.Member.Equals(Unit.Member)
        && Evaluation.Get(new(Unit, Binding.None)).Findings.Any(finding => finding.Check == Engine.Checks[check] && finding.At.Equals(at) && !finding.AsksCallers);

    public Finding Find(int check, Place at, FindingSink.Draft draft, State before) => new(
        Engine.Checks[check],
        at,
        draft.Needs,
        draft.Arguments,
        Engine.Names.Of(draft.Subject, before, at, Body)
            .SetItems(draft.Properties.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value))),
        draft.Databases.Select(database => DatabaseIdentity.Of(database, Unit, Body.IsToldByCallers)).ToImmutableArray(),
        draft.Maker,
        draft.Subject is null ? ConnectionUse.None : UseOf(draft.Subject),
        draft.Origin,
        draft.AsksCallers);

    /// <summary>What a caller needs of a state to see an event as it would have happened in its own: the typestates of what it knows.</summary>
    /// <param name="state">The state before the event.</param>
    /// <param name="withMade">
    /// Whether what is made here counts too: a check has something to say of the event, and it is the caller who reports it. Where the
    /// event stands in code that is nested in the caller's, the caller also has to know by what names that code speaks of connections.
    /// </param>
    public State VisibleToCaller(State state, bool withMade) => State.Empty
        .With(state.Variables.Where((key, value) => key is Cell cell ? withMade || (cell.Object is not MadeObject && IsOfConnectionState(cell.Member))
            : withMade && key is VariableKey { Variable: var variable } && IsReportedElsewhere(variable) && value.OnlyOrNull<AbstractObject>() is { Kind: ObjectKind.Connection or ObjectKind.Transaction }))
        .With(state.Objects.Where((item, known) => withMade || (item is not MadeObject && known.SpokenOf != 0)))
        .With(state.Assumptions.Where((path, _) => !path.IsOwn))
        .With(state.Elsewhere);

    /// <summary>Whether the variable is one of nested code of which another piece of code reports what it finds.</summary>
    private bool IsReportedElsewhere(VariableId variable) => variable.Member.Equals(Unit.Member)
        ? Unit.IsNested
        : Key.Binding.HandsIn(handed => handed.IsNested && handed.Member.Equals(variable.Member));

    /// <summary>Whether it says what was set on a connection, or how its transaction was begun.</summary>
    private static bool IsOfConnectionState(ObjectMember member) =>
        member.Kind == ObjectMemberKind.Pragma || member.Is(Slot.IsBegunBySql) || member.Is(Slot.OutermostSavepoint);

    /// <summary>The summary of the code, once it has been solved.</summary>
    /// <param name="exits">What of the states at its end a caller sees.</param>
    /// <param name="exceptional">The same where an exception leaves it.</param>
    /// <param name="yielded">The same where an iterator has given an item; null for other code.</param>
    public Summary Conclude(ImmutableArray<State> exits, State? exceptional, State? yielded)
    {
        foreach (var exit in exits)
        {
            ReturnAnswers(exit);
        }

        var latent = Log.Latent();
        return new()
        {
            Exits = exits,
            Exceptional = exceptional,
            Yielded = yielded,
            IsIterator = yielded is not null,
            IsToldByCallers = Body.IsToldByCallers,
            IsCollapsed = IsCollapsing,
            Latent = latent,
            Findings = IsHost ? Log.Findings() : ImmutableArray<Finding>.Empty,
            EndsOfFunctions = IsHost ? ImmutableArray<Finding>.Empty : Log.EndsOfFunctions(),
            Obtained = IsHost ? Obtained() : ImmutableArray<(CodeMember, ConnectionUse)>.Empty,
            Uses = _uses.Where(pair => IsKept(pair.Key, exits, latent)).Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal).ToImmutableArray(),
            Pragmas = _pragmas.ToImmutableArray(),
            Asked = _asked.ToImmutableArray(),
            Touched = _touched.Values.OrderBy(entry => entry.Path).ToImmutableArray(),
        };
    }

    private ImmutableArray<(CodeMember, ConnectionUse)> Obtained() => (
        from pair in _uses
        where pair.Key is MadeObject { Via: not null }
        select (((MadeObject)pair.Key).Maker, pair.Value)).Distinct().OrderBy(obtained => obtained.Maker).ThenBy(obtained => obtained.Value).ToImmutableArray();

    /// <summary>Whether a caller can still speak of the object, or has to judge what happened to it.</summary>
    private static bool IsKept(AbstractObject item, ImmutableArray<State> exits, ImmutableArray<LatentEvent> latent) =>
        item.Origin is null
        || exits.Any(exit => exit.Objects.ContainsKey(item))
        || latent.Any(seen => seen.Event is ConnectionEvent on && on.Connection.Equals(item));

    private void ReturnAnswers(State exit)
    {
        foreach (var pair in exit.Variables)
        {
            ReturnAnswers(pair.Value);
        }
    }

    private void ReturnAnswers(Value value)
    {
        foreach (var atom in value.Atoms)
        {
            switch (atom)
            {
                case Answer answer:
                    Log.ReturnAnswer(answer.Checkpoint);
                    break;
                case TupleValue tuple:
                    foreach (var item in tuple.Items.Values)
                    {
                        ReturnAnswers(item);
                    }

                    break;
            }
        }
    }
}
