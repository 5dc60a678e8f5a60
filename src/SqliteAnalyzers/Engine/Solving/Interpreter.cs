using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Evaluates the operations of one piece of code on one state. Knows C#; what a call means to SQLite it asks the libraries.
/// </summary>
internal sealed partial class Interpreter(Frame frame) : IEffects
{
    /// <summary>A collection expression; the compiler that the analyzers are built with has no name for it.</summary>
    private const OperationKind CollectionExpression = (OperationKind)127;

    private readonly Body _body = frame.Body;
    private readonly FlowEngine _engine = frame.Engine;
    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly Dictionary<SyntaxNode, bool> _halfTyped = [];
    private State? _yielded;
    private Disjuncts? _thrownBeforeCall;
    private bool _observe;
    private int _depth;
    private Place _at = frame.Place;

    public State State { get; set; } = State.Empty;

    public Place At => _at;

    public bool HasOneDataSource => _engine.HasOneDataSource;

    public ContextSource ContextSource => _engine.ContextSource;

    /// <summary>The states in which something has thrown since <see cref="Start"/>.</summary>
    public Disjuncts Thrown { get; private set; } = Disjuncts.Unreachable;

    /// <summary>Whether a call since <see cref="Start"/> never returns.</summary>
    public bool HasStopped { get; private set; }

    public void Start(State state, bool observe)
    {
        State = state;
        HasStopped = false;
        Thrown = Disjuncts.Unreachable;
        _thrownBeforeCall = null;
        _observe = observe;
    }

    public bool IsCollapsing => frame.IsCollapsing;

    /// <summary>Whether an exception is on its way.</summary>
    public bool IsInFlight { get; set; }

    private SqliteEvent InFlight(SqliteEvent e) => IsInFlight && !e.IsInFlight ? e with { IsInFlight = true } : e;

    public void CountBlock() => frame.CountBlock();

    public void CountEvaluation(State state) => frame.CountEvaluation(state);

    public bool IsProcessStarter(string method) => _engine.IsProcessStarter(method, _body.Syntax.SyntaxTree);

    public void Raise(SqliteEvent e) => Raise(e, isCertain: true);

    private void Raise(SqliteEvent e, bool isCertain)
    {
        if (e is ConnectionEvent { Connection: var connection })
        {
            frame.Touch(connection);
            foreach (var database in State.DatabasesOf(connection))
            {
                frame.Touch(database);
            }
        }

        if (_observe)
        {
            ObserveOwn(e, State);
        }

        if (isCertain && e is (Executes or ExecutesUnknown))
        {
            MayFail(((ConnectionEvent)e).Connection);
        }

        if (isCertain && _thrownBeforeCall is { } thrown && Transitions.FailToEnd(State, e) is { } failed)
        {
            Thrown = thrown.Add(failed, isThrown: true);
        }

        _thrownBeforeCall = e is Opens ? _thrownBeforeCall : null;
        State = Transitions.Apply(State, e);
    }

    /// <summary>Whether a handler of this type takes what a statement throws that SQLite refuses.</summary>
    public bool TakesFailures(ITypeSymbol? exception) => _engine.Libraries.IsOfFailures(exception);

    /// <summary>
    /// Whether a call throws nothing but what a provider does, as far as is known: it is a provider's, it is looked into, or it waits
    /// or disposes.
    /// </summary>
    public bool ThrowsOnlyFailures(IMethodSymbol method) =>
        _engine.Libraries.IsDatabaseWork(method)
        || _engine.Units.IsInProject(method)
        || method.ContainingType is { Name: "IDisposable" or "IAsyncDisposable" }
        || method.ContainingNamespace.ToDisplayString() is "System.Threading.Tasks" or "System.Runtime.CompilerServices";

    /// <summary>What is executed may throw, and then leaves the transaction open that it runs in.</summary>
    private void MayFail(AbstractObject connection)
    {
        if (Transitions.Fail(State, connection) is var failed && !ReferenceEquals(failed, State))
        {
            Thrown = Thrown.Add(failed, isThrown: true);
        }
    }

