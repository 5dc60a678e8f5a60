using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <content>Texts put together from constants, interpolations and sums, with holes for what is not known.</content>
internal sealed partial class Interpreter
{
    private Value Interpolate(IInterpolatedStringOperation interpolated)
    {
        var text = Value.Of(Text.Of(""));
        foreach (var part in interpolated.Parts)
        {
            text = Text.Append(text, part switch
            {
                IInterpolatedStringTextOperation { Text: var literal } => Value.Of(Text.Of(literal.ConstantValue.Value as string ?? "")),
                IInterpolationOperation hole => TextOf(hole.Expression),
                _ => Value.Of(Text.OfHole(new(null, _body.PlaceOf(part.Syntax)))),
            });
        }

        return text;
    }

    private Value Concatenate(IBinaryOperation concatenation)
    {
        // A sum of a thousand terms is a thousand operations deep on its left.
        var terms = new Stack<IOperation>();
        IOperation left = concatenation;
        while (left is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false } sum)
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
                pairs.Add(i + 1 < texts.Count ? Text.Append(texts[i], texts[i + 1]) : texts[i]);
            }

            texts = pairs;
        }

        return texts[0];
    }

    /// <summary>The texts an operand may be, with a hole for what is not known.</summary>
    private Value TextOf(IOperation operation)
    {
        var value = EvaluateRead(operation).SelectMany(atom => atom is AbstractObject { Kind: ObjectKind.Connection or ObjectKind.ConnectionStringBuilder } item ? ConnectionStringOf(item) : Value.Of(atom));
        var site = _body.PlaceOf(operation.Syntax);
        return BaseClassLibrary.TextOf(value).Select(atom => atom is Text { HasHoles: true } text && text.Holes.Length == 1 && text.Holes[0] == default
            ? Text.OfHole(HoleOf(operation, site))
            : atom);
    }

    /// <summary>The connection string that stands for the object, or its data source: both name the database.</summary>
    private Value ConnectionStringOf(AbstractObject item)
    {
        var names = Value.Of(State.DatabasesOf(item).Append(item).SelectMany(named => State.Get(named, Slot.DataSource)?.Atoms ?? ImmutableArray<Atom>.Empty).Where(atom => atom is Text));
        return names is null ? Value.Of(item) : Text.Append(Value.Of(Text.Of("Data Source=")), names);
    }

    /// <summary>What stands in a hole is told by the member or variable that fills it, if nothing better is known.</summary>
    private TextHole HoleOf(IOperation operation, Place site) => operation switch
    {
        IConversionOperation { OperatorMethod: null } conversion => HoleOf(conversion.Operand, site),
        IFieldReferenceOperation { Field: { IsStatic: true } field } => new(AccessPath.Static(_engine.MemberOf(field)), null),
        IPropertyReferenceOperation { Property: { IsStatic: true } property } => new(AccessPath.Static(_engine.MemberOf(property)), null),
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: var field } => new(ThisPath.Then(_engine.MemberOf(field)), null),
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: var property } => new(ThisPath.Then(_engine.MemberOf(property)), null),
        ILocalReferenceOperation { Local: var local } => new(AccessPath.Of(_body.IdOf(local)), null),
        _ => new(null, site),
    };
}
