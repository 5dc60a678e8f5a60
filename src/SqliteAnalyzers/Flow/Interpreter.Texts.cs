using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <content>Texts put together from constants, interpolations and sums, with holes for what is not known.</content>
internal sealed partial class Interpreter
{
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
}
