using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>What a condition's answer tells of the values in it.</content>
internal sealed partial class Interpreter
{
    /// <summary>What a pattern asks members of.</summary>
    private AbstractObject? _patternInput;

    /// <summary>The state if the condition of a branch answers <paramref name="outcome"/>; null if it cannot.</summary>
    public State? Decide(IOperation condition, Value value, bool outcome) =>
        Refine(condition, value, outcome) is not { } refined ? null
        : condition is IIsNullOperation ? refined
        : Answer(condition.Syntax, outcome, refined);

    /// <summary>
    /// The state in which a condition, and each <c>||</c>, <c>&amp;&amp;</c> and <c>??</c> around it that is decided by that, has this answer;
    /// null if one was answered otherwise before.
    /// </summary>
    private State? Answer(SyntaxNode condition, bool outcome, State state)
    {
        for (var node = condition; ; node = node.Parent!)
        {
            if (_body.Questions.Find(node) is var (path, isNegated))
            {
                var answer = new Assumption(Constant.Of(outcome != isNegated));
                if (state.AssumptionOf(path) is { } known && !known.Equals(answer))
                {
                    return null;
                }

                state = state.With(path, answer);
            }

            switch (node.Parent)
            {
                case ParenthesizedExpressionSyntax:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }:
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }:
                    outcome = !outcome;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when outcome || either.Right == node:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when !outcome || both.Right == node:
                    break;
                default:
                    return state;
            }
        }
    }

    private State? Refine(IOperation condition, Value value, bool outcome)
    {
        if (value.Only<Constant>() is { Value: bool known } && known != outcome)
        {
            return null;
        }

        StepTo(condition, value, outcome);

        return condition switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Refine(not.Operand, Value.Unknown, !outcome),
            IConversionOperation conversion => Refine(conversion.Operand, value, outcome),
            IIsNullOperation isNull => RefineNull(isNull.Operand, outcome),
            IIsTypeOperation { IsNegated: false, ValueOperand: var operand, TypeOperand: var type } => RefineType(operand, type, outcome),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => RefineEquality(equals, outcome),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } notEquals => RefineEquality(notEquals, !outcome),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } comparison =>
                RefineComparison(comparison, outcome),
            IIsPatternOperation pattern => RefinePattern(pattern.Value, pattern.Pattern, outcome),
            _ => RefineConstant(condition, outcome ? Constant.True : Constant.False, isEqual: true),
        };
    }

    /// <summary>What an enumeration does when it has one more item, or has none.</summary>
    private void StepTo(IOperation condition, Value value, bool hasItem)
    {
        _at = _body.PlaceOf(condition.Syntax);
        foreach (var atom in value.Atoms)
        {
            switch (atom)
            {
                case ReadResult { Reader.Kind: ObjectKind.Rows } rows when hasItem:
                    RaiseOn(Get(rows.Reader, Slot.Connection), connection => new OpensReader(_at, connection));
                    break;
                case ReadResult read when !hasItem:
                    RaiseOn(Get(read.Reader, Slot.Connection), connection => new FinishesReader(_at, connection));
                    break;
                case IterationResult iteration when hasItem:
                    Advance(iteration.Iterator);
                    break;
                case IterationResult iteration:
                    Finish(iteration.Iterator);
                    break;
            }
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

            if (value is { HasValue: true, Value: var known })
            {
                return known is string text ? RefineText(operand, text, equal) : RefineConstant(operand, new(known), equal);
            }
        }

        return State;
    }

    private State? RefinePattern(IOperation operand, IPatternOperation pattern, bool matches) => pattern switch
    {
        INegatedPatternOperation negated => RefinePattern(operand, negated.Pattern, !matches),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => RefineNull(operand, matches),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: string text } } => RefineText(operand, text, matches),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true } constant } => RefineConstant(operand, new(constant.Value), matches),
        IDeclarationPatternOperation { MatchesNull: false, MatchedType: { } type } declaration => RefineType(operand, type, matches, declaration.DeclaredSymbol as ILocalSymbol),
        IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local } when matches => Bind(local, operand),
        ITypePatternOperation { MatchedType: { } type } => RefineType(operand, type, matches),
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: false, DeconstructionSubpatterns.IsEmpty: true } recursive => RefineMembers(operand, recursive, matches),
        IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol local } when matches => Bind(local, operand),
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } => RefineNull(operand, !matches),
        _ => State,
    };

    /// <summary>The members of a value are, or are not, of their patterns; of several that are not it is not known which.</summary>
    private State? RefineMembers(IOperation operand, IRecursivePatternOperation pattern, bool matches)
    {
        var owner = Held(Unconvert(operand))?.Value;
        if (!matches && (owner is null || pattern.PropertySubpatterns.Length > 1 || !owner.Atoms.All(IsNotDefault)))
        {
            return State;
        }

        if ((!matches ? State : pattern.DeclaredSymbol is ILocalSymbol local ? Bind(local, operand) : RefineNull(operand, isNull: false)) is not { } refined)
        {
            return null;
        }

        State = refined;
        var outer = _patternInput;
        foreach (var part in pattern.PropertySubpatterns)
        {
            _patternInput = owner?.OnlyOrNull<AbstractObject>();
            if (RefinePattern(part.Member, part.Pattern, matches) is not { } next)
            {
                _patternInput = outer;
                return null;
            }

            State = next;
        }

        _patternInput = outer;
        return State;
    }

    private State? Bind(ILocalSymbol local, IOperation operand)
    {
        if (RefineNull(operand, isNull: false) is not { } refined)
        {
            return null;
        }

        State = refined;
        return Held(operand) is var (value, _) ? State.With(new VariableKey(_body.IdOf(local)), Typed(value, local.Type)) : State;
    }

    /// <summary>The operand is, or is not, of this type.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="type">The type.</param>
    /// <param name="isOfType">Which of both.</param>
    /// <param name="local">The variable that holds it then.</param>
    private State? RefineType(IOperation operand, ITypeSymbol type, bool isOfType, ILocalSymbol? local = null)
    {
        if (SymbolEqualityComparer.Default.Equals(type, operand.Type) && !isOfType)
        {
            return RefineNull(operand, isNull: true);
        }

        if (Held(Unconvert(operand)) is var (value, _))
        {
            var answer = IsOfType(value, type);
            if (answer == !isOfType)
            {
                return null;
            }

            // Whether there is this way is not known, and so not what is so there.
            if (answer is null && !isOfType && (type.TypeKind == TypeKind.TypeParameter || value.Atoms.All(atom => atom is MadeObject)))
            {
                HandOver(value);
            }

            if (value.Only<EntryObject>() is { Path: var path } && type is INamedTypeSymbol { IsGenericType: false } named && path.Then(ObjectMember.IsOfType(FlowEngine.NameOf(named))) is { } asked)
            {
                frame.Ask(asked);
                if (frame.Key.Binding.ValueOf(frame.Key.Binding.Canonical(asked))?.Only<Constant>() is { Value: bool told } && told != isOfType || Assume(asked, isOfType) is not { } assumed)
                {
                    return null;
                }

                State = assumed;
            }
        }

        return !isOfType ? State : local is null ? RefineNull(operand, isNull: false) : Bind(local, operand);
    }

    /// <summary>Whether a value is of a type; null if that is not known.</summary>
    private bool? IsOfType(Value value, ITypeSymbol type)
    {
        var answers = value.Atoms.Select(atom => atom switch
        {
            Constant { Value: null } => false,
            MadeObject made => _engine.ObjectTypes.IsOf(made, type, frame.Cancellation),
            _ => null,
        }).Distinct().ToArray();
        return answers is [var answer] ? answer : null;
    }

    private State? RefineNull(IOperation operand, bool isNull) => RefineDefault(operand, Constant.Null, isNull);

    private State? RefineComparison(IBinaryOperation comparison, bool outcome)
    {
        var (value, bound, kind) = Unconvert(comparison.RightOperand).ConstantValue.HasValue
            ? (comparison.LeftOperand, comparison.RightOperand, comparison.OperatorKind)
            : (comparison.RightOperand, comparison.LeftOperand, Mirrored(comparison.OperatorKind));

        // "Less" is not "greater or equal", and the other way round.
        var isNegated = kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual;
        var question = kind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.LessThanOrEqual ? ">" : ">=";
        value = Unconvert(value);

        // A property of the framework may answer anew each time, as that of a clock does.
        var mayChange = value is IPropertyReferenceOperation { Property: var property } && !IsCount(value) && !_engine.Units.IsInProject(property);
        if (mayChange || Held(value) is not var (held, _) || BoundOf(bound) is not { } limit)
        {
            return State;
        }

        if (question == ">" && limit == "0" && (IsCount(value) || held.Only<EntryObject>() is null))
        {
            return RefinePositive(value, held, outcome != isNegated);
        }

        if (held.Only<EntryObject>() is not { Path: var path } || path.Then(ObjectMember.Question($"{question} {limit}")) is not { } asked)
        {
            return State;
        }

        return Assume(asked, outcome != isNegated);
    }

    private static BinaryOperatorKind Mirrored(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        _ => BinaryOperatorKind.GreaterThanOrEqual,
    };

    /// <summary>What a value is compared with, as text: a constant, or another value that the caller has handed in.</summary>
    private string? BoundOf(IOperation bound) => Unconvert(bound) switch
    {
        { ConstantValue: { HasValue: true, Value: var constant } } => System.Convert.ToString(constant, System.Globalization.CultureInfo.InvariantCulture),
        var other => Held(other)?.Value.Only<EntryObject>()?.Path.ToString(),
    };

    /// <summary>The operand is, or is not, more than nothing. What is never less, and is not more, is nothing.</summary>
    private State? RefinePositive(IOperation operand, Value value, bool isPositive)
    {
        if (isPositive)
        {
            return RefineDefault(operand, new(0), isDefault: false);
        }

        // Counted up from nothing, or from the one that was counted first.
        var isCountedUp = (value.Contains(new Constant(0)) || value.Contains(new Constant(1))) && value.Atoms.All(atom => atom is Constant { Value: >= 0 } || ReferenceEquals(atom, Atom.NotDefault));
        return isCountedUp || (IsCount(operand) && value.Only<EntryObject>() is not null) ? RefineDefault(operand, new(0), isDefault: true) : State;
    }

    /// <summary>How many items or characters something has.</summary>
    private static bool IsCount(IOperation operand) => operand is IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "LongLength" };

    /// <summary>The operand is, or is not, the default of its type.</summary>
    private State? RefineDefault(IOperation operand, Constant @default, bool isDefault)
    {
        operand = Unconvert(operand);
        if (Held(operand) is not var (value, key))
        {
            return State;
        }

        if (value.Only<EntryObject>() is { Path: var path })
        {
            var assumed = State.AssumptionOf(path);
            return assumed is null ? State.With(path, isDefault ? new(@default) : Assumption.NotDefault)
                : (assumed.Value?.IsDefault ?? false) == isDefault ? State : null;
        }

        var kept = value.Where(atom => isDefault ? CanBeDefault(atom) : atom is not Constant { IsDefault: true });
        if (kept is null)
        {
            return null;
        }

        var refined = isDefault ? Value.Of(@default) : kept.Select(atom => ReferenceEquals(atom, Atom.Unknown) ? Atom.NotDefault : atom);
        return StoreRefined(operand, key, value, refined);
    }

    private bool CanBeDefault(Atom atom) => atom switch
    {
        EntryObject { Path: var path } => State.AssumptionOf(path) is null or { Value.IsDefault: true },
        Constant constant => constant.IsDefault,
        _ => !IsNotDefault(atom),
    };

    /// <summary>The operand is, or is not, equal to a constant that is not null.</summary>
    private State? RefineConstant(IOperation operand, Constant constant, bool isEqual)
    {
        operand = Unconvert(operand);
        if (operand is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not && constant.Value is bool wanted)
        {
            return RefineConstant(not.Operand, Constant.Of(!wanted), isEqual);
        }

        if (constant.Value is bool whole)
        {
            (constant, isEqual) = (Constant.Of(whole == isEqual), true);
        }
        else if (constant.IsDefault)
        {
            return RefineDefault(operand, constant, isEqual);
        }

        while (operand is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out var captured) && operand.Type?.SpecialType == SpecialType.System_Boolean)
        {
            operand = Unconvert(captured);
        }

        if (operand is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IFlowCaptureReferenceOperation)
            || Held(operand) is not var (value, key))
        {
            return State;
        }

        if (value.Only<Constant>() is { Value: { } known })
        {
            return known.GetType() == constant.Value!.GetType() && known.Equals(constant.Value) != isEqual ? null : State;
        }

        if (!isEqual || value.Atoms.Any(atom => atom is Text or Closure or Elements))
        {
            return State;
        }

        if (value.Only<EntryObject>() is { Kind: ObjectKind.Plain, Path: var path })
        {
            return State.AssumptionOf(path) is { Value: { } assumed } && !assumed.Equals(constant) ? null : State.With(path, new Assumption(constant));
        }

        return value.Atoms.All(atom => atom is Constant) && !value.Contains(constant) ? null : StoreRefined(operand, key, value, Value.Of(constant));
    }

    /// <summary>The operand is, or is not, this text.</summary>
    private State? RefineText(IOperation operand, string text, bool isEqual)
    {
        if (Held(Unconvert(operand)) is not var (value, _))
        {
            return State;
        }

        if (value.Only<Text>() is { HasHoles: false } known)
        {
            return known.Flat == text == isEqual ? State : null;
        }

        return value.Only<EntryObject>() is { Kind: ObjectKind.Plain, Path: var path } && path.Then(ObjectMember.IsText(text)) is { } asked
            ? Assume(asked, isEqual)
            : State;
    }

    private State? Assume(AccessPath question, bool outcome)
    {
        var answer = new Assumption(Constant.Of(outcome));
        return State.AssumptionOf(question) is not { } known ? State.With(question, answer) : known.Equals(answer) ? State : null;
    }

    /// <summary>Remembers what a variable is now known to hold, and what it was captured from.</summary>
    private State StoreRefined(IOperation operand, StateKey key, Value before, Value refined)
    {
        var state = State.With(key, refined);
        while (operand is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out var captured))
        {
            operand = Unconvert(captured);
            if (Held(operand) is var (original, originalKey) && original.Equals(before))
            {
                state = state.With(originalKey, refined);
            }
        }

        return state;
    }

    private static IOperation Unconvert(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>What holds the operand's value and can be asked again, with the value; null if nothing does.</summary>
    private (Value Value, StateKey Key)? Held(IOperation operand)
    {
        switch (operand)
        {
            case ILocalReferenceOperation local:
                return (Known(ReadVariable(local.Local, local.Type)), new VariableKey(_body.IdOf(local.Local)));
            case IParameterReferenceOperation { Parameter: var parameter }:
                return MemberOfPrimaryConstructor(parameter) is { } member
                    ? (Known(ReadParameter(parameter, parameter.Type)), new Cell(new EntryObject(ObjectKind.Plain, ThisPath), member))
                    : (Known(ReadParameter(parameter, parameter.Type)), new VariableKey(_body.IdOf(parameter)));
            case IFieldReferenceOperation { Field: var field, Instance: var instance }:
                return HeldMember(field, instance, field.Type);
            case IPropertyReferenceOperation { Property: { IsIndexer: false } property, Instance: var instance } when _engine.IsStorage(property):
                return HeldMember(property, instance, property.Type);
            case IFlowCaptureReferenceOperation capture:
                var key = new CaptureKey(capture.Id);
                return State.Get(key) is { } value ? (Known(value), key) : null;
            default:
                return null;
        }
    }

    private (Value, StateKey)? HeldMember(ISymbol member, IOperation? instance, ITypeSymbol type)
    {
        var key = _engine.MemberOf(member);
        if (member.IsStatic)
        {
            return (Known(ReadStatic(member, type)), new StaticKey(key));
        }

        var owner = instance switch
        {
            null => null,
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } => _patternInput,
            IInstanceReferenceOperation self => ReadThis(self.Type).Only<AbstractObject>(),
            _ => Held(Unconvert(instance))?.Value.OnlyOrNull<AbstractObject>(),
        };
        return owner is null || owner.IsMany ? null : (Known(ReadCell(owner, key, type, member)), new Cell(owner, key));
    }
}
