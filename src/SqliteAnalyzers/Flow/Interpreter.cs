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
internal sealed partial class Interpreter(FlowEngine engine, Frame frame)
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
            var initializers = arguments.Any(argument => argument.Atoms.Any(atom => atom is AbstractObject))
                ? engine.Members.InitializersOn(constructor, frame.Budget.Cancellation)
                : [];
            foreach (var initializer in initializers)
            {
                RunNested(initializer, constructor, arguments, creation);
            }

            if (initializers.Count == 0)
            {
                Call(constructor, made, arguments, creation);
            }
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

    private void MayThrow()
    {
        if (_wantsExceptions)
        {
            Thrown = Thrown.Add(State);
        }
    }
}

/// <summary>A limit of the engine was reached: the method is left alone.</summary>
internal sealed class FlowLimitException : Exception;
