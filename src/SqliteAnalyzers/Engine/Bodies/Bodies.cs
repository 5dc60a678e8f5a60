using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The operations and control flow graphs of the compilation's code; the one place that asks for a semantic model.
/// </summary>
/// <remarks>Graphs are held weakly: what was bound to make a summary is not kept when the summary is made.</remarks>
internal sealed class Bodies(Compilation compilation, ProjectIndex project, CodeUnits units, Counters counters)
{
    private readonly ConcurrentDictionary<CodeUnit, WeakReference<RootBody>> _roots = new();

    public ProjectIndex Project => project;

    /// <remarks>
    /// Inside an analyzer the compilation answers with the driver's cached model, whose operations are the very ones the driver
    /// hands out (BodiesTests holds this), so looking into a callee binds nothing twice.
    /// </remarks>
#pragma warning disable RS1030 // The driver's model is the one that comes back: see the remarks.
    public SemanticModel ModelOf(SyntaxTree tree) => compilation.GetSemanticModel(tree);
#pragma warning restore RS1030

    /// <summary>The code of a unit; null if there is none, or it is too big.</summary>
    public Body? Find(CodeUnit unit, CancellationToken cancellation)
    {
        if (!unit.IsNested)
        {
            return Root(unit, cancellation)?.Own;
        }

        return units.SyntaxOf(unit, cancellation) is { } syntax && RootOf(syntax) is { } root
            ? Root(root, cancellation)?.Nested(unit)
            : null;
    }

    /// <summary>The operations of a unit that is not nested in another.</summary>
    public IOperation? OperationOf(CodeUnit unit, CancellationToken cancellation) => OperationOf(units.SyntaxOf(unit, cancellation), cancellation);

    /// <summary>The operation of a unit, nested or not, without a graph.</summary>
    public IOperation? OperationOf(SyntaxNode? syntax, CancellationToken cancellation)
    {
        if (syntax is null or TypeDeclarationSyntax { BaseList: null })
        {
            return null;
        }

        try
        {
            return ModelOf(syntax.SyntaxTree).GetOperation(syntax, cancellation);
        }
        catch (InvalidOperationException)
        {
            // Roslyn's own answer to some code that is half typed: nothing is known of it.
            return null;
        }
    }

    private CodeUnit? RootOf(SyntaxNode syntax)
    {
        for (var node = syntax.Parent; node is not null; node = node.Parent)
        {
            if (node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }
                or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }
                or CompilationUnitSyntax or TypeDeclarationSyntax)
            {
                return units.Of(node);
            }
        }

        return null;
    }

    private RootBody? Root(CodeUnit unit, CancellationToken cancellation)
    {
        if (_roots.TryGetValue(unit, out var reference) && reference.TryGetTarget(out var known))
        {
            return known;
        }

        if (units.SyntaxOf(unit, cancellation) is not { } syntax || project.Entry(unit.Member) is not { } entry)
        {
            return null;
        }

        var model = ModelOf(syntax.SyntaxTree);
        var operation = OperationOf(syntax, cancellation);
        var graph = operation is null ? null : Build(operation, cancellation);
        if (operation is not null && graph is null)
        {
            return null;
        }

        var symbol = syntax switch
        {
            EqualsValueClauseSyntax { Parent: { } declarator } => model.GetDeclaredSymbol(declarator, cancellation),
            ArrowExpressionClauseSyntax { Parent: { } property } => (model.GetDeclaredSymbol(property, cancellation) as IPropertySymbol)?.GetMethod,
            TypeDeclarationSyntax type => (model.GetDeclaredSymbol(type, cancellation) as INamedTypeSymbol)?.InstanceConstructors
                .FirstOrDefault(constructor => constructor.DeclaringSyntaxReferences.Any(at => at.GetSyntax(cancellation) is TypeDeclarationSyntax) || constructor.IsImplicitlyDeclared),
            _ => model.GetDeclaredSymbol(syntax, cancellation),
        };
        var root = new RootBody(this, new(unit, graph, symbol, syntax, entry.Span.Start, model));
        _roots[unit] = new(root);
        return root;
    }

    private ControlFlowGraph? Build(IOperation operation, CancellationToken cancellation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        counters.CountGraph();
        try
        {
            var graph = operation switch
            {
                IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellation),
                IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellation),
                IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellation),
                IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellation),
                IParameterInitializerOperation parameter => ControlFlowGraph.Create(parameter, cancellation),
                IBlockOperation block => ControlFlowGraph.Create(block, cancellation),
                _ => null,
            };
            return graph is null || IsTooLarge(graph) ? null : graph;
        }
        catch (Exception exception) when (exception is InsufficientExecutionStackException or InvalidOperationException)
        {
            // Roslyn's own answers to code nested too deep, and to some that is half typed.
            return null;
        }
    }

    private static bool IsTooLarge(ControlFlowGraph graph)
    {
        if (graph.Blocks.Length > Limits.MaxBlocks)
        {
            return true;
        }

        var regions = new Stack<(ControlFlowRegion Region, int Finallys)>([(graph.Root, 0)]);
        while (regions.Count > 0)
        {
            var (region, finallys) = regions.Pop();
            if (finallys > Limits.MaxNestedFinallys)
            {
                return true;
            }

            foreach (var nested in region.NestedRegions)
            {
                regions.Push((nested, finallys + (nested.Kind == ControlFlowRegionKind.TryAndFinally ? 1 : 0)));
            }
        }

        return false;
    }

    /// <summary>The code of one member's body with all that is nested in it.</summary>
    private sealed class RootBody(Bodies bodies, Body own)
    {
        private Dictionary<CodeUnit, Body>? _nested;

        public Body Own => own;

        public Body? Nested(CodeUnit unit) => (_nested ??= Collect()).TryGetValue(unit, out var body) ? body : null;

        private Dictionary<CodeUnit, Body> Collect()
        {
            var nested = new Dictionary<CodeUnit, Body>();
            if (own.Graph is not null)
            {
                Collect(own.Graph, nested);
            }

            return nested;
        }

        private void Collect(ControlFlowGraph graph, Dictionary<CodeUnit, Body> nested)
        {
            foreach (var function in graph.LocalFunctions)
            {
                Add(graph.GetLocalFunctionControlFlowGraph(function), function, nested);
            }

            foreach (var block in graph.Blocks)
            {
                foreach (var operation in block.Operations)
                {
                    Collect(operation, graph, nested);
                }

                if (block.BranchValue is { } value)
                {
                    Collect(value, graph, nested);
                }
            }
        }

        private void Collect(IOperation root, ControlFlowGraph graph, Dictionary<CodeUnit, Body> nested)
        {
            foreach (var operation in root.DescendantsAndSelf())
            {
                if (operation is IFlowAnonymousFunctionOperation lambda)
                {
                    Add(graph.GetAnonymousFunctionControlFlowGraph(lambda), lambda.Symbol, nested);
                }
            }
        }

        private void Add(ControlFlowGraph graph, IMethodSymbol symbol, Dictionary<CodeUnit, Body> nested)
        {
            var syntax = graph.OriginalOperation.Syntax;
            if (bodies.UnitOf(syntax) is { } unit && !nested.ContainsKey(unit))
            {
                nested.Add(unit, new(unit, IsTooLarge(graph) ? null : graph, symbol, syntax, own.MemberStart, own.Model));
                Collect(graph, nested);
            }
        }
    }

    private CodeUnit? UnitOf(SyntaxNode syntax) => units.Of(syntax);
}

