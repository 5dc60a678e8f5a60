using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>What an expression may be, as far as its own member and the fields that never change say it.</summary>
internal static class ConstantTexts
{
    private const int MaxDepth = 4;

    /// <summary>Each text that the expression may have, with holes for what is not known; null for one that is not known at all.</summary>
    public static IEnumerable<string?> Of(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) =>
        Of(expression, model, MaxDepth, cancellation);

    private static IEnumerable<string?> Of(ExpressionSyntax expression, SemanticModel model, int depth, CancellationToken cancellation)
    {
        if (expression.SyntaxTree != model.SyntaxTree)
        {
            return [expression is LiteralExpressionSyntax { Token.Value: string elsewhere } ? elsewhere : null];
        }

        if (model.GetConstantValue(expression, cancellation) is { HasValue: true, Value: var constant })
        {
            return [constant as string ?? NameOf(expression, constant, model, cancellation)];
        }

        return expression switch
        {
            _ when depth == 0 => [null],
            ParenthesizedExpressionSyntax parenthesized => Of(parenthesized.Expression, model, depth, cancellation),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Of(suppressed.Operand, model, depth, cancellation),
            ConditionalExpressionSyntax conditional => Of(conditional.WhenTrue, model, depth - 1, cancellation).Concat(Of(conditional.WhenFalse, model, depth - 1, cancellation)),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce => Of(coalesce.Left, model, depth - 1, cancellation).Concat(Of(coalesce.Right, model, depth - 1, cancellation)),
            SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Of(arm.Expression, model, depth - 1, cancellation)),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => OfVariable(expression, model, depth - 1, cancellation),
            _ => [SqlSource.FromExpression(expression, model, cancellation)?.Text],
        };
    }

    private static IEnumerable<string?> OfVariable(ExpressionSyntax expression, SemanticModel model, int depth, CancellationToken cancellation)
    {
        var symbol = model.GetSymbolInfo(expression, cancellation).Symbol;
        if (symbol is not (ILocalSymbol or IFieldSymbol { IsReadOnly: true }) || symbol.DeclaringSyntaxReferences is not [var declaration]
            || declaration.GetSyntax(cancellation) is not VariableDeclaratorSyntax declarator)
        {
            return [null];
        }

        var written = symbol is ILocalSymbol ? WritesOf(declarator, cancellation) : [];
        return (declarator.Initializer is { Value: var initial } ? written.Prepend(initial) : written)
            .SelectMany(value => Of(value, model, depth, cancellation))
            .DefaultIfEmpty(null);
    }

    /// <summary>What is assigned to a local variable after its declaration.</summary>
    private static IEnumerable<ExpressionSyntax> WritesOf(VariableDeclaratorSyntax declarator, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var scope = declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? declarator.SyntaxTree.GetRoot(cancellation);
        return scope.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == declarator.Identifier.ValueText)
            .Select(assignment => assignment.Right);
    }

    /// <summary>The member of an enumeration that a constant is.</summary>
    private static string? NameOf(ExpressionSyntax expression, object? constant, SemanticModel model, CancellationToken cancellation) =>
        Libraries.ConnectionSettingsApi.TextOf(new(constant), model.GetTypeInfo(expression, cancellation).Type);
}
