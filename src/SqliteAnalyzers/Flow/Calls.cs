using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Follows calls into the project's own methods. The effect of a method is worked out on demand, once for each state it is
/// entered in, and kept for the compilation.
/// </summary>
internal sealed class Calls(FlowEngine engine)
{
    private static readonly Slot[] s_slots = (Slot[])Enum.GetValues(typeof(Slot));

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
        var entry = Enter(before, target, footprint, method, instance, arguments, graph.OriginalOperation);
        var summary = Summarize(caller, target, graph, declaration, entry);

        if (observe)
        {
            Adopt(caller.Frame, summary, before, operation);
        }

        var exceptional = wantsExceptions && summary.Exceptional is { } thrown ? Leave(thrown, entry, before, operation).State : null;
        if (summary.Normal is null)
        {
            return new(Value.Unknown, exceptional, NeverReturns: true);
        }

        var (after, result) = Leave(summary.Normal, entry, before, operation);
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

    private static bool HoldsCode(Value value) => value.Atoms.Any(atom => atom is Closure or MethodGroup);

    /// <summary>Whether it matters to the method what the value is.</summary>
    private static bool Tracked(Value? value) => value is not null && value.Atoms.Any(atom => atom is AbstractObject or Closure or MethodGroup or Elements or SqlSource or Constant { Value: null });

    /// <remarks>A primary constructor's parameter lives as long as the object, as a field does.</remarks>
    private static bool IsLocalTo(object variable) =>
        variable is ILocalSymbol or CaptureId
        || ReferenceEquals(variable, Interpreter.ThisVariable)
        || (variable is IParameterSymbol parameter && !MemberValues.IsOfPrimaryConstructor(parameter));

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

    /// <summary>
    /// The state as the method sees it: its parameters, the fields it can touch, and the objects they lead to. The less of the
    /// rest is in it, the more calls find the method entered in a state it was entered in before.
    /// </summary>
    private static State Enter(State state, IMethodSymbol target, Reach.Footprint footprint, IMethodSymbol called, Value? instance, IReadOnlyList<Value> arguments, IOperation body)
    {
        // Delegates that are handed in touch what they like.
        var holdsCode = arguments.Any(HoldsCode) || state.Variables.Any(pair => pair.Key is ISymbol symbol && footprint.MayTouch(symbol) && HoldsCode(pair.Value));
        var variables = state.Variables.ToBuilder();
        foreach (var pair in state.Variables)
        {
            if (IsLocalTo(pair.Key) || (pair.Key is ISymbol symbol && !(Tracked(pair.Value) && (holdsCode || footprint.MayTouch(symbol)))))
            {
                variables.Remove(pair.Key);
            }
        }

        // An extension method called as one has its receiver as first parameter.
        var values = called.ReducedFrom is null ? arguments : [instance ?? Value.Unknown, .. arguments];
        for (var i = 0; i < target.Parameters.Length && i < values.Count; i++)
        {
            if (!ReferenceEquals(values[i], Value.Unknown) && !values[i].Atoms.All(atom => atom is Opaque))
            {
                variables[target.Parameters[i]] = values[i];
            }
        }

        if (instance is not null && called.ReducedFrom is null && Tracked(instance))
        {
            variables[Interpreter.ThisVariable] = instance;
        }

        var reachable = Reachable(state, variables.Where(pair => pair.Key is not SlotOf).Select(pair => pair.Value));
        foreach (var variable in state.Variables.Keys)
        {
            if (variable is SlotOf { Item: var owner } && !IsLive(owner, state, reachable))
            {
                variables.Remove(variable);
            }
        }

        var objects = ImmutableDictionary.CreateBuilder<AbstractObject, ObjectState>();
        foreach (var pair in state.Objects)
        {
            if (IsLive(pair.Key, state, reachable))
            {
                objects[pair.Key] = pair.Value.Enter(pair.Key, body);
            }
        }

        return state.With(variables.ToImmutable(), objects.ToImmutable());
    }