    public void RaiseOn(Value? connections, Func<AbstractObject, ConnectionEvent> make)
    {
        if (connections is null)
        {
            return;
        }

        var known = connections.Objects(ObjectKind.Connection).ToArray();
        var isCertain = known.Length == 1 && !connections.MayBeUnknown && !known[0].IsMany;
        foreach (var connection in known)
        {
            var before = State;
            Raise(make(connection), isCertain);
            State = isCertain ? State : before.Join(State, isDoubtful: true);
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
        if (_depth >= Limits.MaxExpressionDepth)
        {
            throw new FlowLimitException();
        }

        var outer = _at;
        _root = _depth == 0 ? operation : _root;
        _depth++;
        try
        {
            return EvaluateCore(operation);
        }
        finally
        {
            _depth--;
            _at = outer;
        }
    }

    private Value EvaluateCore(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
        {
            return constant is string text ? Value.Of(Text.Of(text)) : Value.Of(new Constant(constant));
        }

        switch (operation)
        {
            case IExpressionStatementOperation statement:
                return Evaluate(statement.Operation);
            case IConversionOperation conversion:
                return Convert(conversion);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self:
                return ReadThis(self.Type);
            case IAwaitOperation awaited:
                return Evaluate(awaited.Operation);
            case ITranslatedQueryOperation query:
                return Evaluate(query.Operation);
            case ILocalReferenceOperation local:
                return Known(ReadVariable(local.Local, local.Type));
            case IParameterReferenceOperation parameter:
                return Known(ReadParameter(parameter.Parameter, parameter.Type));
            case IFieldReferenceOperation field:
                return ReadField(field);
            case IPropertyReferenceOperation property:
                return EvaluateProperty(property);
            case IFlowCaptureOperation capture:
                return Capture(capture);
            case IFlowCaptureReferenceOperation reference:
                return Known(State.Get(new CaptureKey(reference.Id)) ?? Value.Unknown);
            case ISimpleAssignmentOperation assignment:
                return Assign(assignment.Target, assignment.Value);
            case ICompoundAssignmentOperation compound:
                return AssignCompound(compound);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction);
            case IIncrementOrDecrementOperation increment:
                return Increment(increment);
            case IObjectCreationOperation creation:
                return Create(creation);
            case IAnonymousObjectCreationOperation creation:
                return Create(creation);
            case IInvocationOperation invocation:
                return Invoke(invocation);
            case IDelegateCreationOperation creation:
                return EvaluateDelegate(creation.Target);
            case IFlowAnonymousFunctionOperation or IMethodReferenceOperation:
                return EvaluateDelegate(operation);
            case IInterpolatedStringOperation interpolated:
                return Interpolate(interpolated);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } concatenation:
                return Concatenate(concatenation);
            case ITupleOperation tuple:
                return Value.Of(new TupleValue(new(tuple.Elements.Select(Evaluate).ToImmutableArray())));
            case IArrayCreationOperation array:
                return EvaluateArray(array);
            case IArrayElementReferenceOperation element:
                return ReadElement(Evaluate(element.ArrayReference), element.Indices.Select(Evaluate).ToArray(), element.Type);
            case IIsNullOperation isNull:
                return Answer(EvaluateRead(isNull.Operand));
            case IIsTypeOperation isType:
                EvaluateRead(isType.ValueOperand);
                return Value.Unknown;
            case IBinaryOperation { OperatorMethod: { } method, OperatorKind: not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) } binary when IsFollowedOperator(method):
                return CallOperator(method, [Evaluate(binary.LeftOperand), Evaluate(binary.RightOperand)], binary);
            case IUnaryOperation { OperatorMethod: { } method } unary when IsFollowedOperator(method):
                return CallOperator(method, [Evaluate(unary.Operand)], unary);
            case ITypeOfOperation { TypeOperand: INamedTypeSymbol type } when _engine.Units.IsInProject(type):
                return Value.Of(StartedProgram.OwnType);
            case IIsPatternOperation or IBinaryOperation or IUnaryOperation:
                return Compare(operation);
            case IEventAssignmentOperation handler:
                return Subscribe(handler);
            case IReturnOperation { Kind: OperationKind.YieldReturn } yield:
                return Yield(yield);
            case IDeclarationExpressionOperation or IDiscardOperation:
                return Value.Unknown;
            case ICaughtExceptionOperation:
                return Value.NotDefault;
            case { Kind: CollectionExpression } or { Syntax: CollectionExpressionSyntax }:
                return EvaluateElements(operation.ChildOperations, isComplete: true);
            default:
                // Code that does not compile, or a kind the engine does not know: its operands are evaluated, and where they go is unknown.
                var operands = operation.ChildOperations.Select(Evaluate).ToArray();
                var isHandedOver = operation is not IInvalidOperation || !Array.Exists(operands, IsOfLibrary) || !IsHalfTypedCall(operation);
                foreach (var value in operands)
                {
                    Read(value);
                    if (isHandedOver)
                    {
                        HandOver(value);
                    }
                }

