using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Flow;

/// <content>What an assignment stores, and where.</content>
internal sealed partial class Interpreter
{
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
}