    /// <summary>Back in the caller: its own variables again, the method's effect on all else, and what it made under the name of the call.</summary>
    private static (State State, Value Result) Leave(State exit, State entry, State before, IOperation call)
    {
        var result = exit.Get(Interpreter.ReturnVariable) ?? Value.Unknown;
        var kept = exit.Variables.Where(pair => !IsLocalTo(pair.Key) && !ReferenceEquals(pair.Key, Interpreter.ReturnVariable)).ToArray();
        var reachable = Reachable(exit, kept.Where(pair => pair.Key is not SlotOf).Select(pair => pair.Value).Append(result));
        var renamed = new Dictionary<AbstractObject, AbstractObject>();

        AbstractObject Rename(AbstractObject item) =>
            item.ExistsAtEntry || before.Objects.ContainsKey(item) ? item
            : renamed.TryGetValue(item, out var known) ? known
            : renamed[item] = item.ReturnedBy(call);

        Value RenameIn(Value value) => value.Select(atom => atom switch
        {
            AbstractObject item => Rename(item),
            Elements elements => new Elements(RenameIn(elements.Items)),
            ReadResult read => new ReadResult(Rename(read.Reader)),
            _ => atom,
        });

        var variables = before.Variables.ToBuilder();
        foreach (var variable in entry.Variables.Keys)
        {
            if (!IsLocalTo(variable) && !exit.Variables.ContainsKey(variable))
            {
                variables.Remove(variable);
            }
        }

        foreach (var pair in kept)
        {
            if (pair.Key is not SlotOf(var owner, var slot))
            {
                variables[pair.Key] = RenameIn(pair.Value);
            }
            else if (before.Objects.ContainsKey(owner) || IsLive(owner, exit, reachable))
            {
                variables[new SlotOf(Rename(owner), slot)] = RenameIn(pair.Value);
            }
        }

        var objects = before.Objects.ToBuilder();
        foreach (var item in entry.Objects.Keys)
        {
            if (!exit.Objects.ContainsKey(item))
            {
                objects.Remove(item);
            }
        }

        foreach (var pair in exit.Objects)
        {
            if (before.Objects.ContainsKey(pair.Key) || IsLive(pair.Key, exit, reachable))
            {
                objects[Rename(pair.Key)] = pair.Value.Leave(call, before);
            }
        }

        return (before.With(variables.ToImmutable(), objects.ToImmutable()), RenameIn(result));
    }

    /// <summary>Whether the object can still matter: it can be reached, it is a database, or a connection that is open or has left a transaction in the pool.</summary>
    private static bool IsLive(AbstractObject item, State state, HashSet<AbstractObject> reachable) =>
        item.Kind == ObjectKind.Database
        || reachable.Contains(item)
        || (item.Kind == ObjectKind.Connection
            && state.Objects.TryGetValue(item, out var known)
            && (!known.Must(Component.Opening, Typestate.Closed) || !known.Must(Component.Transaction, Typestate.NoTransaction)));

    private static HashSet<AbstractObject> Reachable(State state, IEnumerable<Value> from)
    {
        var reachable = new HashSet<AbstractObject>();
        var pending = new Stack<AbstractObject>(from.SelectMany(Objects));
        while (pending.Count > 0)
        {
            var item = pending.Pop();
            if (reachable.Add(item))
            {
                foreach (var slot in s_slots)
                {
                    foreach (var next in Objects(state.Get(item, slot) ?? Value.Unknown))
                    {
                        pending.Push(next);
                    }
                }
            }
        }

        return reachable;
    }

    private static IEnumerable<AbstractObject> Objects(Value value) => value.Atoms.SelectMany(atom => atom switch
    {
        AbstractObject item => [item],
        Elements elements => Objects(elements.Items),
        ReadResult read => [read.Reader],
        _ => Enumerable.Empty<AbstractObject>(),
    });

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
