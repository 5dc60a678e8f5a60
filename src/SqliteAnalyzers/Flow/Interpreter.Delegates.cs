using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Flow;

/// <content>Lambdas, local functions and method groups: run where they are invoked, and given up where they cannot be followed.</content>
internal sealed partial class Interpreter
{
    /// <summary>Invokes a delegate: follows what is known, and takes the rest for code that may do anything.</summary>
    public Value InvokeDelegate(Value target, IReadOnlyList<Value> arguments, IOperation operation)
    {
        var result = default(Value);
        var before = State;
        var after = default(State);
        foreach (var atom in target.Atoms)
        {
            State = before;
            var returned = atom switch
            {
                Closure closure => RunNested(closure.Owner.GetAnonymousFunctionControlFlowGraphInScope(closure.Function), closure.Function.Symbol, arguments, operation),
                MethodGroup { Method.MethodKind: MethodKind.LocalFunction } local => RunLocalFunction(local.Method, arguments, local.Owner, operation),
                MethodGroup group => Call(group.Method, group.Instance, arguments, operation),
                Constant => null,
                _ => RunUnknownCode(),
            };
            if (returned is not null)
            {
                result = result?.Join(returned) ?? returned;
                after = after?.Join(State) ?? State;
            }
        }

        State = after ?? before;
        return result ?? Value.Unknown;
    }

    /// <summary>A handler runs at any time, with what it is attached to as sender.</summary>
    private Value Subscribe(IEventAssignmentOperation subscription)
    {
        var sender = EvaluateInstance((subscription.EventReference as IEventReferenceOperation)?.Instance) ?? Value.Unknown;
        var handler = Evaluate(subscription.HandlerValue);
        if (handler.Only<Closure>() is { } closure)
        {
            RunDetached(closure.Owner.GetAnonymousFunctionControlFlowGraphInScope(closure.Function), closure.Function.Symbol, sender);
        }
        else
        {
            Escape(handler);
        }

        return Value.Unknown;
    }

    private Value EvaluateDelegate(IOperation target)
    {
        switch (target)
        {
            case IMethodReferenceOperation reference:
                return Value.Of(new MethodGroup(reference.Method, EvaluateInstance(reference.Instance), _graph));
            case IFlowAnonymousFunctionOperation lambda:
                return Value.Of(new Closure(lambda, _graph));
            default:
                return Evaluate(target);
        }
    }

    private Value RunLocalFunction(IMethodSymbol function, IReadOnlyList<Value> arguments, ControlFlowGraph owner, IOperation call) =>
        FindLocalFunction(function, owner) is { } graph ? RunNested(graph, function, arguments, call) : RunUnknownCode();

    /// <summary>Null where broken code names a local function out of its scope.</summary>
    private static ControlFlowGraph? FindLocalFunction(IMethodSymbol function, ControlFlowGraph? scope)
    {
        while (scope is not null && !scope.LocalFunctions.Contains(function.OriginalDefinition, SymbolEqualityComparer.Default))
        {
            scope = scope.Parent;
        }

        return scope?.GetLocalFunctionControlFlowGraph(function.OriginalDefinition);
    }

    /// <summary>Runs a lambda or local function where it is invoked: it shares the variables of the method around it.</summary>
    private Value RunNested(ControlFlowGraph nested, IMethodSymbol function, IReadOnlyList<Value> arguments, IOperation? call)
    {
        if (!_running.Add(nested.OriginalOperation))
        {
            return Value.Unknown;
        }

        var (observe, wantsExceptions, thrown) = (_observe, _wantsExceptions, Thrown);
        try
        {
            var entry = State;
            for (var i = 0; i < function.Parameters.Length; i++)
            {
                entry = entry.With(function.Parameters[i], i < arguments.Count ? arguments[i] : null);
            }

            var exits = Run(nested, Disjuncts.Of(entry), observe, wantsExceptions);
            Start((exits.Normal.IsUnreachable ? Disjuncts.Of(entry) : exits.Normal).Collapse().States[0], observe, wantsExceptions);
            Thrown = thrown.Join(exits.Exceptional);
            var result = State.Get(ReturnVariable) ?? Value.Unknown;
            State = State.With(ReturnVariable, null);
            if (call is not null)
            {
                frame.MoveToCall(nested.OriginalOperation.Syntax, call);
            }

            return result;
        }
        finally
        {
            _running.Remove(nested.OriginalOperation);
        }
    }

    /// <summary>
    /// A lambda goes where it cannot be followed: it runs once, never or often, now or later. Its own code is looked at with
    /// nothing known of what it shares, and nothing is known of that afterwards.
    /// </summary>
    private void RunDetached(ControlFlowGraph graph, IMethodSymbol function, params Value[] arguments)
    {
        foreach (var shared in SharedObjects(graph.OriginalOperation.Syntax))
        {
            State = Transitions.Forget(State, shared);
        }

        var before = State;
        State = Transitions.ForgetAll(State);
        RunNested(graph, function, arguments, null);
        State = before;
    }

    /// <summary>The objects held by variables whose name a lambda mentions.</summary>
    private IEnumerable<AbstractObject> SharedObjects(SyntaxNode lambda)
    {
        var names = new HashSet<string>(lambda.DescendantTokens().Select(token => token.ValueText));
        return State.Variables
            .Where(pair => pair.Key is ISymbol symbol && names.Contains(symbol.Name))
            .SelectMany(pair => pair.Value.Atoms.OfType<AbstractObject>())
            .ToArray();
    }

    private Value RunUnknownCode()
    {
        State = Transitions.ForgetAll(State);
        return Value.Unknown;
    }

    /// <summary>The object goes where it cannot be followed.</summary>
    public void Escape(Value value)
    {
        foreach (var atom in value.Atoms)
        {
            switch (atom)
            {
                case AbstractObject item:
                    State = Transitions.Forget(State, item);
                    break;
                case Closure closure:
                    RunDetached(closure.Owner.GetAnonymousFunctionControlFlowGraphInScope(closure.Function), closure.Function.Symbol);
                    break;
                case MethodGroup { Method.MethodKind: MethodKind.LocalFunction } local:
                    if (FindLocalFunction(local.Method, local.Owner) is { } function)
                    {
                        RunDetached(function, local.Method);
                    }

                    break;
                case Elements elements:
                    Escape(elements.Items);
                    break;
            }
        }
    }
}
