using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>Says which piece of code a symbol or syntax node is, and where in a compilation that code stands.</summary>
internal sealed class CodeUnits(Compilation compilation, LibrarySet libraries, ProjectIndex project)
{
    private readonly ConcurrentDictionary<IMethodSymbol, CodeUnit?> _units = new(SymbolEqualityComparer.Default);

    /// <summary>The code of a method of the project; null if it has none.</summary>
    public CodeUnit? Of(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return _units.GetOrAdd(method.PartialImplementationPart ?? method, Find);
    }

    public bool IsInProject(ISymbol symbol) => libraries.IsOwnCode(symbol);

    /// <summary>The code that a node of the project is: a body, a lambda, an initializer; null if it is none of these.</summary>
    public CodeUnit? Of(SyntaxNode node)
    {
        var entry = node is CompilationUnitSyntax
            ? project.Of(node.SyntaxTree)?.Members.FirstOrDefault(member => member.Has(MemberTraits.TopLevel))
            : project.MemberOf(node);
        if (entry is null)
        {
            return null;
        }

        CodeUnitKind? kind = node switch
        {
            CompilationUnitSyntax => CodeUnitKind.TopLevel,
            TypeDeclarationSyntax => CodeUnitKind.Constructor,
            BaseMethodDeclarationSyntax => CodeUnitKind.Body,
            AccessorDeclarationSyntax or ArrowExpressionClauseSyntax => CodeUnitKind.Accessor,
            EqualsValueClauseSyntax => CodeUnitKind.Initializer,
            AnonymousFunctionExpressionSyntax => CodeUnitKind.Lambda,
            LocalFunctionStatementSyntax => CodeUnitKind.LocalFunction,
            _ => null,
        };
        return kind is null ? null : new(entry.Member, kind.Value, node is CompilationUnitSyntax ? 0 : Math.Max(0, node.SpanStart - entry.Span.Start));
    }

    /// <summary>The pieces of code of a member, without those nested in them.</summary>
    public IReadOnlyList<CodeUnit> In(TreeIndex.MemberEntry entry, SyntaxNode declaration)
    {
        IEnumerable<SyntaxNode> parts = declaration switch
        {
            BasePropertyDeclarationSyntax property => property.DescendantNodes(node => node is not StatementSyntax and not ExpressionSyntax)
                .Where(node => node is AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null }
                    or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }
                    or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }),
            BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Initializer).OfType<SyntaxNode>(),
            TypeDeclarationSyntax { ParameterList: null } => [],
            _ => [declaration],
        };
        return parts.Select(Of).OfType<CodeUnit>().ToArray();
    }

    /// <summary>The same of a member by its name; none if the program no longer has it.</summary>
    public IReadOnlyList<CodeUnit> In(CodeMember member, CancellationToken cancellation) =>
        project.Entry(member) is { } entry && project.TreeOf(member) is { } tree ? In(entry, TreeIndex.DeclarationOf(entry, tree.GetRoot(cancellation))) : [];

    /// <summary>The syntax of a piece of code; null if the program no longer has it.</summary>
    public SyntaxNode? SyntaxOf(CodeUnit unit, CancellationToken cancellation)
    {
        if (project.Entry(unit.Member) is not { } entry || project.TreeOf(unit.Member) is not { } tree)
        {
            return null;
        }

        var root = tree.GetRoot(cancellation);
        var declaration = TreeIndex.DeclarationOf(entry, root);
        if (unit.Kind is CodeUnitKind.TopLevel or CodeUnitKind.Constructor || (unit.Kind == CodeUnitKind.Body && unit.Start == 0))
        {
            return declaration;
        }

        var position = entry.Span.Start + unit.Start;
        if (position > entry.Span.End)
        {
            return null;
        }

        for (var node = root.FindToken(position).Parent; node is not null; node = node.Parent)
        {
            if (node.SpanStart == position && Of(node) is { } found && found.Kind == unit.Kind)
            {
                return node;
            }

            if (node == declaration)
            {
                break;
            }
        }

        return null;
    }

    private CodeUnit? Find(IMethodSymbol method)
    {
        if (!IsInProject(method))
        {
            return null;
        }

        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (compilation.ContainsSyntaxTree(reference.SyntaxTree) && Of(reference.GetSyntax()) is { } unit)
            {
                return unit;
            }
        }

        // A constructor that nobody wrote.
        if (method is { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true, Parameters.IsEmpty: true })
        {
            foreach (var reference in method.ContainingType.DeclaringSyntaxReferences)
            {
                if (compilation.ContainsSyntaxTree(reference.SyntaxTree) && reference.GetSyntax() is TypeDeclarationSyntax type && Of(type) is { } unit)
                {
                    return unit;
                }
            }
        }

        return null;
    }
}