                return Value.Unknown;
        }
    }

    private static bool IsOfLibrary(Value value) => value.Atoms.Any(atom => atom is AbstractObject { Kind: not ObjectKind.Plain });

    /// <summary>Whether a method of a library is called whose arguments are not all there yet: which one it is, is known.</summary>
    private bool IsHalfTypedCall(IOperation operation)
    {
        if (!_halfTyped.TryGetValue(operation.Syntax, out var isCall))
        {
            var candidates = _body.Model.GetSymbolInfo(operation.Syntax, frame.Cancellation).CandidateSymbols;
            isCall = !candidates.IsEmpty && candidates.All(candidate => candidate.DeclaringSyntaxReferences.IsEmpty);
            _halfTyped.Add(operation.Syntax, isCall);
        }

        return isCall;
    }

    /// <summary>The value of an operand that is looked at itself, and not what it leads to.</summary>
    private Value EvaluateRead(IOperation operation)
    {
        var value = Evaluate(operation);
        foreach (var atom in value.Atoms)
        {
            ReadAnswer(atom);
        }

        return value;
    }

    private void ReadAnswer(Atom atom)
    {
        if (atom is Answer { IsCount: false } answer)
        {
            frame.Log.ReadAnswer(answer.Checkpoint);
        }
    }

    /// <summary>Somebody may look at the value and all it leads to: where it is the answer of a checkpoint, that answer is not lost.</summary>
    public void Read(Value value)
    {
        foreach (var atom in value.Atoms)
        {
            switch (atom)
            {
                case AbstractObject { Kind: ObjectKind.Reader } reader when State.Get(reader, Slot.Answer)?.Only<Answer>() is { } answer:
                    frame.Log.ReadAnswer(answer.Checkpoint);
                    break;
                case TupleValue tuple:
                    foreach (var item in tuple.Items.Values)
                    {
                        Read(item);
                    }

                    break;
                case Elements elements:
                    foreach (var item in elements.Items.Values)
                    {
                        Read(item);
                    }

                    break;
                default:
                    ReadAnswer(atom);
                    break;
            }
        }
    }

    /// <summary>
    /// What a comparison says of the answer of a checkpoint is that answer in other words, which somebody may look at; its counts tell
    /// something only where they are compared.
    /// </summary>
    private Value Compare(IOperation comparison)
    {
        var isTruth = comparison.Type?.SpecialType == SpecialType.System_Boolean;
        var (answers, result, first) = (default(Value), Value.Unknown, default(Value));
        foreach (var operand in comparison.ChildOperations)
        {
            var value = (operand is INegatedPatternOperation negated ? negated.Pattern : operand) is IConstantPatternOperation pattern ? Evaluate(pattern.Value) : isTruth ? Evaluate(operand) : EvaluateRead(operand);
            result = isTruth && first is not null && AnswerTo(comparison, first, value) is { } known ? known : result;
            first ??= value;
            result = isTruth && AnswerTo(comparison, operand, value) is { } answer ? answer : result;
            if (operand is IListPatternOperation && first is not null)
            {
                LoseKept(first);
            }

            foreach (var atom in value.Atoms)
            {
                if (isTruth && atom is Answer { IsCount: false })
                {
                    answers = answers?.Join(Value.Of(atom)) ?? Value.Of(atom);
                }

                if (atom is Answer { IsCount: true } count && comparison is not IUnaryOperation
                    && comparison is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide })
                {
                    frame.Log.ReadAnswer(count.Checkpoint);
                }
            }
        }

        return answers ?? result;
    }

    /// <summary>
    /// What a comparison with null, or the opposite of a truth, answers, if <paramref name="operand"/> is what it is about. Of a value
    /// that only the caller knows it is the question itself, so that a variable that keeps the answer is as good as asking again.
    /// </summary>
    private static Value? AnswerTo(IOperation comparison, IOperation operand, Value value) => comparison switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } => value.Select(static atom => atom switch
        {
            Constant { Value: bool known } => Constant.Of(!known),
            EntryObject { Path: { Member.AsksForNull: { } wanted, Parent: { } path } } when path.Then(wanted ? ObjectMember.IsNotNull : ObjectMember.IsNull) is { } opposite =>
                new EntryObject(ObjectKind.Plain, opposite),
            EntryObject { Path: { Member: { } member, Parent: { } path } } when member.Equals(ObjectMember.Opposite) => new EntryObject(ObjectKind.Plain, path),
            EntryObject { Path: var path } when path.Then(ObjectMember.Opposite) is { } opposite => new EntryObject(ObjectKind.Plain, opposite),
            _ => Atom.Unknown,
        }),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary
            when IsNull(ReferenceEquals(operand, binary.LeftOperand) ? binary.RightOperand : binary.LeftOperand) => AnswerNull(value, binary.OperatorKind == BinaryOperatorKind.Equals),
        IIsPatternOperation pattern when ReferenceEquals(operand, pattern.Value) && AsksForNull(pattern.Pattern) is { } wanted => AnswerNull(value, wanted),
        _ => null,
    };

    /// <summary>What a comparison of two values that are known answers.</summary>
    private static Value? AnswerTo(IOperation comparison, Value left, Value right)
    {
        if (left.Only<Constant>() is not { Value: { } one } || right.Only<Constant>() is not { Value: { } other } || one.GetType() != other.GetType())
        {
            return null;
        }

        return comparison switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } => Value.Of(one.Equals(other)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } => Value.Of(!one.Equals(other)),
            IIsPatternOperation { Pattern: IConstantPatternOperation } => Value.Of(one.Equals(other)),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation } } => Value.Of(!one.Equals(other)),
            _ => null,
        };
    }

    private static bool IsNull(IOperation operation) => Unconvert(operation).ConstantValue is { HasValue: true, Value: null };

    /// <summary>Whether a pattern asks if a value is null, false if it asks if it is not; null if it asks for something else.</summary>
    private static bool? AsksForNull(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => !AsksForNull(negated.Pattern),
        IConstantPatternOperation { Value: var constant } when IsNull(constant) => true,
        IRecursivePatternOperation { Syntax: RecursivePatternSyntax { Type: null }, DeclaredSymbol: null, PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } => false,
        _ => null,
    };

    private static Value AnswerNull(Value value, bool wanted) =>
        value.Only<EntryObject>() is { Path: var path } && path.Then(wanted ? ObjectMember.IsNull : ObjectMember.IsNotNull) is { } asked ? Value.Of(new EntryObject(ObjectKind.Plain, asked))
        : Answer(value).Only<Constant>() is { Value: bool isNull } ? Value.Of(isNull == wanted)
        : Value.Unknown;

    /// <summary>A cast to a connection, command … tells what an unknown object is.</summary>
    private Value Convert(IConversionOperation conversion)
    {
        var value = Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is { } method)
        {
            return IsFollowedOperator(method) ? Typed(CallOperator(method, [value], conversion), conversion.Type)
                : value.Atoms.Any(atom => atom is Text or Elements or EntryObject) ? value
                : Value.Unknown;
        }

        return Typed(value, conversion.Type);
    }

    /// <summary>Whether the value is null, as far as it is known.</summary>
    private static Value Answer(Value value) =>
        value.Only<Constant>() is { Value: null } ? Value.True
        : value.Atoms.All(IsNotDefault) ? Value.False
        : Value.Unknown;

    private static bool IsNotDefault(Atom atom) =>
        atom is not (EntryObject or Constant { IsDefault: true } or Model.Answer) && !ReferenceEquals(atom, Atom.Unknown);

    private Value Capture(IFlowCaptureOperation capture)
    {
        _captured[capture.Id] = capture.Value;
        var value = Evaluate(capture.Value);
        State = State.With(new CaptureKey(capture.Id), value);
        return value;
    }

    private Value? EvaluateInstance(IOperation? instance) => instance is null ? null : Evaluate(instance);

    private Value Yield(IReturnOperation yield)
    {
        var value = yield.ReturnedValue is null ? Value.Unknown : Evaluate(yield.ReturnedValue);
        Read(value);
        var state = State.With(ReturnKey.Instance, value);
        _yielded = _yielded?.Join(state) ?? state;
        return Value.Unknown;
    }

    /// <summary>Whoever is called may throw before it does anything.</summary>
    private void MayThrow() => Thrown = Thrown.Add(State, isThrown: true);
}
