using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Moves states along every path of one control flow graph until nothing changes, then shows each event with the state before it.
/// </summary>
/// <remarks>
/// Roslyn's graph has regions and no exception edges: a state in which an operation may throw goes to the handlers of the try
/// around it. A finally region is run as a subroutine of each branch that passes through it, and once for all exceptions that do,
/// so that the path on which an exception flies does not blur the path on which none does.
/// </remarks>
internal sealed class Solver(Body body, Interpreter interpreter)
{
    private readonly ControlFlowGraph _graph = body.Graph!;
    private readonly bool[] _isInLoop = body.IsInLoop;

    /// <summary>Where control can be after a range of blocks.</summary>
    /// <param name="Normal">At the exit of the graph, or at the end of the finally region.</param>
    /// <param name="Exceptional">An exception leaves the range.</param>
    public readonly record struct Exits(Disjuncts Normal, Disjuncts Exceptional);

    public Exits Run(Disjuncts entry) => Run(_graph.Root, entry, observe: true);

    private Exits Run(ControlFlowRegion range, Disjuncts entry, bool observe)
    {
        var run = new RangeRun(range, body, interpreter);
        run.Enter(range.FirstBlockOrdinal, Edge.Entry, entry);
        while (run.TryTakeBlock(out var ordinal))
        {
            // Blocks are taken in their order: what is in no loop is taken once, when all that leads to it is done.
            if (run.Flights.TryGetValue(ordinal, out var flight))
            {
                Fly(flight, run, observe && !flight.IsFromLoop);
                continue;
            }

            interpreter.CountBlock();
            Transfer(_graph.Blocks[ordinal], run, observe && !_isInLoop[ordinal]);
        }

        if (observe)
        {
            for (var ordinal = range.FirstBlockOrdinal; ordinal <= range.LastBlockOrdinal; ordinal++)
            {
                if (run.Flights.TryGetValue(ordinal, out var flight) && flight.IsFromLoop)
                {
                    Fly(flight, run, observe: true);
                }
                else if (_isInLoop[ordinal] && !run.At(ordinal).IsUnreachable)
                {
                    Transfer(_graph.Blocks[ordinal], run, observe: true);
                }
            }
        }

        return range == _graph.Root
            ? new(run.At(range.LastBlockOrdinal), run.Exceptional)
            : new(run.End, run.Exceptional);
    }

    private void Transfer(BasicBlock block, RangeRun run, bool observe)
    {
        var outcome = default(Outcome);
        foreach (var state in run.At(block.Ordinal).States)
        {
            // In a loop most of the states at a block are those of the round before.
            outcome = outcome.Join(observe ? Evaluate(block, state, observe) : run.OutcomeOf(block, state, this));
        }

        if (outcome.Continues)
        {
            Follow(block.ConditionalSuccessor, outcome.Conditional, block, run, observe, Edge.Conditional);
            Follow(block.FallThroughSuccessor, outcome.FallThrough, block, run, observe, Edge.FallThrough);
        }

        // As in a handler, what fails while the exception is seen to is another matter.
        Throw(block.EnclosingRegion, FilterAround(block, run.Range) is null ? outcome.Thrown : outcome.Thrown.Select(Transitions.Land), run, observe, block.Ordinal);
    }

    /// <summary>What the operations of a block make of one state.</summary>
    private Outcome Evaluate(BasicBlock block, State state, bool observe)
    {
        var thrown = Disjuncts.Unreachable;
        var (fallThrough, conditional, continues) = (Disjuncts.Unreachable, Disjuncts.Unreachable, false);
        interpreter.StartChoices();
        do
        {
            interpreter.Start(state, observe);
            interpreter.CountEvaluation(state);
            for (var i = 0; i < block.Operations.Length && !interpreter.HasStopped; i++)
            {
                interpreter.Evaluate(block.Operations[i]);
            }

            var value = block.BranchValue is null || interpreter.HasStopped ? null : interpreter.Evaluate(block.BranchValue);
            thrown = Join(thrown, interpreter.Thrown);
            if (interpreter.HasStopped)
            {
                continue;
            }

            if (block.ConditionalSuccessor is not null)
            {
                interpreter.Read(value!);
                var after = interpreter.State;
                var jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
                conditional = Add(conditional, interpreter.Decide(block.BranchValue!, value!, jumpsWhen));
                interpreter.Start(after, observe);
                fallThrough = Add(fallThrough, interpreter.Decide(block.BranchValue!, value!, !jumpsWhen));
            }
            else
            {
                fallThrough = Add(fallThrough, block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return
                    ? interpreter.State.With(ReturnKey.Instance, value ?? Value.Unknown)
                    : interpreter.State);
            }

            continues = true;
        }
        while (interpreter.NextChoices());

        return new(fallThrough, conditional, thrown, continues);
    }

