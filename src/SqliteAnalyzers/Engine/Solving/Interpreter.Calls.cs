using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>Calls and object creations: of libraries, of the project's own code, and of code that cannot be looked into.</content>
internal sealed partial class Interpreter
{
    private Value Create(IObjectCreationOperation creation)
    {
        var arguments = EvaluateArguments(creation.Arguments, creation.Constructor);
        _at = _body.PlaceOf(creation.Syntax);
        MayThrow();
        if (creation.Constructor is not { } constructor)
        {
            return Value.NotDefault;
        }

        var call = new LibraryCall(creation, constructor, null, arguments, this);
        if (!_engine.Units.IsInProject(constructor))
        {
            if (_engine.Libraries.Invoke(call) is { } made)
            {
                return made;
            }

            HandOverAll(constructor, arguments);
            return _engine.Libraries.KindOf(creation.Type) is { } unseen ? Value.Of(LibrarySet.Make(unseen, this))
                : creation.Type?.IsReferenceType == true ? Value.Of(Allocate(ObjectKind.Plain))
                : Value.Unknown;
        }

        if (creation.Type is { IsReferenceType: false } and not { IsReadOnly: true, IsRecord: false })
        {
            // Copies of it can differ, also those that "with" makes of a record, and are not told apart: what it is given may be used at any time.
            ReadAll(arguments);
            foreach (var argument in arguments.Where(Receives))
            {
                HandOver(argument);
            }

            return Value.Unknown;
        }

        var kind = _engine.Libraries.KindOf(creation.Type) ?? ObjectKind.Plain;
        var item = kind == ObjectKind.Plain ? Allocate(kind) : LibrarySet.Make(kind, this);
        var created = Value.Of(item);
        if (_engine.Units.Of(constructor) is { } unit && (kind != ObjectKind.Plain || Follows(unit, constructor, created, arguments)))
        {
            State = State.With(item, Slot.IsFresh, Value.True);
            FollowCall(unit, constructor, created, arguments, creation, CapturedValues.None);

            // The constructor of a library's type, which is not seen, may have given its members values: a context's gives it its sets.
            State = kind == ObjectKind.Context ? State.With(item, Slot.IsFresh, null) : State;
        }
        else
        {
            ReadAll(arguments);
        }

        return created;
    }

