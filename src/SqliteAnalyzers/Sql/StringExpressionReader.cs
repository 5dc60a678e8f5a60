using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Sql;

/// <summary>Reads the texts that an expression can make, as far as the compiler knows them.</summary>
internal static class StringExpressionReader
{
    /// <summary>The texts past which no other is read.</summary>
    private const int MaxTexts = 100;

    /// <summary>
    /// Each text that the expression can make: one for each way through its <c>? :</c>, <c>??</c> and <c>switch</c>, in the order in which
    /// they are written. Those of which nothing is known are left out.
    /// </summary>
    public static IEnumerable<SqlSource> ReadAll(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        var choices = new TextChoices();
        for (var i = 0; i < MaxTexts; i++)
        {
            if (Read(expression, choices, model, cancellationToken) is { } text)
            {
                yield return text;
            }

            if (!choices.MoveNext())
            {
                yield break;
            }
        }
    }

    /// <summary>The text of the expression, with a hole where it can be one or another; null if nothing of it is known.</summary>
    public static SqlSource? Read(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        Read(expression, choices: null, model, cancellationToken);

    private static SqlSource? Read(ExpressionSyntax expression, TextChoices? choices, SemanticModel model, CancellationToken cancellationToken)
    {
        var builder = new SqlSourceBuilder();
        var isKnown = false;
        var pending = new Stack<TextPart>();
        pending.Push(new(expression));
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (node, text) = pending.Pop();
            if (text is not null)
            {
                builder.Add(text);
                isKnown |= text.Text != SqlSource.Hole.ToString();
                continue;
            }

            switch (node)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    pending.Push(new(parenthesized.Expression));
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    pending.Push(new(suppressed.Operand));
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when TryPushParts(sum, pending, model, cancellationToken):
                    break;
                case InterpolatedStringExpressionSyntax interpolated:
                    for (var i = interpolated.Contents.Count - 1; i >= 0; i--)
                    {
                        pending.Push(new(interpolated.Contents[i]));
                    }

                    break;
                case InterpolationSyntax { AlignmentClause: null, FormatClause: null } interpolation:
                    pending.Push(new(interpolation.Expression));
                    break;
                case InvocationExpressionSyntax call when PartsOf(call, model, cancellationToken) is { } parts:
                    foreach (var part in parts.Reverse())
                    {
                        pending.Push(part);
                    }

                    break;
                case var literal when StringLiteralReader.TryRead(literal, builder):
                    isKnown = true;
                    break;
                case ExpressionSyntax choice when choices is not null && TextChoices.Of(choice) is { Count: > 0 } possible:
                    pending.Push(choices.Next(choice, possible.Count) is { } taken ? new(possible[taken]) : new(choice, SqlSource.FromConstant(SqlSource.Hole.ToString(), choice)));
                    break;
                case ExpressionSyntax part when GetConstantText(part, model, cancellationToken) is { } constant:
                    builder.Add(constant, part);
                    isKnown = true;
                    break;
                case var unknown:
                    builder.Add(SqlSource.Hole.ToString(), unknown.Parent as InterpolationSyntax ?? unknown);
                    break;
            }
        }

        return isKnown ? builder.ToSource() : null;
    }

    /// <summary>The call that puts the value of an expression into the text that it makes; null where none does.</summary>
    public static InvocationExpressionSyntax? CallAround(ExpressionSyntax expression) => TextCalls.CallAround(expression) ?? BuiltTexts.CallAround(expression);

    private static IReadOnlyList<TextPart>? PartsOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        TextCalls.PartsOf(call, model, cancellationToken) ?? BuiltTexts.PartsOf(call, model, cancellationToken);

    /// <summary>
    /// Pushes what a sum joins, the first on top; false if no operand is a string. What stands in front of the first string, like <c>1 + 2 + "a"</c>, is added up first.
    /// </summary>
    private static bool TryPushParts(BinaryExpressionSyntax sum, Stack<TextPart> pending, SemanticModel model, CancellationToken cancellationToken)
    {
        var sums = new List<BinaryExpressionSyntax>();
        ExpressionSyntax left = sum;
        while (left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } inner)
        {
            sums.Add(inner);
            left = inner.Left;
        }

        var innermost = sums.Count - 1;
        if (!IsString(left, model, cancellationToken))
        {
            innermost = sums.FindLastIndex(inner => IsString(inner.Right, model, cancellationToken));
        }

        for (var i = 0; i <= innermost; i++)
        {
            pending.Push(new(sums[i].Right));
        }

        if (innermost >= 0)
        {
            pending.Push(new(sums[innermost].Left));
        }

        return innermost >= 0;
    }

    public static bool IsString(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        expression is InterpolatedStringExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }
        || model.GetTypeInfo(expression, cancellationToken).Type?.SpecialType == SpecialType.System_String;

    private static string? GetConstantText(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        var constant = model.GetConstantValue(expression, cancellationToken);
        return constant is { HasValue: true, Value: ValueType number } && model.GetTypeInfo(expression, cancellationToken).Type is { TypeKind: TypeKind.Enum } type ? GetName(type, number)
            : constant.HasValue ? ToText(constant.Value)
            : model.GetSymbolInfo(expression, cancellationToken).Symbol is IFieldSymbol field ? GetReadOnlyText(field, model, cancellationToken) : null;
    }

    /// <summary>What an enumeration writes for a number; null where it has several names for it, or none.</summary>
    private static string? GetName(ITypeSymbol type, ValueType number) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => number.Equals(field.ConstantValue)).Take(2).ToArray() is [var only] ? only.Name : null;

    /// <summary>What concatenation makes of a constant in every culture; null where the culture decides.</summary>
    private static string? ToText(object? constant) => constant switch
    {
        null => string.Empty,
        string or char or bool or byte or ushort or uint or ulong => Convert.ToString(constant, CultureInfo.InvariantCulture),
        sbyte or short or int or long when Convert.ToInt64(constant, CultureInfo.InvariantCulture) >= 0 => Convert.ToString(constant, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The text of <c>static readonly string Name = "text"</c>, where no static constructor can change it.</summary>
    private static string? GetReadOnlyText(IFieldSymbol field, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!field.IsStatic
            || !field.IsReadOnly
            || field.Type.SpecialType != SpecialType.System_String
            || field.ContainingType.StaticConstructors.Any(static constructor => !constructor.IsImplicitlyDeclared)
            || field.DeclaringSyntaxReferences.Length != 1
            || field.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } value })
        {
            return null;
        }

        return value is LiteralExpressionSyntax { Token.Value: string text } ? text
            : value.SyntaxTree == model.SyntaxTree ? model.GetConstantValue(value, cancellationToken).Value as string
            : null;
    }
}
