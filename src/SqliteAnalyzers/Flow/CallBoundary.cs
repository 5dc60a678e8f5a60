using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>What of a caller's state goes into a call, and what of the method's state comes out of it.</summary>
internal static class CallBoundary
{
    private static readonly Slot[] s_slots = (Slot[])Enum.GetValues(typeof(Slot));

    /// <summary>
    /// The state as the method sees it: its parameters, the fields it can touch, and the objects they lead to. The less of the
    /// rest is in it, the more calls find the method entered in a state it was entered in before.
    /// </summary>
    public static State Enter(State state, IMethodSymbol target, Reach.Footprint footprint, IMethodSymbol called, Value? instance, IReadOnlyList<Value> arguments, IOperation body)
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
    public static (State State, Value Result) Leave(State exit, State entry, State before, IOperation call)
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

    private static bool HoldsCode(Value value) => value.Atoms.Any(atom => atom is Closure or MethodGroup);

    /// <summary>Whether it matters to the method what the value is.</summary>
    private static bool Tracked(Value? value) => value is not null && value.Atoms.Any(atom => atom is AbstractObject or Closure or MethodGroup or Elements or SqlSource or Constant { Value: null });

    /// <remarks>A primary constructor's parameter lives as long as the object, as a field does.</remarks>
    private static bool IsLocalTo(object variable) =>
        variable is ILocalSymbol or CaptureId
        || ReferenceEquals(variable, Interpreter.ThisVariable)
        || (variable is IParameterSymbol parameter && !MemberValues.IsOfPrimaryConstructor(parameter));

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
}
