using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Moves states along every path of one control flow graph until nothing changes, then shows each event with the state before it.
/// </summary>
/// <remarks>
/// Roslyn's graph has regions and no exception edges: a state in which an operation may throw goes to the handlers of the try
/// around it. A finally region is run as a subroutine of each branch that passes through it, so that the path on which an
/// exception flies does not blur the path on which none does.
/// </remarks>
internal sealed class Solver(ControlFlowGraph graph, Interpreter interpreter, bool callerWantsExceptions)
{
    private readonly Dictionary<ControlFlowRegion, bool> _wantsExceptions = [];
    private readonly bool[] _isInLoop = FindLoops(graph);

    /// <summary>Where control can be after a range of blocks.</summary>
    /// <param name="Normal">At the exit of the graph, or at the end of the finally region.</param>
    /// <param name="Exceptional">An exception leaves the range.</param>
    public readonly record struct Exits(Disjuncts Normal, Disjuncts Exceptional);

    /// <param name="entry">The states on entry.</param>
    /// <param name="observe">Whether the events are to be shown once nothing changes any more.</param>
    public Exits Run(Disjuncts entry, bool observe) => Run(graph.Root, entry, observe);

    private Exits Run(ControlFlowRegion range, Disjuncts entry, bool observe)
    {
        var run = new RangeRun(range);
        run.Enter(range.FirstBlockOrdinal, entry);
        while (run.TryTakeBlock(out var ordinal))
        {
            // Blocks are taken in their order: what is in no loop is taken once, when all that leads to it is done.
            interpreter.CountBlock();
            Transfer(graph.Blocks[ordinal], run, observe && !_isInLoop[ordinal]);
        }

        if (observe)
        {
            for (var ordinal = range.FirstBlockOrdinal; ordinal <= range.LastBlockOrdinal; ordinal++)
            {
                if (_isInLoop[ordinal] && !run.At(ordinal).IsUnreachable)
                {
                    Transfer(graph.Blocks[ordinal], run, observe: true);
                }
            }
        }

        return range == graph.Root
            ? new(run.At(range.LastBlockOrdinal), run.Exceptional)
            : new(run.End, run.Exceptional);
    }

    private void Transfer(BasicBlock block, RangeRun run, bool observe)
    {
        var wantsExceptions = WantsExceptions(block.EnclosingRegion);
        var thrown = Disjuncts.Unreachable;
        foreach (var state in run.At(block.Ordinal).States)
        {
            interpreter.Start(state, observe, wantsExceptions);
            for (var i = 0; i < block.Operations.Length && !interpreter.HasStopped; i++)
            {
                interpreter.Evaluate(block.Operations[i]);
            }

            var value = block.BranchValue is null || interpreter.HasStopped ? null : interpreter.Evaluate(block.BranchValue);
            thrown = thrown.Join(interpreter.Thrown);
            if (interpreter.HasStopped)
            {
                continue;
            }

            var after = interpreter.State;

            if (block.ConditionalSuccessor is { } conditional)
            {
                var jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
                Follow(conditional, interpreter.Refine(block.BranchValue!, value!, jumpsWhen), null, block, run, observe);
                interpreter.Start(after, observe, wantsExceptions);
                Follow(block.FallThroughSuccessor, interpreter.Refine(block.BranchValue!, value!, !jumpsWhen), null, block, run, observe);
            }
            else
            {
                Follow(block.FallThroughSuccessor, after, value, block, run, observe);
            }
        }

        Throw(block.EnclosingRegion, thrown, run, observe);
    }

    private void Follow(ControlFlowBranch? branch, State? state, Value? value, BasicBlock block, RangeRun run, bool observe)
    {
        if (branch is null || state is null)
        {
            return;
        }

        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                Throw(block.EnclosingRegion, Disjuncts.Of(state), run, observe);
                return;

            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                run.End = run.End.Add(state);
                return;

            case ControlFlowBranchSemantics.Return:
                state = state.With(Interpreter.ReturnVariable, value ?? Value.Unknown);
                break;
        }

        if (branch.Destination is not { } destination)
        {
            return;
        }

        var states = Disjuncts.Of(state);
        foreach (var region in branch.FinallyRegions)
        {
            states = RunFinally(region, states, run, observe);
        }

