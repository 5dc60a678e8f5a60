using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Evaluates the operations of one method, and of the lambdas and local functions it runs, on one state.
/// Knows C#; what a call means to SQLite it asks the libraries.
/// </summary>
internal sealed class Interpreter(FlowEngine engine, Frame frame)
{
    /// <summary>The variable in which a method's result travels to its exit.</summary>
    public static readonly object ReturnVariable = new();

    /// <summary>The variable that holds the receiver.</summary>
    public static readonly object ThisVariable = new();

    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly HashSet<object> _running = [];
    private bool _observe;
    private bool _wantsExceptions;
    private int _depth;
    private ControlFlowGraph _graph = null!;

    public State State { get; set; } = State.Empty;

    /// <summary>The states in which something has thrown since <see cref="Start"/>.</summary>
    public Disjuncts Thrown { get; private set; } = Disjuncts.Unreachable;

    public FlowEngine Engine => engine;

    public Frame Frame => frame;

    /// <summary>Runs a graph of the frame: the method's own, or one nested in it.</summary>
    public Solver.Exits Run(ControlFlowGraph graph, Disjuncts entry, bool observe, bool wantsExceptions)
    {
        var outer = _graph;
        _graph = graph;
        try
        {
            return new Solver(graph, this, wantsExceptions).Run(entry, observe);
        }
        finally
        {
            _graph = outer;
        }
    }

    public void Start(State state, bool observe, bool wantsExceptions)
    {
        State = state;
        HasStopped = false;
        Thrown = Disjuncts.Unreachable;
        _observe = observe;
        _wantsExceptions = wantsExceptions;
    }

    /// <summary>Whether a call since <see cref="Start"/> never returns.</summary>
    public bool HasStopped { get; private set; }

    public void CountBlock() => frame.Budget.CountBlock();