    private static Disjuncts Add(Disjuncts disjuncts, State? state) => state is null ? disjuncts : disjuncts.Add(state);

    private static Disjuncts Join(Disjuncts disjuncts, Disjuncts others, bool isThrown = true, bool keepsAll = false)
    {
        if (disjuncts.IsUnreachable)
        {
            return others;
        }

        foreach (var state in others.States)
        {
            disjuncts = disjuncts.Add(state, isThrown, keepsAll);
        }

        return disjuncts;
    }

    private void Follow(ControlFlowBranch? branch, Disjuncts states, BasicBlock block, RangeRun run, bool observe, Edge edge)
    {
        if (branch is null)
        {
            return;
        }

        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                Throw(block.EnclosingRegion, states.Select(Transitions.Throw), run, observe, block.Ordinal);
                return;

            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                // The end of a finally; at the end of a filter the exception flies on, past this handler.
                if (FilterAround(block, run.Range) is not { EnclosingRegion: { } handler })
                {
                    run.End = run.End.Join(states);
                }
                else if (TakesEveryException(handler.ExceptionType))
                {
                    Throw(handler, states, run, observe, block.Ordinal);
                }

                return;
        }

        if (branch.Destination is not { } destination)
        {
            return;
        }

        if (branch.LeavingRegions.Any(region => region.Kind == ControlFlowRegionKind.Filter))
        {
            states = states.Select(Transitions.Land);
        }

        foreach (var region in branch.FinallyRegions)
        {
            states = RunFinally(region, states, run, observe, block.Ordinal);
        }

