using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>Lambdas, local functions, method groups and iterators: run where they are invoked, and given up where they cannot be followed.</content>
internal sealed partial class Interpreter
{
    private readonly HashSet<CodeUnit> _created = [];
    private readonly HashSet<CodeUnit> _run = [];
    private readonly HashSet<CodeUnit> _deferred = [];

    private Value EvaluateDelegate(IOperation target)
    {
        switch (target)
        {
            case IMethodReferenceOperation { Method: var method } reference:
                var instance = EvaluateInstance(reference.Instance);
                if (_engine.Units.Of(OnReceiver(method, reference.Instance, instance)) is not { } group)
                {
                    // A library's own method, as transaction.Commit: somebody calls it, once, never or often, now or later.
                    if (instance is not null && _engine.Libraries.RaisesEvents(method) && _engine.Libraries.MayKnow(method))
                    {
                        HandOver(instance);
                    }

                    return Value.NotDefault;
                }

                if (method.MethodKind == MethodKind.LocalFunction)
                {
                    _created.Add(group);
                    return Value.Of(new Closure(group, instance, CapturedValues.None));
                }

                return _engine.Targets.Resolve(method) is [var only] ? Value.Of(new Closure(_engine.Units.Of(only) ?? group, instance, CapturedValues.None)) : Value.NotDefault;
            case IFlowAnonymousFunctionOperation lambda:
                if (_engine.Units.Of(lambda.Syntax) is not { } unit)
                {
                    return Value.NotDefault;
                }

                _created.Add(unit);
                return Value.Of(new Closure(unit, null, CapturedValues.None));
            default:
                return Evaluate(target);
        }
    }

    public Value Invoke(Value target, params Value[] arguments) => InvokeDelegate(target, arguments, null);

    public Value InvokeSometimes(Value target, params Value[] arguments) => Repeatedly(() => InvokeAnyTimes(target, arguments));

    private Value InvokeAnyTimes(Value target, Value[] arguments)
    {
        var before = State;
        var result = Invoke(target, arguments);
        if (HasStopped)
        {
            (HasStopped, State) = (false, before);
            return Value.Unknown;
        }

        // Once more, from where it has been before: what the second round does, all others do.
        State = before.Join(State);
        var first = State;
        result = result.Join(Invoke(target, arguments));
        State = HasStopped ? first : first.Join(State);
        HasStopped = false;
        return result;
    }

    /// <summary>Invokes a delegate: follows what is known, and takes the rest for code that may do anything with what it is given.</summary>
    private Value InvokeDelegate(Value target, IReadOnlyList<Value> arguments, IOperation? operation)
    {
        Ask(target);
        var result = default(Value);
        var before = State;
        var after = default(State);
        foreach (var atom in target.Atoms)
        {
            if (atom is Constant)
            {
                continue;
            }

            State = before;
            HasStopped = false;
            var returned = atom is Closure closure ? Run(closure, arguments, operation) : RunUnknown(atom, arguments);
            if (!HasStopped)
            {
                result = result?.Join(returned) ?? returned;
                after = after?.Join(State) ?? State;
            }
        }

        HasStopped = after is null && target.Atoms.Any(atom => atom is not Constant);
        State = after ?? before;
        return result ?? Value.Unknown;
    }

    private Value Run(Closure closure, IReadOnlyList<Value> arguments, IOperation? operation)
    {
        _run.Add(closure.Unit);
        ReadAll(arguments);
        var at = _at;
        var composition = new Composition(this, closure.Unit, closure.Receiver, arguments, closure.Captured, operation is null ? at : _body.PlaceOf(operation.Syntax));
        return composition.Summary.IsIterator
            ? Defer(closure.Unit, closure.Receiver, arguments, closure.Captured)
            : Apply(composition, composition.Summary.Exits, arguments, null, null);
    }

    private Value Defer(CodeUnit unit, Value? instance, IReadOnlyList<Value> arguments, CapturedValues captured)
    {
        _deferred.Add(unit);
        return Value.Of(new Deferred(unit, instance, new(arguments.ToImmutableArray()), captured));
    }