    /// <summary>The state if <paramref name="condition"/> answers <paramref name="outcome"/>; null if it cannot.</summary>
    public State? Refine(IOperation condition, Value value, bool outcome)
    {
        if (value.Only<Constant>() is { Value: bool known } && known != outcome)
        {
            return null;
        }

        if (!outcome && value.Only<ReadResult>() is { } read)
        {
            RaiseOn(State.Get(read.Reader, Slot.Connection), connection => new FinishesReader(condition, connection));
            return State;
        }

        return condition switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Refine(not.Operand, Value.Unknown, !outcome),
            IConversionOperation conversion => Refine(conversion.Operand, value, outcome),
            IIsNullOperation isNull => RefineNull(isNull.Operand, outcome),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => RefineEquality(equals, outcome),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } notEquals => RefineEquality(notEquals, !outcome),
            IIsPatternOperation pattern => RefinePattern(pattern.Value, pattern.Pattern, outcome),
            _ => RefineBoolean(condition, outcome),
        };
    }

    /// <summary>A new object of this place; what an earlier round through a loop knew of the place is forgotten.</summary>
    public AbstractObject Allocate(ObjectKind kind, IOperation site)
    {
        var made = new AbstractObject(kind, site);
        foreach (var key in State.Variables.Keys.Where(key => key is SlotOf { Item: var owner } && owner.Equals(made)).ToArray())
        {
            State = State.With(key, null);
        }

        State = State.With(made, ObjectState.Bottom);
        return made;
    }

    public void Link(AbstractObject item, Slot slot, Value? value)
    {
        if (value is not null)
        {
            State = State.With(item, slot, value);
        }
    }

    public void Raise(SqliteEvent e)
    {
        if (_observe)
        {
            frame.Observe(e, State);
        }

        State = Transitions.Apply(State, e);
    }

    /// <summary>Raises an event on each connection that <paramref name="connections"/> may be; on one of several it happens only maybe.</summary>
    public void RaiseOn(Value? connections, Func<AbstractObject, ConnectionEvent> make)
    {
        if (connections is null)
        {
            return;
        }

        var certain = connections.Objects(ObjectKind.Connection).Take(2).Count() == 1 && !connections.MayBeUnknown;
        foreach (var connection in connections.Objects(ObjectKind.Connection))
        {
            var before = State;
            Raise(make(connection));
            State = certain ? State : before.Join(State);
        }
    }

    /// <summary>The object goes where it cannot be followed.</summary>
    public void Escape(Value value)
    {
        foreach (var atom in value.Atoms)
        {
            switch (atom)
            {
                case AbstractObject item:
                    State = Transitions.Forget(State, item);
                    break;
                case Closure closure:
                    RunDetached(closure.Owner.GetAnonymousFunctionControlFlowGraphInScope(closure.Function), closure.Function.Symbol);
                    break;
                case MethodGroup { Method.MethodKind: MethodKind.LocalFunction } local:
                    if (FindLocalFunction(local.Method, local.Owner) is { } function)
                    {
                        RunDetached(function, local.Method);
                    }

                    break;
                case Elements elements:
                    Escape(elements.Items);
                    break;
            }
        }
    }

    public Value EvaluateAll(IEnumerable<IOperation> operations)
    {
        foreach (var operation in operations)
        {
            Evaluate(operation);
        }

        return Value.Unknown;
    }

    public Value Evaluate(IOperation operation)
    {
        if (_depth >= FlowLimits.MaxExpressionDepth)
        {
            throw new FlowLimitException();
        }

        _depth++;
        try
        {
            return EvaluateCore(operation);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Invokes a delegate: follows what is known, and takes the rest for code that may do anything.</summary>
    public Value InvokeDelegate(Value target, IReadOnlyList<Value> arguments, IOperation operation)
    {
        var result = default(Value);
        var before = State;
        var after = default(State);
        foreach (var atom in target.Atoms)
        {
            State = before;
            var returned = atom switch
            {
                Closure closure => RunNested(closure.Owner.GetAnonymousFunctionControlFlowGraphInScope(closure.Function), closure.Function.Symbol, arguments, operation),
                MethodGroup { Method.MethodKind: MethodKind.LocalFunction } local => RunLocalFunction(local.Method, arguments, local.Owner, operation),
                MethodGroup group => Call(group.Method, group.Instance, arguments, operation),
                Constant => null,
                _ => RunUnknownCode(),
            };
            if (returned is not null)
            {
                result = result?.Join(returned) ?? returned;
                after = after?.Join(State) ?? State;
            }
        }

        State = after ?? before;
        return result ?? Value.Unknown;
    }

    /// <summary>What a field or property holds by its initializer or the constructor, if nothing else can assign it.</summary>
    private Value ReadMember(ISymbol member, ITypeSymbol type)
    {
        member = member.OriginalDefinition;
        if (State.Get(member) is { } value)
        {
            return value;
        }

        if (engine.Members.InitialValueOf(member, frame.Budget.Cancellation) is not { } initial)
        {
            return Materialize(member, type);
        }

        if (initial.Value.Only<Opaque>() is { Symbol: IParameterSymbol parameter })
        {
            return State.Get(parameter) ?? Materialize(parameter, parameter.Type);
        }

        foreach (var (item, slot, content) in initial.Slots)
        {
            State = State.Get(item, slot) is null ? State.With(item, slot, content) : State;
        }

        foreach (var (item, known) in initial.States)
        {
            State = State.Objects.ContainsKey(item) ? State : State.With(item, known);
        }

        return initial.Value;
    }

    /// <summary>An object that is already there when the method starts, held by a parameter, field, property or variable.</summary>
    private Value Materialize(ISymbol symbol, ITypeSymbol type)
    {
        if (engine.Libraries.KindOf(type) is not { } kind)
        {
            return Value.Of(new Opaque(symbol));
        }

        var item = new AbstractObject(kind, Symbol: symbol);
        var value = symbol is ITypeSymbol ? Value.Of(item) : Value.Of(item).Join(Value.Null);
        State = State.With(symbol, value);
        var connection = kind == ObjectKind.Connection ? item : new AbstractObject(ObjectKind.Connection, Symbol: symbol);
        Link(connection, Slot.Database, Value.Of(engine.Databases.Of(connection)));
        if (kind != ObjectKind.Connection)
        {
            Link(item, Slot.Connection, Value.Of(connection));
        }

        return value;
    }

    private Value EvaluateCore(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
        {
            return constant is string text ? EvaluateText(operation, text) : Value.Of(new Constant(constant));
        }

        switch (operation)
        {
            case IExpressionStatementOperation statement:
                return Evaluate(statement.Operation);
            case IConversionOperation conversion:
                return Convert(conversion);
            case IInstanceReferenceOperation self:
                return State.Get(ThisVariable) ?? (self.Type is { } type && engine.Libraries.KindOf(type) is not null ? Materialize(type, type) : Value.Unknown);
            case IAwaitOperation awaited:
                return Evaluate(awaited.Operation);
            case ILocalReferenceOperation local:
                return State.Get(local.Local) ?? Materialize(local.Local, local.Type!);
            case IParameterReferenceOperation parameter:
                return State.Get(parameter.Parameter) ?? Materialize(parameter.Parameter, parameter.Type!);
            case IFieldReferenceOperation field:
                EvaluateInstance(field.Instance);
                return ReadMember(field.Field, field.Type!);
            case IPropertyReferenceOperation property:
                return EvaluateProperty(property);
            case IFlowCaptureOperation capture:
                return Capture(capture);
            case IFlowCaptureReferenceOperation reference:
                return State.Get(reference.Id) ?? Value.Unknown;
            case ISimpleAssignmentOperation assignment:
                return Assign(assignment.Target, assignment.Value);
            case ICompoundAssignmentOperation compound:
                return AssignCompound(compound);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction);
            case IIncrementOrDecrementOperation increment:
                Store(increment.Target, null, Value.Unknown);
                return Value.Unknown;
            case IObjectCreationOperation creation:
                return Create(creation);
            case IInvocationOperation invocation:
                return Invoke(invocation);
            case IDelegateCreationOperation creation:
                return EvaluateDelegate(creation.Target);
            case IFlowAnonymousFunctionOperation lambda:
                return Value.Of(new Closure(lambda, _graph));
            case IMethodReferenceOperation:
                return EvaluateDelegate(operation);
            case IInterpolatedStringOperation interpolated:
                return Interpolate(interpolated);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } concatenation:
                return Concatenate(concatenation);
            case IArrayCreationOperation array:
                return EvaluateArray(array);
            case IArrayElementReferenceOperation element:
                EvaluateAll(element.Indices);
                return Evaluate(element.ArrayReference).Only<Elements>()?.Items ?? Value.Unknown;
            case IIsNullOperation isNull:
                return Answer(Evaluate(isNull.Operand));
            case IIsPatternOperation or IBinaryOperation or IUnaryOperation:
                return EvaluateAll(operation.ChildOperations);
            case IEventAssignmentOperation handler:
                return Subscribe(handler);
            case { Syntax: CollectionExpressionSyntax }:
                return EvaluateElements(operation.ChildOperations);
            default:
                // A kind the engine does not know: its operands are evaluated, and where they go is unknown.
                foreach (var child in operation.ChildOperations)
                {
                    Escape(Evaluate(child));
                }

                return Value.Unknown;
        }
    }

    /// <summary>A handler runs at any time, with what it is attached to as sender.</summary>
    private Value Subscribe(IEventAssignmentOperation subscription)
    {
        var sender = EvaluateInstance((subscription.EventReference as IEventReferenceOperation)?.Instance) ?? Value.Unknown;
        var handler = Evaluate(subscription.HandlerValue);
        if (handler.Only<Closure>() is { } closure)
        {
            RunDetached(closure.Owner.GetAnonymousFunctionControlFlowGraphInScope(closure.Function), closure.Function.Symbol, sender);
        }
        else
        {
            Escape(handler);
        }

        return Value.Unknown;
    }

    /// <summary>A cast to a connection, command … tells what an unknown object is.</summary>
    private Value Convert(IConversionOperation conversion)
    {
        var value = Evaluate(conversion.Operand);
        return value.MayBeUnknown && value.Atoms.Length == 1 && conversion.Type is { } type && engine.Libraries.KindOf(type) is not null
            ? Materialize(value.Only<Opaque>()?.Symbol ?? type, type)
            : value;
    }

    /// <summary>Whether the value is null, as far as it is known.</summary>
    private static Value Answer(Value value) =>
        value.Only<Constant>() is { Value: null } ? Value.Of(Constant.True)
        : value.Atoms.All(atom => atom is AbstractObject or SqlSource or Opaque { IsNotNull: true }) ? Value.Of(Constant.False)
        : Value.Unknown;

    private Value EvaluateText(IOperation operation, string text) => operation switch
    {
        IInterpolatedStringOperation interpolated => Interpolate(interpolated),
        IBinaryOperation concatenation => Concatenate(concatenation),
        _ => Value.Of(SqlSource.FromLiteral(operation.Syntax) ?? SqlSource.FromConstant(text, operation.Syntax)),
    };

    private Value Interpolate(IInterpolatedStringOperation interpolated)
    {
        var text = Value.Of(SqlSource.FromConstant("", interpolated.Syntax));
        foreach (var part in interpolated.Parts)
        {
            text = Append(text, part switch
            {
                IInterpolatedStringTextOperation { Text: var literal } => Value.Of(
                    SqlSource.FromLiteral(part.Syntax) ?? SqlSource.FromConstant(literal.ConstantValue.Value as string ?? "", part.Syntax)),
                IInterpolationOperation hole => TextOf(hole.Expression),
                _ => Value.Of(SqlSource.FromHole(part.Syntax)),
            });
        }

        return text;
    }

    private Value Concatenate(IBinaryOperation concatenation)
    {
        // A sum of a thousand terms is a thousand operations deep on its left.
        var terms = new Stack<IOperation>();
        IOperation left = concatenation;
        while (left is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum)
        {
            terms.Push(sum.RightOperand);
            left = sum.LeftOperand;
        }

        var texts = new List<Value> { TextOf(left) };
        while (terms.Count > 0)
        {
            texts.Add(TextOf(terms.Pop()));
        }

        // Neighbours first: joining from the left would copy what stands before each term once more.
        while (texts.Count > 1)
        {
            var pairs = new List<Value>((texts.Count + 1) / 2);
            for (var i = 0; i < texts.Count; i += 2)
            {
                pairs.Add(i + 1 < texts.Count ? Append(texts[i], texts[i + 1]) : texts[i]);
            }

            texts = pairs;
        }

        return texts[0];
    }

    /// <summary>The texts an operand may be, with a hole for what is not known.</summary>
    private Value TextOf(IOperation operation) => Evaluate(operation).Select(atom => atom switch
    {
        SqlSource text => text,
        Constant { Value: { } constant } => SqlSource.FromConstant(
            System.Convert.ToString(constant, System.Globalization.CultureInfo.InvariantCulture)!, operation.Syntax),
        _ => SqlSource.FromHole(operation.Syntax),
    });

    private static Value Append(Value text, Value next)
    {
        var result = default(Value);
        foreach (var left in text.Atoms.OfType<SqlSource>())
        {
            foreach (var right in next.Atoms.OfType<SqlSource>())
            {
                var whole = Value.Of(left.Concat(right));
                result = result?.Join(whole) ?? whole;
            }
        }

        return result ?? Value.Unknown;
    }

    private Value EvaluateArray(IArrayCreationOperation array)
    {
        EvaluateAll(array.DimensionSizes);
        return array.Initializer is null ? Value.Unknown : EvaluateElements(array.Initializer.ElementValues);
    }

    private Value EvaluateElements(IEnumerable<IOperation> elements)
    {
        var items = default(Value);
        foreach (var element in elements)
        {
            var item = Evaluate(element);
            items = items?.Join(item) ?? item;
        }

        return items is null ? Value.Unknown : Value.Of(new Elements(items));
    }

    private Value Capture(IFlowCaptureOperation capture)
    {
        _captured[capture.Id] = capture.Value;
        var value = Evaluate(capture.Value);
        State = State.With(capture.Id, value);
        return value;
    }

    private Value? EvaluateInstance(IOperation? instance) => instance is null ? null : Evaluate(instance);

    private Value EvaluateProperty(IPropertyReferenceOperation reference)
    {
        var instance = EvaluateInstance(reference.Instance);
        var arguments = reference.Arguments.Select(argument => Evaluate(argument.Value)).ToArray();
        if (engine.Libraries.GetProperty(reference, instance, this) is { } value)
        {
            return value;
        }

        if (instance?.Only<Elements>() is { } elements && reference.Property.Name is "Current")
        {
            return elements.Items;
        }

        var property = reference.Property.OriginalDefinition;
        return engine.Members.IsStorage(property) || property.GetMethod is null
            ? ReadMember(property, reference.Type!)
            : Call(property.GetMethod, instance, arguments, reference) is var result && !ReferenceEquals(result, Value.Unknown)
                ? result
                : Materialize(property, reference.Type!);
    }

    private Value Assign(IOperation target, IOperation source)
    {
        var instance = (target as IMemberReferenceOperation)?.Instance is { } owner ? Evaluate(owner) : null;
        var value = Evaluate(source);
        Store(target, instance, value);
        return value;
    }

    /// <summary><c>sql += "…"</c> is text again; of any other sum nothing is known.</summary>
    private Value AssignCompound(ICompoundAssignmentOperation compound)
    {
        var before = TextOf(compound.Target);
        var added = TextOf(compound.Value);
        var value = compound.Type?.SpecialType == SpecialType.System_String ? Append(before, added) : Value.Unknown;
        Store(compound.Target, null, value);
        return value;
    }

    private Value Deconstruct(IDeconstructionAssignmentOperation deconstruction)
    {
        var targets = deconstruction.Target is IDeclarationExpressionOperation { Expression: var declared } ? declared : deconstruction.Target;
        var sources = (deconstruction.Value is IConversionOperation conversion ? conversion.Operand : deconstruction.Value) as ITupleOperation;
        var values = sources?.Elements.Select(Evaluate).ToArray();
        if (values is null)
        {
            Escape(Evaluate(deconstruction.Value));
        }

        if (targets is ITupleOperation { Elements: var elements })
        {
            for (var i = 0; i < elements.Length; i++)
            {
                Store(elements[i], null, i < values?.Length ? values[i] : Value.Unknown);
            }
        }

        return Value.Unknown;
    }

    private void Store(IOperation target, Value? instance, Value value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                State = State.With(local.Local, value);
                break;
            case IParameterReferenceOperation parameter:
                State = State.With(parameter.Parameter, value);
                break;
            case IFieldReferenceOperation field:
                State = State.With(field.Field.OriginalDefinition, value);
                break;
            case IPropertyReferenceOperation property:
                if (!engine.Libraries.SetProperty(property, instance, value, this))
                {
                    if (engine.Members.IsStorage(property.Property.OriginalDefinition) || property.Property.SetMethod is null)
                    {
                        State = State.With(property.Property.OriginalDefinition, value);
                    }
                    else
                    {
                        Call(property.Property.SetMethod, instance, [value], property);
                    }
                }

                break;
            case IFlowCaptureReferenceOperation reference when _captured.TryGetValue(reference.Id, out var captured):
                Store(captured, null, value);
                break;
            case IDiscardOperation:
                break;
            case IDeclarationExpressionOperation declaration:
                Store(declaration.Expression, null, value);
                break;
            default:
                EvaluateAll(target.ChildOperations);
                Escape(value);
                break;
        }
    }

    private Value Create(IObjectCreationOperation creation)
    {
        var arguments = EvaluateArguments(creation.Arguments, creation.Constructor);
        MayThrow();
        if (creation.Constructor is not { } constructor)
        {
            return Value.Unknown;
        }

        var call = new LibraryCall(creation, constructor, null, arguments, this);
        var made = engine.Libraries.Create(call);
        if (made is null || creation.Type?.TypeKind == TypeKind.Class && constructor.Locations.Any(location => location.IsInSource))
        {
            Call(constructor, made, arguments, creation);
        }

        return made ?? Value.Of(new Opaque(constructor.ContainingType, IsNotNull: true));
    }

    private Value Invoke(IInvocationOperation invocation)
    {
        var instance = EvaluateInstance(invocation.Instance);
        var method = invocation.TargetMethod;
        var arguments = EvaluateArguments(invocation.Arguments, method);
        if (method.Name is not ("Dispose" or "DisposeAsync"))
        {
            MayThrow();
        }

        var call = new LibraryCall(invocation, method, instance, arguments, this);
        if (engine.Libraries.Invoke(call) is { } result)
        {
            return result;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return InvokeDelegate(instance ?? Value.Unknown, arguments, invocation);
        }

        result = method.MethodKind == MethodKind.LocalFunction
            ? RunLocalFunction(method, arguments, _graph, invocation)
            : Call(engine.Targets.OnReceiver(method, invocation.Instance), instance, arguments, invocation);
        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)
            {
                Store(argument.Value, null, Value.Unknown);
            }
        }

        return ReferenceEquals(result, Value.Unknown) && engine.Libraries.KindOf(invocation.Type) is { } kind
            ? Value.Of(FromUnknownCall(kind, method, instance))
            : result;
    }

    /// <summary>An object that a call which cannot be followed gives back.</summary>
    private AbstractObject FromUnknownCall(ObjectKind kind, IMethodSymbol method, Value? instance)
    {
        var item = new AbstractObject(kind, Symbol: method.OriginalDefinition);
        var connections = instance?.Objects(ObjectKind.Connection).Any() == true ? instance : null;
        State = Transitions.Forget(State, item);
        if (kind == ObjectKind.Connection)
        {
            Link(item, Slot.Database, Value.Of(engine.Databases.Of(item)));
        }
        else
        {
            Link(item, Slot.Connection, connections);
        }

        return item;
    }

    private Value[] EvaluateArguments(ImmutableArray<IArgumentOperation> arguments, IMethodSymbol? method)
    {
        var values = Enumerable.Repeat(Value.Unknown, method?.Parameters.Length ?? 0).ToArray();
        foreach (var argument in arguments)
        {
            var value = argument.Value is IDeclarationExpressionOperation or IDiscardOperation ? Value.Unknown : Evaluate(argument.Value);
            if (argument.Parameter is { Ordinal: var ordinal } && ordinal < values.Length)
            {
                values[ordinal] = value;
            }
        }

        return values;
    }

    private Value EvaluateDelegate(IOperation target)
    {
        switch (target)
        {
            case IMethodReferenceOperation reference:
                return Value.Of(new MethodGroup(reference.Method, EvaluateInstance(reference.Instance), _graph));
            case IFlowAnonymousFunctionOperation lambda:
                return Value.Of(new Closure(lambda, _graph));
            default:
                return Evaluate(target);
        }
    }

    private Value Call(IMethodSymbol method, Value? instance, IReadOnlyList<Value> arguments, IOperation operation)
    {
        var outcome = engine.Calls.Call(this, method, instance, arguments, operation, _observe, _wantsExceptions);
        HasStopped |= outcome.NeverReturns;
        if (_wantsExceptions && outcome.Exceptional is { } exceptional)
        {
            Thrown = Thrown.Add(exceptional);
        }

        return outcome.Result;
    }

    private Value RunLocalFunction(IMethodSymbol function, IReadOnlyList<Value> arguments, ControlFlowGraph owner, IOperation call) =>
        FindLocalFunction(function, owner) is { } graph ? RunNested(graph, function, arguments, call) : RunUnknownCode();

    /// <summary>Null where broken code names a local function out of its scope.</summary>
    private static ControlFlowGraph? FindLocalFunction(IMethodSymbol function, ControlFlowGraph? scope)
    {
        while (scope is not null && !scope.LocalFunctions.Contains(function.OriginalDefinition, SymbolEqualityComparer.Default))
        {
            scope = scope.Parent;
        }

        return scope?.GetLocalFunctionControlFlowGraph(function.OriginalDefinition);
    }

    /// <summary>Runs a lambda or local function where it is invoked: it shares the variables of the method around it.</summary>
    private Value RunNested(ControlFlowGraph nested, IMethodSymbol function, IReadOnlyList<Value> arguments, IOperation? call)
    {
        if (!_running.Add(nested.OriginalOperation))
        {
            return Value.Unknown;
        }

        var (observe, wantsExceptions, thrown) = (_observe, _wantsExceptions, Thrown);
        try
        {
            var entry = State;
            for (var i = 0; i < function.Parameters.Length; i++)
            {
                entry = entry.With(function.Parameters[i], i < arguments.Count ? arguments[i] : null);
            }

            var exits = Run(nested, Disjuncts.Of(entry), observe, wantsExceptions);
            Start((exits.Normal.IsUnreachable ? Disjuncts.Of(entry) : exits.Normal).Collapse().States[0], observe, wantsExceptions);
            Thrown = thrown.Join(exits.Exceptional);
            var result = State.Get(ReturnVariable) ?? Value.Unknown;
            State = State.With(ReturnVariable, null);
            if (call is not null)
            {
                frame.MoveToCall(nested.OriginalOperation.Syntax, call);
            }

            return result;
        }
        finally
        {
            _running.Remove(nested.OriginalOperation);
        }
    }

    /// <summary>
    /// A lambda goes where it cannot be followed: it runs once, never or often, now or later. Its own code is looked at with
    /// nothing known of what it shares, and nothing is known of that afterwards.
    /// </summary>
    private void RunDetached(ControlFlowGraph graph, IMethodSymbol function, params Value[] arguments)
    {
        foreach (var shared in SharedObjects(graph.OriginalOperation.Syntax))
        {
            State = Transitions.Forget(State, shared);
        }

        var before = State;
        State = Transitions.ForgetAll(State);
        RunNested(graph, function, arguments, null);
        State = before;
    }

    /// <summary>The objects held by variables whose name a lambda mentions.</summary>
    private IEnumerable<AbstractObject> SharedObjects(SyntaxNode lambda)
    {
        var names = new HashSet<string>(lambda.DescendantTokens().Select(token => token.ValueText));
        return State.Variables
            .Where(pair => pair.Key is ISymbol symbol && names.Contains(symbol.Name))
            .SelectMany(pair => pair.Value.Atoms.OfType<AbstractObject>())
            .ToArray();
    }

    private Value RunUnknownCode()
    {
        State = Transitions.ForgetAll(State);
        return Value.Unknown;
    }

    private void MayThrow()
    {
        if (_wantsExceptions)
        {
            Thrown = Thrown.Add(State);
        }
    }

    private State? RefineEquality(IBinaryOperation equality, bool equal)
    {
        foreach (var (operand, constant) in new[] { (equality.LeftOperand, equality.RightOperand), (equality.RightOperand, equality.LeftOperand) })
        {
            var value = Unconvert(constant).ConstantValue;
            if (value is { HasValue: true, Value: null })
            {
                return RefineNull(operand, equal);
            }

            if (value is { HasValue: true, Value: bool wanted })
            {
                return RefineBoolean(operand, wanted == equal);
            }
        }

        return State;
    }

    private State? RefinePattern(IOperation operand, IPatternOperation pattern, bool matches) => pattern switch
    {
        INegatedPatternOperation negated => RefinePattern(operand, negated.Pattern, !matches),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => RefineNull(operand, matches),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool wanted } } => RefineBoolean(operand, wanted == matches),
        IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local } when matches => Bind(local, operand),
        IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol local } when matches => Bind(local, operand),
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } => RefineNull(operand, !matches),
        _ => State,
    };

    private State? Bind(ILocalSymbol local, IOperation operand)
    {
        if (RefineNull(operand, isNull: false) is not { } refined)
        {
            return null;
        }

        return VariableOf(operand) is { } variable && refined.Get(variable) is { MayBeUnknown: false } value ? refined.With(local, value) : refined;
    }

    private State? RefineNull(IOperation operand, bool isNull)
    {
        operand = Unconvert(operand);
        if (VariableOf(operand) is not { } variable)
        {
            return State;
        }

        var value = State.Get(variable);
        if (value is null)
        {
            return variable is ISymbol symbol
                ? State.With(symbol, isNull ? Value.Null : Value.Of(new Opaque(symbol, IsNotNull: true)))
                : State;
        }

        var mayBeNull = value.Atoms.Any(atom => atom is Constant { Value: null } or Opaque { IsNotNull: false }) || value.Atoms.Contains(Value.UnknownAtom);
        var mayBeOther = !(value.Only<Constant>() is { Value: null });
        if (isNull ? !mayBeNull : !mayBeOther)
        {
            return null;
        }

        var refined = State.With(variable, isNull
            ? Value.Null
            : value.Where(atom => atom is not Constant { Value: null }).Select(atom => atom is Opaque opaque ? opaque with { IsNotNull = true } : atom));
        // What was captured is known by the same answer.
        while (operand is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out var captured))
        {
            operand = Unconvert(captured);
            if (VariableOf(operand) is { } original && Equals(State.Get(original), value))
            {
                refined = refined.With(original, refined.Get(variable));
            }
        }

        return refined;
    }

    private State? RefineBoolean(IOperation operand, bool outcome)
    {
        operand = Unconvert(operand);
        if (operand is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
        {
            return RefineBoolean(not.Operand, !outcome);
        }

        while (operand is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out var captured))
        {
            operand = Unconvert(captured);
        }

        if (operand.Type?.SpecialType != SpecialType.System_Boolean || VariableOf(operand) is not ISymbol variable)
        {
            return State;
        }

        return State.Get(variable)?.Only<Constant>() is { Value: bool known } && known != outcome
            ? null
            : State.With(variable, Value.Of(outcome ? Constant.True : Constant.False));
    }

    private static IOperation Unconvert(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>What holds the operand's value and can be asked again: a symbol or a capture.</summary>
    private static object? VariableOf(IOperation operand) => operand switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property.OriginalDefinition,
        IFlowCaptureReferenceOperation capture => capture.Id,
        _ => null,
    };
}

/// <summary>A limit of the engine was reached: the method is left alone.</summary>
internal sealed class FlowLimitException : Exception;
