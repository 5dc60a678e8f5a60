using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Where functions await.
/// </summary>
internal static class Awaits
{
    /// <summary>Whether the function would await nothing any more without this expression: a compiler warning (CS1998) in old compilers.</summary>
    public static bool AreLostWith(ExpressionSyntax expression)
    {
        if (!expression.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax))
        {
            return false;
        }

        var function = expression.Ancestors().First(ancestor =>
            ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or CompilationUnitSyntax);

        return !function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => !expression.Span.Contains(node.Span) && (node is AwaitExpressionSyntax || IsAwaitOf(node)));
    }

    private static bool IsAwaitOf(SyntaxNode node) => node switch
    {
        CommonForEachStatementSyntax loop => loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        UsingStatementSyntax @using => @using.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        LocalDeclarationStatementSyntax local => local.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        _ => false,
    };
}
