using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Sql;

/// <summary>Calls of <c>string</c> that put texts together: <c>Format</c>, <c>Concat</c> and <c>Join</c>.</summary>
internal static class TextCalls
{
    /// <summary>The parts of what the call makes, in their order; null for other calls.</summary>
    public static IReadOnlyList<TextPart>? PartsOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (NameOf(call) is not { } name || call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments.Select(argument => argument.Expression).ToArray();
        return name switch
        {
            "Format" => Format(arguments, model, cancellationToken),
            "Join" when arguments.Length > 1 && ItemsOf(arguments.Skip(1).ToArray(), model, cancellationToken) is { } items =>
                [.. items.SelectMany((item, i) => i == 0 ? new TextPart[] { new(item) } : [new(arguments[0]), new(item)])],
            "Concat" when ItemsOf(arguments, model, cancellationToken) is { } items => [.. items.Select(item => new TextPart(item))],
            _ => null,
        };
    }

    /// <summary>The parts of what a format and its arguments make; the format may come after a format provider.</summary>
    public static IReadOnlyList<TextPart>? Format(ExpressionSyntax[] arguments, SemanticModel model, CancellationToken cancellationToken)
    {
        var index = arguments.Length > 1 && !StringExpressionReader.IsString(arguments[0], model, cancellationToken) ? 1 : 0;
        if (index >= arguments.Length
            || !IsWritten(arguments[index])
            || StringExpressionReader.Read(arguments[index], model, cancellationToken) is not { HasHoles: false } format
            || CompositeFormat.Read(format.Text) is not { } parts)
        {
            return null;
        }

        var items = ItemsOf(arguments.Skip(index + 1).ToArray(), model, cancellationToken);
        return [.. parts.Select(part =>
            part.Argument < 0 ? new TextPart(arguments[index], format.Part(part.Span))
            : items is not null && part.IsPlain && part.Argument < items.Count ? new(items[part.Argument])
            : new(arguments[index], format.HoleAt(part.Span)))];
    }

    /// <summary>The call that puts the value of an expression into a text; null where none does.</summary>
    public static InvocationExpressionSyntax? CallAround(ExpressionSyntax expression)
    {
        var argument = expression.Parent switch
        {
            InitializerExpressionSyntax { Parent: ExpressionSyntax { Parent: ArgumentSyntax array } } => array,
            ExpressionElementSyntax { Parent: ExpressionSyntax { Parent: ArgumentSyntax collection } } => collection,
            var parent => parent as ArgumentSyntax,
        };
        return argument is { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } && NameOf(call) is { } name
            && (name != "Format" || list.Arguments.Take(2).Any(format => IsWritten(format.Expression)))
            ? call
            : null;
    }

    private static string? NameOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: ("Format" or "Concat" or "Join") and var name } } access && IsStringType(access.Expression)
            ? name
            : null;

    private static bool IsStringType(ExpressionSyntax type) => type switch
    {
        PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.StringKeyword } => true,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: nameof(System) }, Name.Identifier.ValueText: nameof(System.String) } => true,
        _ => type is IdentifierNameSyntax { Identifier.ValueText: nameof(System.String) },
    };

    /// <summary>Whether an expression is written like a format. A call is none, so formats are never read inside of formats without end.</summary>
    private static bool IsWritten(ExpressionSyntax format) =>
        format is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: NameSyntax }
        || (format is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && IsWritten(sum.Right));

    /// <summary>The single items of a parameter array; null where they stand in a list that is made elsewhere.</summary>
    private static IReadOnlyList<ExpressionSyntax>? ItemsOf(IReadOnlyList<ExpressionSyntax> arguments, SemanticModel model, CancellationToken cancellationToken) => arguments switch
    {
        [ArrayCreationExpressionSyntax { Initializer: var initializer }] => initializer?.Expressions,
        [ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var items }] => items,
        [CollectionExpressionSyntax { Elements: var elements }] when elements.All(element => element is ExpressionElementSyntax) =>
            [.. elements.Select(element => ((ExpressionElementSyntax)element).Expression)],
        [CollectionExpressionSyntax] => null,
        [var only] when !IsItem(model.GetTypeInfo(only, cancellationToken).Type) => null,
        _ => arguments,
    };

    private static bool IsItem(ITypeSymbol? type) =>
        type is not IArrayTypeSymbol
        && (type is null or { SpecialType: SpecialType.System_String } || !type.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.System_Collections_IEnumerable));
}
