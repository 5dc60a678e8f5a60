using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>What an assignment stores, and where.</content>
internal sealed partial class Interpreter
{
    private Value Assign(IOperation target, IOperation source)
    {
        var instance = (target as IMemberReferenceOperation)?.Instance is { } owner ? Evaluate(owner) : null;
        var value = Evaluate(source);
        _at = _body.PlaceOf(target.Syntax);
        Store(target, instance, value, source);
        return value;
    }

    /// <summary><c>sql += "…"</c> is text again; an operator that is written out is called; of any other sum nothing is known.</summary>
    private Value AssignCompound(ICompoundAssignmentOperation compound)
    {
        var value = Value.Unknown;
        if (compound.OperatorMethod is { } method && IsFollowedOperator(method))
        {
            value = Typed(CallOperator(method, [Evaluate(compound.Target), Evaluate(compound.Value)], compound), compound.Type);
        }
        else if (compound.Type?.SpecialType == SpecialType.System_String)
        {
            value = Text.Append(TextOf(compound.Target), TextOf(compound.Value));
        }
        else
        {
            EvaluateRead(compound.Target);
            var operand = EvaluateRead(compound.Value);
            if (compound.Type?.TypeKind == TypeKind.Delegate)
            {
                HandOver(operand);
            }
        }

        Store(compound.Target, (compound.Target as IMemberReferenceOperation)?.Instance is { } owner ? Evaluate(owner) : null, value, null);
        return value;
    }

    /// <remarks>Counters count up from nothing: what has been counted up is not zero any more.</remarks>
    private Value Increment(IIncrementOrDecrementOperation increment)
    {
        var before = EvaluateRead(increment.Target);
        var after = increment.Kind == OperationKind.Increment ? before.Select(Next) : Value.Unknown;
        Store(increment.Target, (increment.Target as IMemberReferenceOperation)?.Instance is { } owner ? Evaluate(owner) : null, after, null);
        return increment.IsPostfix ? before : after;

        static Atom Next(Atom atom) => atom is Constant { Value: int and < 1 and var number } ? new Constant(number + 1) : Atom.NotDefault;
    }

    private Value Deconstruct(IDeconstructionAssignmentOperation deconstruction)
    {
        var targets = deconstruction.Target is IDeclarationExpressionOperation { Expression: var declared } ? declared : deconstruction.Target;
        var value = Evaluate(deconstruction.Value is IConversionOperation conversion ? conversion.Operand : deconstruction.Value);
        if (deconstruction.Value.Type is not { IsTupleType: true } || value.OnlyOrNull<Answer>() is null)
        {
            Read(value);
        }

        Deconstruct(targets, value);
        return value;
    }

    private void Deconstruct(IOperation targets, Value value)
    {
        if (targets is not ITupleOperation { Elements: var elements })
        {
            Store(targets, null, value, null);
            return;
        }

        for (var i = 0; i < elements.Length; i++)
        {
            var item = ItemOf(value, i) ?? Value.Unknown;
            var instance = (elements[i] as IMemberReferenceOperation)?.Instance is { } owner ? Evaluate(owner) : null;
            if (elements[i] is ITupleOperation)
            {
                Deconstruct(elements[i], item);
            }
            else
            {
                Store(elements[i], instance, item, null);
            }
        }
    }

