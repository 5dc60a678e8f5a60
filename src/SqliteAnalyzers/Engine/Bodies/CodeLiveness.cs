using System.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Which local variables and captures of a graph can still be read at the start of each block. What cannot is forgotten there: it
/// would only keep apart states that are the same.
/// </summary>
/// <remarks>Variables that a lambda or local function may use are always live: it can run anywhere. So are those of the code around one, which goes on with them.</remarks>
internal sealed class CodeLiveness
{
    private readonly Dictionary<StateKey, int> _indexes = [];
    private readonly HashSet<string> _sharedNames = new(StringComparer.Ordinal);
    private readonly BitArray[] _liveIn;

    public CodeLiveness(ControlFlowGraph graph, Body body)
    {
        var usage = graph.Blocks.Select(block => UsageOf(block, body)).ToArray();
        foreach (var function in graph.LocalFunctions)
        {
            Share(graph.GetLocalFunctionControlFlowGraph(function).OriginalOperation.Syntax);
        }

        _liveIn = graph.Blocks.Select(_ => new BitArray(_indexes.Count)).ToArray();
        if (_indexes.Count > 0)
        {
            Solve(SuccessorsIn(graph), HandlersIn(graph), usage);
        }
    }

    /// <summary>Whether the value can matter from the start of this block on.</summary>
    public bool IsLive(StateKey key, int block) =>
        !_indexes.TryGetValue(key, out var index) ? key is not CaptureKey
        : _liveIn[block][index] || (key is VariableKey { Variable.Name: var name } && _sharedNames.Contains(name));

    /// <summary>What a block reads before it writes it, and what it writes before it reads it.</summary>
    private sealed record Usage(HashSet<int> Used, HashSet<int> Defined);

    private void Solve(IReadOnlyList<int>[] successors, IReadOnlyList<int>[] handlers, Usage[] usage)
    {
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            for (var i = usage.Length - 1; i >= 0; i--)
            {
                var live = new BitArray(_indexes.Count);
                foreach (var successor in successors[i])
                {
                    live.Or(_liveIn[successor]);
                }

                foreach (var defined in usage[i].Defined)
                {
                    live[defined] = false;
                }

                foreach (var used in usage[i].Used)
                {
                    live[used] = true;
                }

                // An exception can come before anything is written.
                foreach (var handler in handlers[i])
                {
                    live.Or(_liveIn[handler]);
                }

                if (!IsEqual(live, _liveIn[i]))
                {
                    _liveIn[i] = live;
                    isChanged = true;
                }
            }
        }
    }

    private static bool IsEqual(BitArray a, BitArray b)
    {
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i] != b[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where control can go at the end of each block.</summary>
    private static IReadOnlyList<int>[] SuccessorsIn(ControlFlowGraph graph)
    {
        var successors = graph.Blocks.Select(_ => new List<int>()).ToArray();
        foreach (var block in graph.Blocks)
        {
            foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch?.Destination is not { } destination)
                {
                    continue;
                }

                successors[block.Ordinal].Add(destination.Ordinal);
                foreach (var region in branch.FinallyRegions)
                {
                    successors[block.Ordinal].Add(region.FirstBlockOrdinal);

                    // A finally goes on where the branch through it leads.
                    for (var i = region.FirstBlockOrdinal; i <= region.LastBlockOrdinal; i++)
                    {
                        successors[i].Add(destination.Ordinal);
                    }
                }
            }
        }

        return successors.Select(list => (IReadOnlyList<int>)list.Distinct().ToArray()).ToArray();
    }

    /// <summary>Where an exception can lead from anywhere in each block.</summary>
    private static IReadOnlyList<int>[] HandlersIn(ControlFlowGraph graph) => graph.Blocks.Select(block =>
    {
        var handlers = new List<int>();
        for (var region = block.EnclosingRegion; region is not null && region != graph.Root; region = region.EnclosingRegion)
        {
            if (region.Kind is ControlFlowRegionKind.Try or ControlFlowRegionKind.Filter or ControlFlowRegionKind.Catch && region.EnclosingRegion is { } whole)
            {
                handlers.AddRange(whole.NestedRegions.Where(handler => handler != region && handler.Kind != ControlFlowRegionKind.Try).Select(handler => handler.FirstBlockOrdinal));
            }
        }

        return (IReadOnlyList<int>)handlers;
    }).ToArray();

    private Usage UsageOf(BasicBlock block, Body body)
    {
        var usage = new Usage([], []);
        foreach (var operation in block.Operations)
        {
            Read(operation, body, usage);
        }

        if (block.BranchValue is { } value)
        {
            Read(value, body, usage);
        }

        return usage;
    }

    private void Read(IOperation root, Body body, Usage usage)
    {
        var pending = new Stack<IOperation>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            switch (operation)
            {
                case ILocalReferenceOperation { Local: var around } when IsOfCodeAround(around, body):
                    break;
                case ILocalReferenceOperation local:
                    Use(new VariableKey(body.IdOf(local.Local)), usage);
                    break;
                case IFlowCaptureReferenceOperation reference:
                    Use(new CaptureKey(reference.Id), usage);
                    break;
                case IFlowCaptureOperation capture:
                    Read(capture.Value, body, usage);
                    Define(new CaptureKey(capture.Id), usage);
                    continue;
                case ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation { Local: { RefKind: RefKind.None } assigned }, Parent: null or IExpressionStatementOperation } assignment when !IsOfCodeAround(assigned, body):
                    Read(assignment.Value, body, usage);
                    Define(new VariableKey(body.IdOf(assigned)), usage);
                    continue;
                case IFlowAnonymousFunctionOperation lambda:
                    Share(lambda.Syntax);
                    continue;
            }

            foreach (var child in operation.ChildOperations)
            {
                pending.Push(child);
            }
        }
    }

    private static bool IsOfCodeAround(ILocalSymbol local, Body body) => body.Unit.IsNested && !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, body.Symbol);

    private void Share(SyntaxNode nested)
    {
        foreach (var name in nested.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            _sharedNames.Add(name.Identifier.ValueText);
        }
    }

    private void Use(StateKey key, Usage usage)
    {
        var index = IndexOf(key);
        if (!usage.Defined.Contains(index))
        {
            usage.Used.Add(index);
        }
    }

    private void Define(StateKey key, Usage usage)
    {
        var index = IndexOf(key);
        if (!usage.Used.Contains(index))
        {
            usage.Defined.Add(index);
        }
    }

    private int IndexOf(StateKey key)
    {
        if (!_indexes.TryGetValue(key, out var index))
        {
            _indexes.Add(key, index = _indexes.Count);
        }

        return index;
    }
}
