using System;
using System.Collections.Generic;
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

    /// <summary>
    /// Whether an exception at the node leads to a handler that rolls back: where the transaction is over by then, that fails and hides the cause.
    /// </summary>
    public static bool RollBackAfter(SyntaxNode node) =>
        TriesAround(node).SelectMany(handled => handled.Catches).Any(handler => handler.DescendantTokens().Any(token =>
            token.ValueText.TrimStart().StartsWith("Rollback", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The try statements of the function in whose first block the node is.</summary>
    public static IEnumerable<TryStatementSyntax> TriesAround(SyntaxNode node) =>
        node.Ancestors().TakeWhile(ancestor => !IsFunction(ancestor)).OfType<TryStatementSyntax>().Where(handled => handled.Block.Span.Contains(node.Span));

    public static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax;
}
