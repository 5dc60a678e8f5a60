using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>The whole way through one piece of code: from its entry to its summary.</content>
internal sealed partial class Interpreter
{
    public Summary Summarize()
    {
        var entry = frame.Unit.Kind == CodeUnitKind.Constructor || _body.Symbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
            ? EnterConstructor()
            : State.Empty;
        var exits = _body.Graph is null ? new(Disjuncts.Of(entry), Disjuncts.Unreachable) : new Solver(_body, this).Run(Disjuncts.Of(entry));
        if (_body.Graph is null)
        {
            Start(entry, observe: true);
        }

        foreach (var state in exits.Normal.States)
        {
            End(MethodEnd.Normal, frame.Unit.IsNested ? state : WithoutVariables(state), exits.Normal.States);
        }

        foreach (var state in exits.Exceptional.States)
        {
            End(MethodEnd.Exceptional, state, exits.Normal.States);
        }

        if (!frame.Key.Binding.IsForInitialValues && frame.Key.Binding.IsEmpty)
        {
            RunUninvoked();
        }

        var exceptional = JoinedOf(exits.Exceptional.States);
        var left = exits.Normal.Select(Leave, keepsAll: exits.Normal.States.Length <= Disjuncts.MaxLeft);
        if (left.States.Sum(state => state.Variables.Count + state.Objects.Count) > Limits.MaxLeft)
        {
            left = left.Collapse();
        }

        return frame.Conclude(
            left.States,
            exceptional is null ? null : Leave(exceptional),
            _yielded is null && !_body.IsIterator ? null : Leave(_yielded ?? State.Empty));
    }

    /// <summary>
    /// One state for all that exceptions leave. Which of them it was is not told to the caller, who may know it: what was made in some
    /// of those that conditions at entry tell apart is in doubt.
    /// </summary>
    private static State? JoinedOf(ImmutableArray<State> states)
    {
        var joined = default(State);
        var areToldApart = false;
        foreach (var state in states)
        {
            areToldApart |= joined is not null && !states[0].Assumptions.Equals(state.Assumptions);
            joined = joined?.Join(state) ?? state;
        }

        return !areToldApart ? joined : joined!.With(joined.Objects.Select((item, known) =>
            item.ExistsAtEntry || states.All(state => state.Objects.ContainsKey(item)) ? known : known.Doubt()));
    }

    private void End(MethodEnd end, State state, ImmutableArray<State> normal)
    {
        if (frame.IsHost || frame.Unit.IsNested)
        {
            frame.Log.AddEnd(end, state, normal);
        }

        var ownership = new Ownership(end, state);
        foreach (var connection in state.Objects.Keys.Where(item => item.Kind == ObjectKind.Connection && state[item].May(Typestate.Open)))
        {
            if (ownership.Of(connection) is Owner.Others or Owner.Caller or Owner.Holder)
            {
                frame.AddUse(connection, ConnectionUse.StaysOpen);
            }
        }
    }

    /// <summary>What of a state outlives the code: what it gives back, what it has changed of what was there, and what these lead to.</summary>
    private State Leave(State state)
    {
        State = state;
        var variables = state.Variables.Select((key, value) => key switch
        {
            CaptureKey or YieldedKey or OutKey or CallResultKey => null,
            VariableKey { Variable: var variable } when !IsSeenByCaller(variable) => null,
            Cell cell when IsAsAtEntry(cell, value) => null,
            _ => WithCaptured(value),
        });
        state = state.With(variables)
            .With(state.Objects.Select(static (_, known) => known.WithoutFailedCommit()))
            .With(state.Assumptions.Where((path, _) => !path.IsOwn));
        return Collector.CollectForCaller(Collector.ForgetIndistinct(state));
    }

    /// <summary>Whether a member was given back what it held at entry, as where a record is copied.</summary>
    private static bool IsAsAtEntry(Cell cell, Value value) =>
        cell is { Object: EntryObject { Path: var owner }, Member.Kind: ObjectMemberKind.Field }
        && value.Only<EntryObject>() is { Path: { Parent: { } parent, Member: { } member } }
        && member.Equals(cell.Member)
        && parent.Equals(owner);

    /// <summary>A variable of the code around, or an argument by reference.</summary>
    private bool IsSeenByCaller(VariableId variable) =>
        IsOfCodeAround(variable)
        || (ParameterNamed(variable) is { RefKind: RefKind.Ref or RefKind.Out });