/// <summary>A piece of code with what is needed to look into it.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Graph">Null of a constructor that nobody wrote.</param>
/// <param name="Symbol">The method, lambda or local function; the field or property of an initializer.</param>
/// <param name="Syntax">Its syntax.</param>
/// <param name="MemberStart">Where its member starts in the source.</param>
/// <param name="Model">The semantic model of its tree.</param>
internal sealed record Body(CodeUnit Unit, ControlFlowGraph? Graph, ISymbol? Symbol, SyntaxNode Syntax, int MemberStart, SemanticModel Model)
{
    private CodeLiveness? _liveness;
    private bool[]? _isInLoop;
    private CodeLoops? _loops;
    private CodeQuestions? _questions;

    /// <summary>What can still be read, by block.</summary>
    public CodeLiveness Liveness => _liveness ??= new(Graph!, this);

    /// <summary>By ordinal, whether a block may run more than once.</summary>
    public bool[] IsInLoop => _isInLoop ??= FindLoops(Graph!);

    public CodeLoops Loops => _loops ??= new(this);

    public CodeQuestions Questions => _questions ??= new(this);

    /// <summary>The place of a node of this member.</summary>
    public Place PlaceOf(SyntaxNode node) => new(Unit.Member, node.SpanStart - MemberStart, node.Span.Length);

    /// <summary>Where all of it stands.</summary>
    public Place Place => PlaceOf(Syntax);

    public bool IsIterator => Symbol is IMethodSymbol { ReturnType: INamedTypeSymbol { Name: "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" } }
        && Syntax.DescendantNodes(node => node == Syntax || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is YieldStatementSyntax);

    /// <summary>Only an ordinary method's parameters are told by callers that can be found.</summary>
    public bool IsToldByCallers =>
        Symbol is IMethodSymbol { IsOverride: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
        && method.ExplicitInterfaceImplementations.IsEmpty;

    public VariableId IdOf(ISymbol variable)
    {
        var location = variable.Locations.FirstOrDefault(at => at.SourceTree == Syntax.SyntaxTree);

        // A local variable that the compiler made for itself, as a lock has one, has no name.
        return new(Unit.Member, variable.Name ?? "", location is null ? 0 : location.SourceSpan.Start - MemberStart);
    }

    /// <summary>The blocks between the ends of a branch that goes back.</summary>
    private static bool[] FindLoops(ControlFlowGraph graph)
    {
        var isInLoop = new bool[graph.Blocks.Length];
        var end = -1;
        foreach (var block in graph.Blocks)
        {
            foreach (var predecessor in block.Predecessors)
            {
                end = Math.Max(end, predecessor.Source.Ordinal >= block.Ordinal ? predecessor.Source.Ordinal : -1);
            }

            isInLoop[block.Ordinal] = block.Ordinal <= end;
        }

        return isInLoop;
    }
}
