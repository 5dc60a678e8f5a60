using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Where code names something.
/// </summary>
internal static class Names
{
    /// <summary>The symbol's uses, each with <c>this.</c> where that is written.</summary>
    public static IEnumerable<ExpressionSyntax> UsesOf(FixContext context, ISymbol symbol, SyntaxNode scope) =>
        scope.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == symbol.Name
                && SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol, symbol))
            .Select(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name);

    /// <summary>The member of a type that the node is in, the file for top-level statements.</summary>
    public static SyntaxNode MemberAround(FixContext context, SyntaxNode node) =>
        node.AncestorsAndSelf().FirstOrDefault(ancestor => ancestor is MemberDeclarationSyntax and not (GlobalStatementSyntax or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax))
        ?? context.Root;
}