    private Value RunUnknown(Atom target, IReadOnlyList<Value> arguments)
    {
        if (_observe && target is not EntryObject { Path.RootPath.Root: PathRoot.Parameter })
        {
            foreach (var connection in State.Objects.Keys.Where(item => item is { Kind: ObjectKind.Connection, ExistsAtEntry: true } && State[item].May(Component.AnyTransaction)))
            {
                frame.AddUse(connection, ConnectionUse.LendsTransaction);
            }
        }

        foreach (var argument in arguments)
        {
            Read(argument);
            HandOver(argument);
        }

        return Value.Unknown;
    }

    /// <summary>A handler runs at any time, with what it is attached to as sender.</summary>
    private Value Subscribe(IEventAssignmentOperation subscription)
    {
        var sender = EvaluateInstance((subscription.EventReference as IEventReferenceOperation)?.Instance) ?? Value.Unknown;
        var handler = Evaluate(subscription.HandlerValue);
        _at = _body.PlaceOf(subscription.Syntax);
        foreach (var atom in handler.Atoms)
        {
            if (atom is Closure closure)
            {
                Raise(new Detaches(_at, closure.Unit, Detachment.OnEvent, CapturedBy(closure)));
                RunDetached(closure, sender);
            }
        }

        return Value.Unknown;
    }

    public ValueList CapturedBy(Closure closure)
    {
        var composition = new Composition(this, closure.Unit, closure.Receiver, [], closure.Captured, _at);
        var held = _engine.VariablesCapturedBy(closure.Unit, frame.Cancellation)
            .Where(variable => !variable.IsThis)
            .SelectMany(variable => (closure.Captured.Get(variable) ?? ReadCaptured(variable, [])).Atoms)
            .OfType<AbstractObject>()
            .Concat(composition.Touched())
            .Where(item => item.Kind is ObjectKind.Connection or ObjectKind.Transaction or ObjectKind.Command or ObjectKind.Reader or ObjectKind.Batch)
            .Distinct()
            .OrderBy(item => item.ToString(), StringComparer.Ordinal);
        return new(held.Select(item => Value.Of(item)).ToImmutableArray());
    }

    /// <summary>
    /// A delegate goes where it cannot be followed: it runs once, never or often, now or later. Its own code is looked at with
    /// nothing known of what it touches, and nothing is known of that afterwards.
    /// </summary>
    private void RunDetached(Closure closure, params Value[] arguments)
    {
        _run.Add(closure.Unit);
        var composition = new Composition(this, closure.Unit, closure.Receiver, [.. arguments, .. UnseenArguments(closure.Unit).Skip(arguments.Length)], closure.Captured, _at);
        var summary = composition.Summary;
        if (summary.IsUnknown)
        {
            foreach (var value in composition.Given.Where(value => !value.Atoms.Any(atom => atom is Closure)))
            {
                HandOver(value);
            }

            return;
        }

        foreach (var item in composition.Changed())
        {
            frame.Touch(item);
            State = Transitions.Forget(State, item);
            MarkHandedOver([item]);
        }

        if (_observe)
        {
            composition.ObserveDetached(State);
        }
    }

