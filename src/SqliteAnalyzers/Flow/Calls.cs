using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Follows calls into the project's own methods. The effect of a method is worked out on demand, once for each state it is
/// entered in, and kept for the compilation.
/// </summary>
internal sealed class Calls(FlowEngine engine)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ConcurrentDictionary<State, Summary>> _summaries = new(SymbolEqualityComparer.Default);

    /// <summary>What a call comes to.</summary>
    /// <param name="Result">What it returns.</param>
    /// <param name="Exceptional">The state if it throws, where that differs from the state before it.</param>
    /// <param name="NeverReturns">It always throws, ends the process or runs for ever.</param>
    public readonly record struct Outcome(Value Result, State? Exceptional = null, bool NeverReturns = false);

    /// <summary>The effect of one method entered in one state: the state it is left in, and what was seen on the way.</summary>
    /// <param name="Normal">The state it is left in; null if it never returns.</param>
    /// <param name="Exceptional">The state in which an exception leaves it.</param>
    /// <param name="Findings">What only a caller can be sure of.</param>
    /// <param name="Uses">What it uses the connections for.</param>
    /// <param name="Pragmas">The pragmas it sets.</param>
    public sealed record Summary(
        State? Normal,
        State? Exceptional,
        IReadOnlyList<Finding> Findings,
        IReadOnlyDictionary<AbstractObject, ConnectionUse> Uses,
        IReadOnlyCollection<PragmaExecution> Pragmas);

    public Outcome Call(
        Interpreter caller,
        IMethodSymbol method,
        Value? instance,
        IReadOnlyList<Value> arguments,
        IOperation operation,
        bool observe,
        bool wantsExceptions)
    {
        if (method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute"))
        {
            return new(Value.Unknown, NeverReturns: true);
        }

        var receivesObjects = Receives(instance) || arguments.Any(Receives);
        var target = engine.Targets.Resolve(method);
        if (target is null)
        {
            if (engine.Targets.IsInProject(method) && engine.IsRelevantName(method.Name))
            {
                caller.State = Transitions.ForgetAll(caller.State);
            }

            HandOver(caller, arguments);
            return new(Value.Unknown);
        }

        var footprint = engine.Reach.Of(target, caller.Frame.Budget.Cancellation);
        if (!receivesObjects && !footprint.UsesLibrary)
        {
            return new(Value.Unknown);
        }

        if (caller.Frame.Depth >= FlowLimits.MaxCallDepth || engine.Bodies.Find(target, caller.Frame.Budget.Cancellation) is not var (graph, declaration))
        {
            caller.State = Transitions.ForgetAll(caller.State);
            HandOver(caller, arguments);
            return new(Value.Unknown);
        }

        var before = caller.State;
        var entry = CallBoundary.Enter(before, target, footprint, method, instance, arguments, graph.OriginalOperation);
        var summary = Summarize(caller, target, graph, declaration, entry);

        if (observe)
        {
            Adopt(caller.Frame, summary, before, operation);
        }

        var exceptional = wantsExceptions && summary.Exceptional is { } thrown ? CallBoundary.Leave(thrown, entry, before, operation).State : null;
        if (summary.Normal is null)
        {
            return new(Value.Unknown, exceptional, NeverReturns: true);
        }

        var (after, result) = CallBoundary.Leave(summary.Normal, entry, before, operation);
        caller.State = after;
        return new(result, exceptional);
    }

    /// <summary>The arguments go to code that cannot be looked into.</summary>
    private static void HandOver(Interpreter caller, IReadOnlyList<Value> arguments)
    {
        foreach (var argument in arguments)
        {
            foreach (var connection in argument.Objects(ObjectKind.Connection))
            {
                caller.Frame.AddUse(connection, ConnectionUse.Escapes);
            }

            caller.Escape(argument);
        }
    }

    /// <summary>Whether the value holds an object that the method could act on.</summary>
    private static bool Receives(Value? value) => value is not null && value.Atoms.Any(atom => atom is AbstractObject or Closure or MethodGroup);

    private Summary Summarize(Interpreter caller, IMethodSymbol target, ControlFlowGraph graph, SyntaxNode declaration, State entry)
    {
        var known = _summaries.GetOrAdd(target, _ => new());
        if (known.TryGetValue(entry, out var summary) || caller.Frame.Budget.TryGetAssumed(target, entry, out summary))
        {
            return summary;
        }

        if (caller.Frame.UnderWay(target) is { } running)
        {
            // Recursion starts from "no effect" and is made more exact by the rounds below.
            return new(running.Reenter(entry) ?? entry, null, [], ImmutableDictionary<AbstractObject, ConnectionUse>.Empty, []);
        }

        engine.Counters.CountSummary();
        var normal = default(State);
        for (var round = 0; ; round++)
        {
            if (round > 0)
            {
                caller.Frame.Budget.ForgetAssumed();
            }

            var frame = new Frame(engine, declaration, target, entry, normal, caller.Frame);
            var exits = new Interpreter(engine, frame).Run(graph, Disjuncts.Of(entry), observe: true, wantsExceptions: true);
            var previous = normal;
            normal = exits.Normal.Collapse().States.FirstOrDefault();
            if (!frame.WasReentered || Equals(previous, normal) || round == FlowLimits.MaxRecursionRounds)
            {
                summary = new(normal, exits.Exceptional.Collapse().States.FirstOrDefault(), frame.UncertainFindings(), frame.Uses, frame.Pragmas);
                break;
            }
        }

        // What was worked out below a method that is itself under way rests on an assumption about it.
        if (caller.Frame.RestsOnAssumption)
        {
            caller.Frame.Budget.Assume(target, entry, summary);
        }
        else if (known.Count < FlowLimits.MaxSummariesPerMethod)
        {
            known[entry] = summary;
        }

        return summary;
    }

    private void Adopt(Frame caller, Summary summary, State before, IOperation call)
    {
        caller.AddPragmas(summary.Pragmas);
        foreach (var use in summary.Uses)
        {
            caller.AddUse(use.Key.ExistsAtEntry || before.Objects.ContainsKey(use.Key) ? use.Key : use.Key.ReturnedBy(call), use.Value);
        }

        foreach (var finding in summary.Findings)
        {
            caller.Add(finding.Leave(call, before, ScopeNames.Of(finding.Subject, before, call, engine)));
        }
    }
}