    private void Store(IOperation target, Value? instance, Value value, IOperation? source)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                State = State.With(new VariableKey(_body.IdOf(local.Local)), Typed(value, local.Type));
                break;
            case IParameterReferenceOperation parameter when MemberOfPrimaryConstructor(parameter.Parameter) is { } member:
                StoreCell(Value.Of(new EntryObject(ObjectKind.Plain, ThisPath)), member, value);
                break;
            case IParameterReferenceOperation parameter:
                State = State.With(new VariableKey(_body.IdOf(parameter.Parameter)), Typed(value, parameter.Type));
                break;
            case IFieldReferenceOperation { Field: var field } reference:
                StoreMember(field, instance, Typed(value, reference.Type));
                break;
            case IPropertyReferenceOperation property:
                StoreProperty(property, instance, value, source);
                break;
            case IFlowCaptureReferenceOperation reference when _captured.TryGetValue(reference.Id, out var captured):
                Store(captured, (captured as IMemberReferenceOperation)?.Instance is { } owner ? Evaluate(owner) : null, value, source);
                State = State.With(new CaptureKey(reference.Id), value);
                break;
            case IArrayElementReferenceOperation element:
                StoreElement(element.ArrayReference, Evaluate(element.ArrayReference), element.Indices.Select(Evaluate).ToArray(), value);
                break;
            case IDiscardOperation:
                break;
            case IDeclarationExpressionOperation declaration:
                Store(declaration.Expression, null, value, source);
                break;
            case IConversionOperation conversion:
                Store(conversion.Operand, instance, value, source);
                break;
            default:
                EvaluateAll(target.ChildOperations);
                Read(value);
                break;
        }
    }

    private void StoreMember(ISymbol member, Value? instance, Value value)
    {
        // Who keeps an answer may look at it.
        Read(value);
        if (!_engine.IsFollowed((member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type))
        {
            return;
        }

        if (member.IsStatic)
        {
            State = State.With(new StaticKey(_engine.MemberOf(member)), value);
        }
        else
        {
            StoreCell(instance ?? Value.Of(new EntryObject(ObjectKind.Plain, ThisPath)), _engine.MemberOf(member), value);
        }
    }

    private void StoreCell(Value receiver, ObjectMember member, Value value)
    {
        var isCertain = receiver.Where(atom => atom is not Constant)?.Atoms.Length == 1;
        KeepUnseen(receiver, value);
        foreach (var atom in receiver.Atoms)
        {
            if (atom is AbstractObject item)
            {
                var cell = new Cell(item, member);
                State = State.With(cell, isCertain && !item.IsMany ? value : State.Get(cell)?.Join(value) ?? value);
            }
        }
    }

    /// <summary>What something of which nothing is known keeps, other code may have.</summary>
    private void KeepUnseen(Value holder, Value value)
    {
        if (holder.MayBeUnknown)
        {
            MarkHandedOver(value.Atoms);
        }
    }

    private void StoreProperty(IPropertyReferenceOperation reference, Value? instance, Value value, IOperation? source)
    {
        var arguments = reference.Arguments.Select(argument => Evaluate(argument.Value)).ToArray();
        _at = _body.PlaceOf(reference.Syntax);
        var property = reference.Property;
        if (!property.IsIndexer && _engine.Libraries.SetProperty(reference, instance, value, source, this))
        {
            return;
        }

        if (property.IsIndexer && !_engine.Units.IsInProject(property))
        {
            if (property.SetMethod is null || _engine.Libraries.Invoke(new(reference, property.SetMethod, instance, [.. arguments, value], this)) is null)
            {
                StoreElement(reference.Instance, instance ?? Value.Unknown, arguments, value);
            }
        }
        else if (_engine.IsStorage(property) || property.SetMethod is null)
        {
            StoreMember(property, instance, Typed(value, reference.Type));
        }
        else
        {
            MayThrow();
            CallMember(property.SetMethod, instance, [.. arguments, value], reference);
        }
    }

    private void StoreElement(IOperation? holder, Value collections, Value[] indexes, Value value)
    {
        Read(value);
        KeepUnseen(collections, value);
        var key = KeyOf(indexes);
        foreach (var atom in collections.Atoms)
        {
            switch (atom)
            {
                case AbstractObject { Kind: ObjectKind.Plain } collection:
                    var cell = new Cell(collection, key is null ? ObjectMember.Element : ObjectMember.Index(key.Value!));
                    State = State.With(cell, key is not null && collections.Atoms.Length == 1 ? value : State.Get(cell)?.Join(value) ?? value);
                    break;
                case Elements elements when holder is not null:
                    var changed = key?.Value is int index && index >= 0 && index < elements.Items.Count
                        ? elements with { Items = elements.Items.SetItem(index, value) }
                        : elements with { Items = new(elements.Items.Values.Add(value)), IsComplete = false };
                    Store(holder, (holder as IMemberReferenceOperation)?.Instance is { } owner ? Evaluate(owner) : null, Value.Of(changed), null);
                    return;
            }
        }
    }

    private Value EvaluateArray(IArrayCreationOperation array)
    {
        EvaluateAll(array.DimensionSizes);
        return array.Initializer is null
            ? Value.Of(Allocate(ObjectKind.Plain, _body.PlaceOf(array.Syntax)))
            : EvaluateElements(array.Initializer.ElementValues, isComplete: true);
    }

    private Value EvaluateElements(IEnumerable<IOperation> elements, bool isComplete)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        foreach (var element in elements)
        {
            if (element.Kind == SpreadKind)
            {
                var spread = EvaluateAllOf(element);
                isComplete &= spread is { IsComplete: true };
                items.AddRange(spread?.Items.Values ?? ImmutableArray<Value>.Empty);
                continue;
            }

            items.Add(Evaluate(element));
        }

        return Value.Of(new Elements(new(items.ToImmutable()), isComplete));
    }

    /// <summary>A spread in a collection expression; the compiler that the analyzers are built with has no name for it.</summary>
    private const OperationKind SpreadKind = (OperationKind)128;

    private Elements? EvaluateAllOf(IOperation spread)
    {
        var value = default(Value);
        foreach (var child in spread.ChildOperations)
        {
            value ??= Evaluate(child);
        }

        return value?.OnlyOrNull<Elements>();
    }

    public MadeObject Allocate(ObjectKind kind) => Allocate(kind, _at);

    private MadeObject Allocate(ObjectKind kind, Place site)
    {
        var made = new MadeObject(kind, site);
        State = Renaming.Add(State, made);
        return made;
    }
}