    /// <summary>What a lambda or local function is called with by somebody of whom nothing is known: objects that nobody saw made.</summary>
    private IEnumerable<Value> UnseenArguments(CodeUnit unit)
    {
        var parameters = _engine.Units.SyntaxOf(unit, frame.Cancellation) switch
        {
            SimpleLambdaExpressionSyntax => 1,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: var count } => count,
            AnonymousMethodExpressionSyntax { ParameterList.Parameters.Count: var count } => count,
            LocalFunctionStatementSyntax { ParameterList.Parameters.Count: var count } => count,
            _ => 0,
        };
        var given = parameters == 0 || !unit.Member.Equals(Unit.Member) ? null : AccessPath.Result(new(ObjectKind.Plain, PlaceOf(unit)));
        for (var i = 0; given is not null && i < parameters; i++)
        {
            yield return given.Then(ObjectMember.Index(i)) is { } path ? Value.Of(new EntryObject(ObjectKind.Plain, path)) : Value.Unknown;
        }
    }

    /// <summary>The lambdas that nobody has invoked or handed on here: somebody will, of whom nothing is known.</summary>
    public void RunUninvoked()
    {
        _observe = true;
        foreach (var unit in _created.Where(unit => !_run.Contains(unit)).OrderBy(unit => unit).ToArray())
        {
            State = State.Empty;
            RunDetached(new(unit, null, CapturedValues.None));
        }
    }

    /// <summary>Whether an iterator has one more item: its code runs on to the next, or to its end.</summary>
    private Value? StepOverIterator(IMethodSymbol method, Value? instance)
    {
        if (method.Name is not ("MoveNext" or "MoveNextAsync" or "Dispose" or "DisposeAsync") || instance is null || _engine.Units.IsInProject(method))
        {
            return null;
        }

        if (method.Name is "Dispose" or "DisposeAsync")
        {
            foreach (var deferred in instance.Atoms.OfType<Deferred>())
            {
                LeaveEarly(deferred);
            }

            return null;
        }

        return Value.Of(instance.Atoms.OfType<Deferred>().Select(deferred => new IterationResult(deferred)));
    }

    /// <summary>The iterator's code has run to one of its items: from its beginning, so what it made on its way to the last one is not made twice.</summary>
    private void Advance(Deferred iterator)
    {
        var composition = CompositionOf(iterator);
        State = Renaming.RemoveUnheld(State, composition.Made());
        if (composition.Summary.Yielded is { } yielded)
        {
            var item = Apply(composition, ImmutableArray.Create(yielded), iterator.Arguments.Values, null, null);
            State = State.With(new YieldedKey(iterator.Unit), item);
        }
    }

    /// <summary>The iterator's code has run to its end.</summary>
    private void Finish(Deferred iterator)
    {
        var composition = CompositionOf(iterator);
        State = Renaming.RemoveUnheld(State, composition.Made());
        if (!composition.Summary.Exits.IsEmpty)
        {
            Apply(composition, composition.Summary.Exits, iterator.Arguments.Values, null, null);
        }
    }

    /// <summary>The iterator is disposed of, wherever it stands: its usings end, and so do the readers and transactions that they hold.</summary>
    private void LeaveEarly(Deferred iterator)
    {
        var composition = CompositionOf(iterator);
        State = Renaming.RemoveUnheld(State, composition.MadeAnywhere(State));
        foreach (var connection in composition.Changed().Where(item => item.Kind == ObjectKind.Connection).ToArray())
        {
            if (State[connection].May(Typestate.HalfRead | Typestate.HalfReturned))
            {
                Raise(new FinishesReader(_at, connection));
            }

            if (State[connection].May(Component.AnyTransaction) && composition.HasBegunWhereYielded(connection))
            {
                State = State.With(connection, State.StateOf(connection).Forget(Component.Transaction));
            }
        }
    }

    private Composition CompositionOf(Deferred iterator) =>
        new(this, iterator.Unit, iterator.Receiver, iterator.Arguments.Values, iterator.Captured, _at);

    public Value Enumerate(Value sequence)
    {
        foreach (var atom in sequence.Atoms)
        {
            switch (atom)
            {
                case Deferred deferred:
                    Finish(deferred);
                    break;
                case AbstractObject { Kind: ObjectKind.Rows or ObjectKind.Reader } rows:
                    RaiseOn(Get(rows, Slot.Connection), connection => new FinishesReader(_at, connection));
                    break;
            }
        }

        return sequence.Where(atom => atom is not (Deferred or AbstractObject { Kind: ObjectKind.Rows or ObjectKind.Query or ObjectKind.Context })) ?? Value.Unknown;
    }
}
