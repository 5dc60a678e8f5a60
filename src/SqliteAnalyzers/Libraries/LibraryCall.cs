using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Libraries;

/// <summary>A call or object creation, with what its receiver and arguments may be.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Method">What is called.</param>
/// <param name="Instance">The receiver, also that of an extension method; null if there is none.</param>
/// <param name="Arguments">By parameter.</param>
/// <param name="Machine">The state, and how to change it.</param>
internal sealed record LibraryCall(IOperation Operation, IMethodSymbol Method, Value? Instance, IReadOnlyList<Value> Arguments, Interpreter Machine)
{
    public State State => Machine.State;

    /// <summary>The receiver, or the first argument of an extension method.</summary>
    public Value Receiver => Instance ?? (Method.IsExtensionMethod && Arguments.Count > 0 ? Arguments[0] : Value.Unknown);

    public Value? Argument(string parameter)
    {
        for (var i = 0; i < Method.Parameters.Length && i < Arguments.Count; i++)
        {
            if (Method.Parameters[i].Name == parameter)
            {
                return Arguments[i];
            }
        }

        return null;
    }

    /// <summary>The argument's operation, if it is written out.</summary>
    public IOperation? ArgumentOperation(string parameter)
    {
        var arguments = Operation switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name == parameter && !argument.IsImplicit)
            {
                return argument.Value;
            }
        }

        return null;
    }
}