    /// <summary>The state without the variables of the code itself, but for those that a lambda or iterator has captured which may yet run.</summary>
    private State WithoutVariables(State state)
    {
        var mayRun = state.Variables.Where(pair => !IsOwn(pair.Key)).SelectMany(pair => FunctionsIn(pair.Value)).Concat(_created.Where(unit => !_run.Contains(unit))).Concat(_deferred).Distinct();
        var captured = new HashSet<VariableId>(mayRun.SelectMany(unit => _engine.VariablesCapturedBy(unit, frame.Cancellation)));
        return state.With(state.Variables.Select((key, value) => IsOwn(key) && !captured.Contains(((VariableKey)key).Variable) ? null : value));

        bool IsOwn(StateKey key) => key is VariableKey { Variable: var variable } && !IsSeenByCaller(variable);
    }

    private static IEnumerable<CodeUnit> FunctionsIn(Value value) => value.Atoms.SelectMany(atom => atom switch
    {
        Closure closure => [closure.Unit],
        Elements elements => elements.Items.Values.SelectMany(FunctionsIn),
        TupleValue tuple => tuple.Items.Values.SelectMany(FunctionsIn),
        _ => Enumerable.Empty<CodeUnit>(),
    });

    /// <summary>A lambda that leaves the code that declares it takes along the variables that it captured there.</summary>
    private Value WithCaptured(Value value) => value.Select(atom => atom switch
    {
        Closure { Unit: { IsNested: true } unit, Captured.IsEmpty: true } closure when unit.Member.Equals(frame.Unit.Member) && !frame.Unit.IsNested =>
            closure with
            {
                Captured = new(_engine.VariablesCapturedBy(unit, frame.Cancellation)
                    .Select(variable => (variable, ReadCaptured(variable, [])))
                    .ToImmutableArray()),
            },
        Elements elements => elements with { Items = elements.Items.Select(WithCaptured) },
        TupleValue tuple => tuple with { Items = tuple.Items.Select(WithCaptured) },
        _ => atom,
    });

    /// <summary>
    /// A constructor begins with an object whose members have their default values; first it takes the primary constructor's
    /// parameters, then it runs the initializers.
    /// </summary>
    private State EnterConstructor()
    {
        var self = new EntryObject(ObjectKind.Plain, AccessPath.This);
        State = State.Empty.With(self, Slot.IsFresh, Value.True);
        if (_body.Symbol is not IMethodSymbol { ContainingType: { } type } constructor || constructor.IsStatic)
        {
            return State;
        }

        if (frame.Unit.Kind == CodeUnitKind.Constructor)
        {
            foreach (var parameter in constructor.Parameters)
            {
                var value = AtEntry(AccessPath.Parameter(parameter.Ordinal), parameter.Type);
                StoreCell(Value.Of(self), _engine.MemberOf(parameter), value);
                if (type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } property
                    && property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(frame.Cancellation) is ParameterSyntax))
                {
                    StoreCell(Value.Of(self), _engine.MemberOf(property), value);
                }
            }
        }

        if (!CallsAnother(constructor))
        {
            _observe = true;
            RunInitializers(type, self);
            RunBaseConstructor(constructor, type, self);
        }

        return State;
    }

    private bool CallsAnother(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(frame.Cancellation) is ConstructorDeclarationSyntax { Initializer.ThisOrBaseKeyword.ValueText: "this" });

    private void RunInitializers(INamedTypeSymbol type, EntryObject self)
    {
        foreach (var (member, unit) in _engine.InitializersOf(type, frame.Cancellation))
        {
            _at = frame.Place;
            if (unit is not null && _engine.MattersToInitialize(member, unit, frame.Evaluation))
            {
                var composition = new Composition(this, unit, Value.Of(self), [], CapturedValues.None, frame.Place);
                Apply(composition, composition.Summary.Exits, [], null, null);
                HasStopped = false;
            }
            else
            {
                // Where it is asked what a constructor leaves, who else has an object that it makes counts, too.
                var kept = _engine.MemberOf(member);
                StoreCell(Value.Of(self), kept, frame.Key.Binding.IsForInitialValues ? AtEntry(AccessPath.This.Then(kept)!, (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type) : Value.Unknown);
            }
        }
    }

    /// <summary>The constructor of the base type that is called without being written.</summary>
    private void RunBaseConstructor(IMethodSymbol constructor, INamedTypeSymbol type, EntryObject self)
    {
        var isWritten = constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(frame.Cancellation) switch
        {
            ConstructorDeclarationSyntax { Initializer: not null } => true,
            TypeDeclarationSyntax { BaseList.Types: [PrimaryConstructorBaseTypeSyntax, ..] } => true,
            _ => false,
        });
        if (!isWritten
            && type.BaseType?.InstanceConstructors.FirstOrDefault(candidate => candidate.Parameters.IsEmpty) is { } inherited
            && _engine.Units.Of(inherited) is { } unit
            && _engine.Relevance.MayMatter(unit, frame.Evaluation))
        {
            var composition = new Composition(this, unit, Value.Of(self), [], CapturedValues.None, frame.Place);
            Apply(composition, composition.Summary.Exits, [], inherited, null);
            HasStopped = false;
        }
    }
}
