using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// The control flow graphs of the compilation's methods, each built once; the one place that asks for a semantic model.
/// </summary>
internal sealed class MethodBodies(Compilation compilation, FlowCounters counters)
{
    private readonly ConcurrentDictionary<SyntaxNode, ControlFlowGraph?> _graphs = new();
    private readonly ConcurrentDictionary<IMethodSymbol, (ControlFlowGraph Graph, SyntaxNode Declaration)?> _methods = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    /// <remarks>
    /// Inside an analyzer the compilation answers with the driver's cached model, whose operations are the very ones the driver
    /// hands out (MethodBodiesTests holds this), so looking into a callee binds nothing twice.
    /// </remarks>
#pragma warning disable RS1030 // The driver's model is the one that comes back: see the remarks.
    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, key => compilation.GetSemanticModel(key));
#pragma warning restore RS1030

    /// <summary>The symbol of the expression at a place; null if it is not one name.</summary>
    public ISymbol? SymbolAt(Location location)
    {
        if (location.SourceTree is not { } tree || !compilation.ContainsSyntaxTree(tree))
        {
            return null;
        }

        var node = tree.GetRoot().FindNode(location.SourceSpan, getInnermostNodeForTie: true);
        return ModelOf(tree).GetSymbolInfo(node is InterpolationSyntax interpolation ? interpolation.Expression : node).Symbol;
    }

    /// <summary>The graph of a method, constructor or accessor declared in source, with its declaration; null if it has no body.</summary>
    public (ControlFlowGraph Graph, SyntaxNode Declaration)? Find(IMethodSymbol method, CancellationToken cancellation) =>
        _methods.GetOrAdd(method, key => Read(key, cancellation));

    private (ControlFlowGraph Graph, SyntaxNode Declaration)? Read(IMethodSymbol method, CancellationToken cancellation)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellation);
            var code = declaration is ArrowExpressionClauseSyntax ? declaration.Parent! : declaration;
            if (!compilation.ContainsSyntaxTree(declaration.SyntaxTree)
                || declaration is not (BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or CompilationUnitSyntax or TypeDeclarationSyntax))
            {
                continue;
            }

            var operation = ModelOf(declaration.SyntaxTree).GetOperation(declaration, cancellation);
            if (operation is not null && GraphOf(operation, cancellation) is { } graph)
            {
                return (graph, code);
            }
        }

        return null;
    }

    /// <summary>The operation block of a code block as the driver hands it out: of a body, or the initializer of one field or property.</summary>
    public IOperation? BlockOf(SyntaxNode codeBlock, ISymbol owner, CancellationToken cancellation)
    {
        var part = codeBlock switch
        {
            PropertyDeclarationSyntax property => property.Initializer,
            BaseFieldDeclarationSyntax field => field.Declaration.Variables.FirstOrDefault(variable => variable.Identifier.ValueText == owner.Name)?.Initializer,
            _ => codeBlock,
        };
        return part is null ? null : ModelOf(part.SyntaxTree).GetOperation(part, cancellation);
    }

    /// <summary>The operation blocks of a declaration: a method's body, the accessors of a property, initializers.</summary>
    public IEnumerable<(IOperation Block, IMethodSymbol? Method)> BlocksIn(SyntaxNode declaration)
    {
        var model = ModelOf(declaration.SyntaxTree);
        IEnumerable<SyntaxNode> parts = declaration switch
        {
            BasePropertyDeclarationSyntax property => property.DescendantNodes(node => node is not StatementSyntax)
                .Where(node => node is AccessorDeclarationSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax),
            BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Initializer).OfType<SyntaxNode>(),
            _ => [declaration],
        };
        foreach (var part in parts)
        {
            if (model.GetOperation(part) is { } operation)
            {
                yield return (operation, (model.GetDeclaredSymbol(part) ?? model.GetDeclaredSymbol(declaration)) as IMethodSymbol);
            }
        }
    }

    /// <summary>The graph of an operation block as the driver hands it out, or of its outermost parent.</summary>
    public ControlFlowGraph? GraphOf(IOperation block, CancellationToken cancellation)
    {
        while (block.Parent is { } parent)
        {
            block = parent;
        }

        return _graphs.GetOrAdd(block.Syntax, _ => Build(block, cancellation));
    }

    private ControlFlowGraph? Build(IOperation root, CancellationToken cancellation)
    {
        counters.CountGraph();
        try
        {
            var graph = root switch
            {
                IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellation),
                IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellation),
                IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellation),
                IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellation),
                IParameterInitializerOperation parameter => ControlFlowGraph.Create(parameter, cancellation),
                IBlockOperation block => ControlFlowGraph.Create(block, cancellation),
                _ => null,
            };
            return graph?.Blocks.Length > FlowLimits.MaxBlocks ? null : graph;
        }
        catch (InsufficientExecutionStackException)
        {
            // Roslyn's own answer to code nested too deep.
            return null;
        }
    }
}