        run.Enter(destination.Ordinal, edge.From(block.Ordinal), states);
    }

    private static ControlFlowRegion? FilterAround(BasicBlock block, ControlFlowRegion range)
    {
        for (var region = block.EnclosingRegion; region is not null && region != range; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Filter)
            {
                return region;
            }
        }

        return null;
    }

    /// <summary>
    /// An exception leaves <paramref name="from"/>: to the handlers around it, and outward past those that do not take every exception;
    /// of a filter it is told at its end whether the exception flies on.
    /// At a finally region it waits for the others that come there.
    /// </summary>
    private void Throw(ControlFlowRegion from, Disjuncts states, RangeRun run, bool observe, int block)
    {
        for (var region = from; region is not null && !states.IsUnreachable && region != run.Range; region = region.EnclosingRegion)
        {
            if (region.Kind is not (ControlFlowRegionKind.Try or ControlFlowRegionKind.FilterAndHandler) || region.EnclosingRegion is not { } whole
                || (region.Kind == ControlFlowRegionKind.FilterAndHandler && region != from))
            {
                continue;
            }

            if (whole.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                run.Enter(whole, Live(body, states, whole.NestedRegions[1].FirstBlockOrdinal), _isInLoop[block]);
                return;
            }

            foreach (var handler in whole.NestedRegions.Where(handler => handler.FirstBlockOrdinal > region.FirstBlockOrdinal))
            {
                var isFiltered = handler.Kind == ControlFlowRegionKind.FilterAndHandler;
                run.Enter(handler.FirstBlockOrdinal, Edge.Thrown.From(block), isFiltered ? states : states.Select(Transitions.Land));
                if (TakesEveryException(handler.ExceptionType))
                {
                    return;
                }

                states = isFiltered || !interpreter.TakesFailures(handler.ExceptionType) || !ThrowsOnlyFailures(region) ? states : states.Select(Transitions.LandFailure);
            }
        }

        run.Exceptional = Join(run.Exceptional, states);
    }

    /// <summary>The exceptions that have come to a finally region run through it, and on.</summary>
    private void Fly(Flight flight, RangeRun run, bool observe)
    {
        var region = flight.Whole.NestedRegions[1];
        var wasInFlight = interpreter.IsInFlight;
        interpreter.IsInFlight = true;
        var states = RunFinally(region, flight.States, run, observe, region.FirstBlockOrdinal);
        interpreter.IsInFlight = wasInFlight;
        Throw(flight.Whole, states, run, observe, region.FirstBlockOrdinal);
    }

    private Disjuncts RunFinally(ControlFlowRegion region, Disjuncts entry, RangeRun run, bool observe, int block)
    {
        if (entry.IsUnreachable)
        {
            return entry;
        }

        // What an exception in it leads to is followed with the first run, not again at each branch through it.
        entry = Live(body, entry, region.FirstBlockOrdinal);
        if (!run.FinallyRuns.TryGetValue((region, entry, observe, interpreter.IsInFlight), out var exits))
        {
            exits = Run(region, entry, observe);
            run.FinallyRuns.Add((region, entry, observe, interpreter.IsInFlight), exits);
            Throw(region.EnclosingRegion!, exits.Exceptional.Select(Transitions.Land), run, observe, block);
        }

        return exits.Normal;
    }

    /// <summary>The states without what nobody can read any more.</summary>
    private static Disjuncts Live(Body body, Disjuncts states, int ordinal)
    {
        var liveness = body.Liveness;
        return states.Select(state =>
        {
            var mayLose = state.Objects.Keys.Count(static item => item is MadeObject { Kind: ObjectKind.Connection }) > Limits.MaxLost;
            var variables = state.Variables.Where((key, value) =>
            {
                var isLive = key is not (VariableKey or CaptureKey) || liveness.IsLive(key, ordinal);
                mayLose |= !isLive && value.LeadsToObjects;
                return isLive;
            });
            state = state.With(variables);
            return mayLose ? Collector.Collect(state) : state;
        });
    }

    /// <summary>Whether what a region calls throws nothing but what a provider does.</summary>
    private bool ThrowsOnlyFailures(ControlFlowRegion region)
    {
        for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
        {
            var block = _graph.Blocks[ordinal];
            var operations = block.BranchValue is null ? block.Operations : block.Operations.Add(block.BranchValue);
            if (operations.SelectMany(operation => operation.DescendantsAndSelf()).Any(operation => operation switch
            {
                IInvocationOperation invocation => !interpreter.ThrowsOnlyFailures(invocation.TargetMethod) && !Reporting.Only(invocation),
                IObjectCreationOperation { Constructor: { } constructor } => !interpreter.ThrowsOnlyFailures(constructor),
                _ => false,
            }))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TakesEveryException(ITypeSymbol? type) =>
        type is null or { SpecialType: SpecialType.System_Object }
        || (type.Name == nameof(Exception) && type.ContainingNamespace is { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true });

    /// <summary>Where control can be after a block.</summary>
    private readonly record struct Outcome(Disjuncts FallThrough, Disjuncts Conditional, Disjuncts Thrown, bool Continues)
    {
        public Outcome Join(Outcome other) => new(
            FallThrough.Join(other.FallThrough), Conditional.Join(other.Conditional), Solver.Join(Thrown, other.Thrown), Continues || other.Continues);
    }

    /// <summary>By which way control comes to a block.</summary>
    private readonly record struct Edge(int Kind, int Source) : IComparable<Edge>
    {
        public static readonly Edge Entry = new(0, -1);

        public static readonly Edge FallThrough = new(1, -1);

        public static readonly Edge Conditional = new(2, -1);

        public static readonly Edge Thrown = new(3, -1);

        public bool IsThrown => Kind == 3;

        public Edge From(int block) => this with { Source = block };

        public int CompareTo(Edge other)
        {
            var byKind = IsThrown.CompareTo(other.IsThrown);
            return byKind != 0 ? byKind : Source != other.Source ? Source.CompareTo(other.Source) : Kind.CompareTo(other.Kind);
        }
    }

    /// <summary>The exceptions that come to the finally region of a try.</summary>
    private sealed class Flight(ControlFlowRegion whole)
    {
        public ControlFlowRegion Whole => whole;

        public Disjuncts States { get; set; } = Disjuncts.Unreachable;

        /// <summary>Whether one of them comes from a loop, so that more may come in its next round.</summary>
        public bool IsFromLoop { get; set; }
    }

    /// <summary>The states at the blocks of one range, and the blocks still to visit.</summary>
    private sealed class RangeRun(ControlFlowRegion range, Body body, Interpreter interpreter)
    {
        private readonly int _exit = range.EnclosingRegion is null ? range.LastBlockOrdinal : -1;
        private readonly Disjuncts[] _states = new Disjuncts[range.LastBlockOrdinal - range.FirstBlockOrdinal + 1];
        private readonly SortedDictionary<Edge, Disjuncts>?[] _incoming = new SortedDictionary<Edge, Disjuncts>?[range.LastBlockOrdinal - range.FirstBlockOrdinal + 1];
        private readonly int[] _visits = new int[range.LastBlockOrdinal - range.FirstBlockOrdinal + 1];
        private readonly SortedSet<int> _pending = [];
        private readonly Dictionary<(int Block, State State), Outcome> _outcomes = [];

        public ControlFlowRegion Range => range;

        public Dictionary<(ControlFlowRegion Region, Disjuncts Entry, bool Observe, bool IsInFlight), Exits> FinallyRuns { get; } = [];

        /// <summary>By the first block of the finally region, which nothing else leads to.</summary>
        public Dictionary<int, Flight> Flights { get; } = [];

        public Disjuncts End { get; set; } = Disjuncts.Unreachable;

        public Disjuncts Exceptional { get; set; } = Disjuncts.Unreachable;

        public Disjuncts At(int ordinal) => _states[ordinal - range.FirstBlockOrdinal];

        /// <summary>The states that come to a block by one way, in the place of what came by it before.</summary>
        public void Enter(int ordinal, Edge edge, Disjuncts states)
        {
            var index = ordinal - range.FirstBlockOrdinal;
            if (index < 0 || index >= _states.Length)
            {
                return;
            }

            var incoming = _incoming[index];
            if (states.IsUnreachable && incoming?.ContainsKey(edge) != true)
            {
                return;
            }

            states = Live(body, states, ordinal);
            if (incoming is null)
            {
                _incoming[index] = incoming = [];
            }
            else if (incoming.TryGetValue(edge, out var before) && before.Equals(states))
            {
                return;
            }

            // Several ways by which an exception comes from one block are one.
            incoming[edge] = edge.IsThrown && incoming.TryGetValue(edge, out var thrown) ? Join(thrown, states) : states;
            var joined = incoming.Count == 1 ? incoming[edge] : JoinAll(incoming);

            // A caller may know which of them it is: where it matters, all that conditions tell of them is told.
            if (ordinal == _exit && joined.States.Length > 1 && incoming.Values.Sum(static states => states.States.Length) > joined.States.Length && JoinAll(incoming, keepsAll: true) is { States.Length: <= Disjuncts.MaxLeft } left)
            {
                joined = left;
            }

            if (interpreter.IsCollapsing)
            {
                joined = joined.Collapse();
            }

            if (_visits[index] >= Limits.VisitsBeforeCollapse + (2 * joined.States.Length))
            {
                joined = At(ordinal).Join(joined).Collapse();
            }

            if (!joined.Equals(_states[index]))
            {
                _states[index] = joined;
                _pending.Add(ordinal);
            }
        }

        private static Disjuncts JoinAll(SortedDictionary<Edge, Disjuncts> incoming, bool keepsAll = false)
        {
            var joined = Disjuncts.Unreachable;
            foreach (var pair in incoming)
            {
                joined = Join(joined, pair.Value, pair.Key.IsThrown, keepsAll);
            }

            return joined;
        }

        /// <summary>The states in which an exception comes to the finally region of a try.</summary>
        public void Enter(ControlFlowRegion whole, Disjuncts states, bool isFromLoop)
        {
            var ordinal = whole.NestedRegions[1].FirstBlockOrdinal;
            if (!Flights.TryGetValue(ordinal, out var flight))
            {
                Flights.Add(ordinal, flight = new(whole));
            }

            flight.IsFromLoop |= isFromLoop;
            var joined = Join(flight.States, states);
            if (interpreter.IsCollapsing)
            {
                joined = joined.Collapse();
            }

            if (!joined.Equals(flight.States))
            {
                flight.States = joined;
                _pending.Add(ordinal);
            }
        }

        public Outcome OutcomeOf(BasicBlock block, State state, Solver solver)
        {
            if (!_outcomes.TryGetValue((block.Ordinal, state), out var outcome))
            {
                _outcomes.Add((block.Ordinal, state), outcome = solver.Evaluate(block, state, observe: false));
            }

            return outcome;
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
