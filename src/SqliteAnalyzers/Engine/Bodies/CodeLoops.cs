using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace SqliteAnalyzers.Engine;

/// <summary>The loops of a graph that come back to an operation without an exception.</summary>
internal sealed class CodeLoops
{
    private readonly Body _body;
    private readonly bool _hasLoop;
    private readonly Dictionary<IOperation, int> _blocks = [];
    private readonly IReadOnlyCollection<int>[] _successors;

    public CodeLoops(Body body)
    {
        _body = body;
        _hasLoop = Array.IndexOf(body.IsInLoop, true) >= 0;
        var successors = body.Graph!.Blocks.Select(_ => new HashSet<int>()).ToArray();
        foreach (var block in body.Graph.Blocks)
        {
            foreach (var operation in RootsOf(block))
            {
                _blocks[operation] = block.Ordinal;
            }

            foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch?.Destination is { } destination)
                {
                    Connect(successors, block.Ordinal, branch, destination.Ordinal);
                }
            }
        }

        _successors = successors;
    }

    /// <summary>The innermost loop around an operation that a block begins with; null if there is none.</summary>
    public SyntaxNode? Around(IOperation root)
    {
        if (!_hasLoop || !_blocks.TryGetValue(root, out var block))
        {
            return null;
        }

        for (var loop = LoopAround(root.Syntax); loop is not null; loop = LoopAround(loop))
        {
            if (ComesBackTo(block, loop))
            {
                return loop;
            }
        }

        return null;
    }

    private static IEnumerable<IOperation> RootsOf(BasicBlock block) => block.BranchValue is null ? block.Operations : block.Operations.Add(block.BranchValue);

    /// <summary>A branch runs through the finally regions on its way, and only one that does so goes on to its destination.</summary>
    private static void Connect(HashSet<int>[] successors, int from, ControlFlowBranch branch, int to)
    {
        foreach (var region in branch.FinallyRegions)
        {
            successors[from].Add(region.FirstBlockOrdinal);
            for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
            {
                successors[ordinal].Add(to);
            }
        }

        successors[from].Add(to);
    }

    private bool ComesBackTo(int block, SyntaxNode loop)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>([block]);
        while (pending.Count > 0)
        {
            foreach (var next in _successors[pending.Pop()])
            {
                if (next == block)
                {
                    return true;
                }

                if (IsIn(next, loop) && !IsOnTheWay(next, block) && seen.Add(next))
                {
                    pending.Push(next);
                }
            }
        }

        return false;
    }

    /// <summary>Whether a block is in a finally region that the other one is not part of: the branches through it lead to their destinations by themselves.</summary>
    private bool IsOnTheWay(int block, int from)
    {
        for (var region = _body.Graph!.Blocks[block].EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Finally && (from < region.FirstBlockOrdinal || from > region.LastBlockOrdinal))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsIn(int block, SyntaxNode loop) => RootsOf(_body.Graph!.Blocks[block]).All(operation => loop.Span.Contains(operation.Syntax.Span));

    /// <summary>The loop of which the node is in the part that is repeated.</summary>
    private SyntaxNode? LoopAround(SyntaxNode node)
    {
        for (var (child, parent) = (node, node.Parent); parent is not null && child != _body.Syntax; (child, parent) = (parent, parent.Parent))
        {
            var isRepeated = parent switch
            {
                WhileStatementSyntax or DoStatementSyntax => true,
                ForStatementSyntax loop => child == loop.Statement || child == loop.Condition || loop.Incrementors.Contains(child),
                CommonForEachStatementSyntax loop => child == loop.Statement,
                _ => false,
            };
            if (isRepeated)
            {
                return parent;
            }

            if (parent is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                return null;
            }
        }

        return null;
    }
}
