using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// Code that runs when something has gone wrong already: an exception that is thrown there hides the first one.
/// </summary>
internal static class Handlers
{
    public static bool Contains(SyntaxNode node) =>
        node.AncestorsAndSelf().TakeWhile(ancestor => !IsFunction(ancestor)).Any(ancestor => ancestor is CatchClauseSyntax or FinallyClauseSyntax)
        || node.AncestorsAndSelf().OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.ValueText is "Dispose" or "DisposeAsync" or "DisposeAsyncCore")
        || node.AncestorsAndSelf().Any(ancestor => ancestor is DestructorDeclarationSyntax);

    public static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax;
}