    /// <summary>An object of an anonymous type: worth telling apart only if it holds something that is followed.</summary>
    private Value Create(IAnonymousObjectCreationOperation creation)
    {
        var members = new List<(IPropertySymbol Property, Value Value)>();
        foreach (var initializer in creation.Initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property }, Value: var source })
            {
                members.Add((property, Evaluate(source)));
            }
        }

        if (!members.Exists(member => Receives(member.Value)))
        {
            ReadAll(members.Select(member => member.Value));
            return Value.NotDefault;
        }

        var made = Value.Of(Allocate(ObjectKind.Plain, _body.PlaceOf(creation.Syntax)));
        foreach (var (property, value) in members)
        {
            StoreCell(made, _engine.MemberOf(property), value);
        }

        return made;
    }

    private Value Invoke(IInvocationOperation invocation)
    {
        var instance = EvaluateInstance(invocation.Instance);
        var method = invocation.TargetMethod;
        var arguments = EvaluateArguments(invocation.Arguments, method);
        _at = _body.PlaceOf(invocation.Syntax);
        _thrownBeforeCall = Thrown;
        var isReport = IsReportOfHandler(invocation);
        if (method.Name is not ("Dispose" or "DisposeAsync") && !_engine.Libraries.DoesNotFail(method) && !isReport)
        {
            MayThrow();
        }

        if (EndsHere(method))
        {
            return Value.Unknown;
        }

        if (StepOverIterator(method, instance) is { } step)
        {
            return step;
        }

        AskWhatItIs(method, instance ?? (method.IsExtensionMethod && arguments.Length > 0 ? arguments[0] : null));
        var receiver = OnReceiver(method, invocation.Instance, instance);
        foreach (var called in SymbolEqualityComparer.Default.Equals(receiver, method) ? [method] : new[] { method, receiver })
        {
            var call = new LibraryCall(invocation, called, instance, arguments, this);
            if (_engine.Libraries.Invoke(call) is { } answer)
            {
                StoreByReference(invocation.Arguments, call.Outs);
                return Typed(answer, invocation.Type);
            }
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return Typed(InvokeDelegate(instance ?? Value.Unknown, arguments, invocation), invocation.Type);
        }

        var outs = new Dictionary<int, Value>();
        var thrown = Thrown;
        var result = CallMember(receiver, instance, arguments, invocation, outs);
        Thrown = isReport ? thrown : Thrown;
        StoreByReference(invocation.Arguments, outs);
        return Typed(result, invocation.Type);
    }

    /// <summary>Whether a handler tells of an exception: who writes it so does not reckon with a second one.</summary>
    private static bool IsReportOfHandler(IInvocationOperation invocation) =>
        Reporting.Only(invocation) && invocation.Syntax.FirstAncestorOrSelf<CatchClauseSyntax>() is not null;

    /// <summary>Whether an operator is a method of the project or of a library, and not the language's own.</summary>
    private bool IsFollowedOperator(IMethodSymbol method) => _engine.Units.IsInProject(method) ? !method.IsImplicitlyDeclared : _engine.Libraries.MayKnow(method);

    private Value CallOperator(IMethodSymbol method, Value[] operands, IOperation operation)
    {
        _at = _body.PlaceOf(operation.Syntax);
        MayThrow();
        return _engine.Libraries.Invoke(new(operation, method, null, operands, this)) ?? CallMember(method, null, operands, operation);
    }

    /// <summary>An object under a type that says too little, as IDisposable or the DbTransaction of any provider: the caller may know more.</summary>
    private void AskWhatItIs(IMethodSymbol method, Value? receiver)
    {
        if (receiver is not null && _engine.Libraries.MayKnow(method))
        {
            foreach (var atom in receiver.Atoms)
            {
                if (atom is EntryObject { Kind: ObjectKind.Plain, Path: var path })
                {
                    frame.Ask(path);
                }
            }
        }
    }

    /// <summary>What a call has left in the variables that it was given by reference.</summary>
    private void StoreByReference(ImmutableArray<IArgumentOperation> arguments, Dictionary<int, Value> outs)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref, Ordinal: var ordinal, Type: var type })
            {
                Store(argument.Value, (argument.Value as IMemberReferenceOperation)?.Instance is { } owner ? Evaluate(owner) : null,
                    outs.TryGetValue(ordinal, out var value) ? value : Typed(Value.Unknown, type), null);
            }
        }
    }

    private Value[] EvaluateArguments(ImmutableArray<IArgumentOperation> arguments, IMethodSymbol? method)
    {
        var values = Enumerable.Repeat(Value.Unknown, method?.Parameters.Length ?? 0).ToArray();
        foreach (var argument in arguments)
        {
            var value = Evaluate(argument.Value);
            if (argument.Parameter is { Ordinal: var ordinal } && ordinal < values.Length)
            {
                values[ordinal] = value;
            }
        }

        return values;
    }

    /// <summary>The implementation that a call reaches by the static type of its receiver, as that of Dispose at the end of a using, or by that of the one object that it can be.</summary>
    private IMethodSymbol OnReceiver(IMethodSymbol method, IOperation? receiver, Value? instance)
    {
        if (method.ContainingType?.TypeKind != TypeKind.Interface)
        {
            return method;
        }

        var type = receiver is null ? null : Unconvert(receiver).Type;
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: not SpecialType.System_Object })
        {
            type = instance?.Only<MadeObject>() is { } made ? _engine.ObjectTypes.ExactTypeOf(made, frame.Cancellation) : null;
        }

        return type?.FindImplementationForInterfaceMember(method) as IMethodSymbol ?? method;
    }

    /// <summary>Stops at a call that says of itself that nothing comes after it, as Environment.Exit does.</summary>
    private bool EndsHere(IMethodSymbol method)
    {
        if (!method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute"))
        {
            return false;
        }

        HasStopped = true;
        return true;
    }

    /// <summary>Calls a method or accessor of the project, or of code that cannot be looked into.</summary>
    private Value CallMember(IMethodSymbol method, Value? instance, IReadOnlyList<Value> arguments, IOperation operation, Dictionary<int, Value>? outs = null)
    {
        _at = _body.PlaceOf(operation.Syntax);
        if (EndsHere(method))
        {
            return Value.Unknown;
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return _engine.Units.Of(method) is { } local ? FollowCall(local, method, null, arguments, operation, CapturedValues.None, outs) : CallUnseen(method, instance, arguments);
        }

        if (!_engine.Units.IsInProject(method))
        {
            return CallUnseen(method, instance, arguments);
        }

        // An extension method called as one has its receiver as first parameter.
        if (method.ReducedFrom is { } extension)
        {
            (method, arguments, instance) = (extension, [instance ?? Value.Unknown, .. arguments], null);
        }

        var targets = _engine.Targets.Resolve(method);
        if (targets.IsEmpty)
        {
            ReadAll(arguments);
            return Receives(instance) || (instance is not null && LeadsToTracked(instance)) || arguments.Any(Receives) ? CallUnseen(method, instance, arguments) : Value.Unknown;
        }

        if (frame.Key.Binding.IsForInitialValues && instance?.Only<EntryObject>() is { Path: { Parent: null } path } && path.Equals(ThisPath))
        {
            return Value.Unknown;
        }

        if (targets.Length == 1)
        {
            return FollowTarget(targets[0], instance, arguments, operation, outs);
        }

        // Which one is called is not known: what not all of them do is not known either.
        var before = State;
        var (after, result) = (default(State), default(Value));
        foreach (var target in targets)
        {
            State = before;
            HasStopped = false;
            var returned = FollowTarget(target, instance, arguments, operation, null);
            if (!HasStopped)
            {
                (after, result) = (after is null ? State : Agreement.Of(after, State), result?.Join(returned) ?? returned);
            }
        }

        HasStopped = after is null;
        State = after ?? before;
        return result ?? Value.Unknown;
    }

    private Value FollowTarget(IMethodSymbol target, Value? instance, IReadOnlyList<Value> arguments, IOperation operation, Dictionary<int, Value>? outs)
    {
        if (_engine.Units.Of(target) is not { } unit)
        {
            return CallUnseen(target, instance, arguments);
        }

        if (!Follows(unit, target, instance, arguments))
        {
            ReadAll(arguments);
            return Value.Unknown;
        }

        return FollowCall(unit, target, instance, arguments, operation, CapturedValues.None, outs);
    }

    /// <summary>Whether the code can do anything to what is tracked, or say what a text is: it touches a library itself, or is given something it could.</summary>
    private bool Follows(CodeUnit unit, IMethodSymbol method, Value? instance, IReadOnlyList<Value> arguments) =>
        arguments.Any(Receives) || (method.MethodKind == MethodKind.Constructor && arguments.Any(HoldsObject)) || _engine.Relevance.MayMatter(unit, frame.Evaluation)
        || (instance is not null && HoldsTracked(instance)) || _engine.Relevance.ComposesText(unit, method, frame.Evaluation) || KeepsDelegate();

    /// <summary>Whether a member or collection holds a delegate that could do something, which code may invoke that is not given it.</summary>
    private bool KeepsDelegate()
    {
        foreach (var pair in State.Variables)
        {
            if (pair.Key is StaticKey or Cell { Member.Kind: not ObjectMemberKind.Slot } && pair.Value.Atoms.Any(atom => atom is Closure { Unit: var unit } && _engine.Relevance.MayMatter(unit, frame.Evaluation)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the value is an object or delegate that code could do something to.</summary>
    private bool Receives(Value? value) => value is not null && value.Atoms.Any(atom => atom switch
    {
        Closure { Unit: var unit } => _engine.Relevance.MayMatter(unit, frame.Evaluation),
        AbstractObject { Kind: not ObjectKind.Plain } => true,
        MadeObject => HoldsTracked(value),
        Elements elements => elements.Items.Values.Any(Receives),
        TupleValue tuple => tuple.Items.Values.Any(Receives),
        Deferred => true,
        _ => false,
    });

    private static bool HoldsObject(Value value) => value.Atoms.Any(atom => atom is AbstractObject or Text or Closure or Elements);

    /// <summary>Whether an object that was made here leads to one of a library.</summary>
    private bool HoldsTracked(Value value) =>
        value.Atoms.Any(atom => atom is MadeObject) && LeadsToTracked(value);

    private bool LeadsToTracked(Value value) => new Reachability(State).From([value]).Any(item => item.Kind != ObjectKind.Plain);

    /// <summary>Code that cannot be looked into: the framework's does nothing to a connection, any other may.</summary>
    private Value CallUnseen(IMethodSymbol method, Value? instance, IReadOnlyList<Value> arguments)
    {
        KeepBy(instance, method, arguments);
        HandOverAll(method, instance is null ? arguments : [instance, .. arguments]);
        return Value.Unknown;
    }

    /// <summary>An object of the framework may keep the transactions that it is given, as a collection does.</summary>
    private void KeepBy(Value? instance, IMethodSymbol method, IReadOnlyList<Value> arguments)
    {
        if (instance is not null && Framework.IsHarmless(method) && Value.Of(arguments.SelectMany(argument => argument.Objects(ObjectKind.Transaction))) is { } given)
        {
            StoreElement(null, instance, [], given);
        }
    }

    private void HandOverAll(IMethodSymbol method, IReadOnlyList<Value> arguments)
    {
        ReadAll(arguments);
        var isHarmless = Framework.IsHarmless(method);
        foreach (var argument in arguments)
        {
            foreach (var connection in argument.Objects(ObjectKind.Connection))
            {
                if (_observe)
                {
                    frame.AddUse(connection, ConnectionUse.Escapes);
                }
            }

            if (method.MethodKind == MethodKind.Constructor || !method.ReturnsVoid || !method.IsStatic)
            {
                MarkHandedOver(argument.Atoms);
            }

            if (!isHarmless || argument.Atoms.Any(atom => atom is Closure or Deferred))
            {
                HandOver(argument);
            }
            else if (method.MethodKind == MethodKind.Constructor || !method.ReturnsVoid || !method.IsStatic || method.Parameters.Length > 1)
            {
                // It may give back in another shape what a collection keeps, or leave it in another.
                LoseKept(argument);
            }
        }
    }

    private void ReadAll(IEnumerable<Value> values)
    {
        foreach (var value in values)
        {
            Read(value);
        }
    }

    public void HandOver(Value value)
    {
        foreach (var atom in value.Atoms)
        {
            switch (atom)
            {
                case AbstractObject item:
                    MarkHandedOver([item]);
                    Havoc([item]);
                    break;
                case Closure closure:
                    RunDetached(closure);
                    break;
                case Deferred deferred:
                    Enumerate(Value.Of(deferred));
                    break;
                case Elements elements:
                    foreach (var item in elements.Items.Values)
                    {
                        HandOver(item);
                    }

                    break;
                case TupleValue tuple:
                    foreach (var item in tuple.Items.Values)
                    {
                        HandOver(item);
                    }

                    break;
            }
        }
    }

    /// <summary>Somebody may keep these objects, and dispose of them later.</summary>
    private void MarkHandedOver(IEnumerable<Atom> atoms)
    {
        foreach (var atom in atoms)
        {
            switch (atom)
            {
                case MadeObject { Kind: ObjectKind.Connection or ObjectKind.Command or ObjectKind.Transaction or ObjectKind.Reader } item:
                    State = State.With(item, Slot.IsHandedOver, Value.True);
                    break;
                case Elements elements:
                    MarkHandedOver(elements.Items.Values.SelectMany(value => value.Atoms));
                    break;
            }
        }
    }

    /// <summary>Anything may have happened to what can be reached from these objects: it is forgotten, and nothing else.</summary>
    private void Havoc(IEnumerable<AbstractObject> items)
    {
        foreach (var item in new Reachability(State).From(items.Select(Value.Of)))
        {
            if (item.Kind is ObjectKind.Connection or ObjectKind.Database)
            {
                Forget(item);
            }
            else if (item.Kind is ObjectKind.Command or ObjectKind.Transaction or ObjectKind.Reader or ObjectKind.Batch or ObjectKind.Handle or ObjectKind.Rows)
            {
                foreach (var connection in Get(item, Slot.Connection)?.Objects(ObjectKind.Connection) ?? [])
                {
                    Forget(connection);
                }
            }
        }
    }

    private void Forget(AbstractObject item)
    {
        frame.Touch(item);
        if (_observe && item.Kind == ObjectKind.Connection)
        {
            frame.AddUse(item, ConnectionUse.Escapes);
        }

        State = Transitions.Forget(State, item);
    }

    /// <summary>The code that a call leads to, with the effect it has on what the caller has.</summary>
    private Value FollowCall(
        CodeUnit unit,
        IMethodSymbol? method,
        Value? instance,
        IReadOnlyList<Value> arguments,
        IOperation operation,
        CapturedValues captured,
        Dictionary<int, Value>? outs = null)
    {
        _at = _body.PlaceOf(operation.Syntax);
        ReadAll(arguments);
        var (number, known) = NextCall();
        if (known is not null)
        {
            return Follow(known, outs);
        }

        var composition = new Composition(this, unit, instance, arguments, captured, _at);
        if (composition.Summary.IsIterator)
        {
            return Defer(unit, instance, arguments, captured);
        }

        _calls[number] = After(composition, composition.Summary.Exits, arguments, method, outs);
        return Follow(_calls[number], outs);
    }

    private Value Apply(Composition composition, ImmutableArray<State> exits, IReadOnlyList<Value> arguments, IMethodSymbol? method, Dictionary<int, Value>? outs) =>
        Follow(After(composition, exits, arguments, method, outs), outs);

    /// <summary>The states that the code may leave behind; null if nothing is known of it, so that it has got what it is given.</summary>
    private Disjuncts? After(Composition composition, ImmutableArray<State> exits, IReadOnlyList<Value> arguments, IMethodSymbol? method, Dictionary<int, Value>? outs)
    {
        if (composition.Summary.IsUnknown)
        {
            foreach (var value in composition.Given)
            {
                HandOver(value);
            }

            return null;
        }

        var before = State;
        if (_observe)
        {
            composition.Observe(before);
        }

        if (composition.Summary.Exceptional is { } exceptional && composition.Leave(before, exceptional) is var (thrown, _))
        {
            Thrown = Thrown.Add(thrown, isThrown: true);
        }

        var after = Disjuncts.Unreachable;
        foreach (var exit in exits)
        {
            if (composition.Leave(before, exit) is var (state, returned))
            {
                after = after.Add(WithOuts(state, exit, composition, method, outs).With(CallResultKey.Instance, returned));
            }
        }

        return after;
    }

    /// <summary>Goes on with what a call has left behind.</summary>
    private Value Follow(Disjuncts? left, Dictionary<int, Value>? outs)
    {
        if (left is not { } after)
        {
            return Value.Unknown;
        }

        if (after.IsUnreachable)
        {
            HasStopped = true;
            return Value.Unknown;
        }

        State = Choose(after);
        foreach (var key in State.Variables.Keys.OfType<OutKey>().ToArray())
        {
            outs![key.Ordinal] = State.Get(key)!;
            State = State.With(key, null);
        }

        var result = State.Get(CallResultKey.Instance) ?? Value.Unknown;
        State = State.With(CallResultKey.Instance, null);
        return result;
    }

    private static State WithOuts(State state, State exit, Composition composition, IMethodSymbol? method, Dictionary<int, Value>? outs)
    {
        if (method is null || outs is null)
        {
            return state;
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind is RefKind.Out or RefKind.Ref && composition.OutOf(exit, parameter) is { } value)
            {
                state = state.With(new OutKey(parameter.Ordinal), value);
            }
        }

        return state;
    }

    /// <summary>An event of this code itself.</summary>
    private void ObserveOwn(SqliteEvent e, State before)
    {
        if (e is ConnectionEvent on)
        {
            frame.AddUse(on.Connection, ConnectionUses.Of(on, before));
            foreach (var pragma in PragmaExecution.Of(on, before))
            {
                frame.AddPragma(pragma);
            }
        }

        frame.Log.Add(InFlight(e.Loop is null && Loop is { } loop ? e with { Loop = loop with { Holds = e.At } } : e), before, uint.MaxValue, hops: 0, through: null);
    }
}