        run.Enter(destination.Ordinal, states);
    }

    /// <summary>An exception leaves <paramref name="from"/>: to the handlers around it, and outward past those that do not take every exception.</summary>
    private void Throw(ControlFlowRegion from, Disjuncts states, RangeRun run, bool observe)
    {
        for (var region = from; region is not null && !states.IsUnreachable && region != run.Range; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } whole)
            {
                continue;
            }

            if (whole.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                states = RunFinally(whole.NestedRegions[1], states, run, observe);
                continue;
            }

            foreach (var handler in whole.NestedRegions.Skip(1))
            {
                run.Enter(handler.FirstBlockOrdinal, states);
                if (handler.Kind == ControlFlowRegionKind.Catch && TakesEveryException(handler.ExceptionType))
                {
                    return;
                }
            }
        }

        run.Exceptional = run.Exceptional.Join(states);
    }

    private Disjuncts RunFinally(ControlFlowRegion region, Disjuncts entry, RangeRun run, bool observe)
    {
        if (entry.IsUnreachable)
        {
            return entry;
        }

        // What an exception in it leads to is followed with the first run, not again at each branch through it.
        if (!run.FinallyRuns.TryGetValue((region, entry, observe), out var exits))
        {
            exits = Run(region, entry, observe);
            run.FinallyRuns.Add((region, entry, observe), exits);
            Throw(region.EnclosingRegion!, exits.Exceptional, run, observe);
        }

        return exits.Normal;
    }

    /// <summary>
    /// Whether it matters what an exception in <paramref name="region"/> leaves behind: somebody catches it, or a finally the user
    /// wrote sees it. The finally of a using disposes, which no rule asks about on that path.
    /// </summary>
    private bool WantsExceptions(ControlFlowRegion region)
    {
        if (_wantsExceptions.TryGetValue(region, out var known))
        {
            return known;
        }

        var wants = callerWantsExceptions;
        for (var inner = region; inner != graph.Root && inner.EnclosingRegion is { } outer && !wants; inner = outer)
        {
            wants = inner.Kind == ControlFlowRegionKind.Try
                && (outer.Kind == ControlFlowRegionKind.TryAndCatch || !IsImplicit(outer.NestedRegions[1]));
        }

        return _wantsExceptions[region] = wants;
    }

    /// <summary>By ordinal, the blocks between the ends of a branch that goes back.</summary>
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

    private bool IsImplicit(ControlFlowRegion region)
    {
        for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
        {
            foreach (var operation in graph.Blocks[ordinal].Operations)
            {
                if (!operation.IsImplicit)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool TakesEveryException(ITypeSymbol? type) =>
        type is null or { SpecialType: SpecialType.System_Object }
        || (type.Name == nameof(Exception) && type.ContainingNamespace is { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true });

    /// <summary>The states at the blocks of one range, and the blocks still to visit.</summary>
    private sealed class RangeRun(ControlFlowRegion range)
    {
        private readonly Disjuncts[] _states = new Disjuncts[range.LastBlockOrdinal - range.FirstBlockOrdinal + 1];
        private readonly int[] _visits = new int[range.LastBlockOrdinal - range.FirstBlockOrdinal + 1];
        private readonly SortedSet<int> _pending = [];

        public ControlFlowRegion Range => range;

        public Dictionary<(ControlFlowRegion Region, Disjuncts Entry, bool Observe), Exits> FinallyRuns { get; } = [];

        public Disjuncts End { get; set; } = Disjuncts.Unreachable;

        public Disjuncts Exceptional { get; set; } = Disjuncts.Unreachable;

        public Disjuncts At(int ordinal) => _states[ordinal - range.FirstBlockOrdinal];

        public void Enter(int ordinal, Disjuncts states)
        {
            var index = ordinal - range.FirstBlockOrdinal;
            if (states.IsUnreachable || index < 0 || index >= _states.Length)
            {
                return;
            }

            var before = _states[index];
            var joined = before.Join(states);
            if (_visits[index] >= FlowLimits.VisitsBeforeCollapse)
            {
                joined = joined.Collapse();
            }

            if (!joined.Equals(before))
            {
                _states[index] = joined;
                _pending.Add(ordinal);
            }
        }

        public bool TryTakeBlock(out int ordinal)
        {
            ordinal = _pending.Count == 0 ? -1 : _pending.Min;
            if (ordinal < 0)
            {
                return false;
            }

            _pending.Remove(ordinal);
            _visits[ordinal - range.FirstBlockOrdinal]++;
            return true;
        }
    }
}
