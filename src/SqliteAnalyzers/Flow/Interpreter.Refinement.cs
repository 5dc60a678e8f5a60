using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Flow;

/// <content>What a condition's answer tells of the variables in it.</content>
internal sealed partial class Interpreter
{
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
