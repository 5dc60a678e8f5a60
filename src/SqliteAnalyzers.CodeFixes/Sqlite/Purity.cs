using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// Whether an expression can be left out: it only reads values and makes objects that nobody else sees.
/// </summary>
internal static class Purity
{
    public static bool IsPure(FixContext context, SyntaxNode expression) =>
        expression.DescendantNodesAndSelf().All(node => node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Parent is InitializerExpressionSyntax,
            InvocationExpressionSyntax call => IsPureCall(context, call),
            BaseObjectCreationExpressionSyntax created => context.Model.GetTypeInfo(created, context.CancellationToken).Type is { } type && !IsOwn(type),
            IdentifierNameSyntax name => context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol is not IPropertySymbol property || context.IsStored(property),
            PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            PrefixUnaryExpressionSyntax unary => !unary.IsKind(SyntaxKind.PreIncrementExpression) && !unary.IsKind(SyntaxKind.PreDecrementExpression),
            ConditionalExpressionSyntax or SwitchExpressionSyntax => !IsConnection(context, node),
            BinaryExpressionSyntax binary => !binary.IsKind(SyntaxKind.CoalesceExpression) || !IsConnection(context, binary),
            DeclarationExpressionSyntax or AwaitExpressionSyntax or ThrowExpressionSyntax or ElementAccessExpressionSyntax => false,
            _ => true,
        });

    private static bool IsPureCall(FixContext context, InvocationExpressionSyntax call) =>
        call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" }
        || context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol method
            && !IsOwn(method.ContainingType)
            && (method.Name == "CreateCommand" || method is { IsStatic: true, ContainingType.Name: "TimeSpan" });

    /// <summary>Which of several connections is meant is lost with the expression.</summary>
    private static bool IsConnection(FixContext context, SyntaxNode node) =>
        context.Model.GetTypeInfo(node, context.CancellationToken).Type?.IsA("IDbConnection") == true;

    private static bool IsOwn(ITypeSymbol type) => type.Locations.Any(location => location.IsInSource);
}
