using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Finds by name where code may mention a variable or member: whether it does, a semantic model says.</summary>
/// <param name="project">Knows which members mention a name.</param>
/// <param name="trees">The files of the project.</param>
internal sealed class Mentions(ProjectIndex project, IReadOnlyList<SyntaxTree> trees)
{
    /// <summary>Where a symbol is declared; null where that is in no file of the project, or in several places.</summary>
    public SyntaxNode? DeclarationOf(ISymbol symbol, CancellationToken cancellation) =>
        symbol.DeclaringSyntaxReferences is [var reference] && project.Of(reference.SyntaxTree) is not null ? reference.GetSyntax(cancellation) : null;

    public IEnumerable<SimpleNameSyntax> Of(ISymbol symbol, CancellationToken cancellation)
    {
        var scope = symbol is ILocalSymbol || symbol is IParameterSymbol || symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } || symbol.DeclaredAccessibility == Accessibility.Private
            ? symbol.ContainingType?.DeclaringSyntaxReferences ?? symbol.DeclaringSyntaxReferences
            : ImmutableArray<SyntaxReference>.Empty;
        var own = symbol is ILocalSymbol || symbol is IParameterSymbol { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } }
            ? symbol.DeclaringSyntaxReferences[0].GetSyntax(cancellation)
            : null;
        var hash = NameHash.Of(symbol.Name);
        foreach (var tree in scope.IsEmpty ? trees : scope.Select(reference => reference.SyntaxTree).Distinct())
        {
            if (project.Of(tree) is not { } index)
            {
                continue;
            }

            foreach (var member in index.Members)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!NameHash.Contains(member.Names, hash)
                    || (own is not null && !member.Span.Contains(own.SpanStart))
                    || !(scope.IsEmpty || scope.Any(reference => reference.SyntaxTree == tree && reference.Span.Contains(member.Span))))
                {
                    continue;
                }

                foreach (var node in TreeIndex.NodesOf(member, tree.GetRoot(cancellation)))
                {
                    if (node is SimpleNameSyntax name && name.Identifier.ValueText == symbol.Name)
                    {
                        yield return name;
                    }
                }
            }
        }
    }
}
