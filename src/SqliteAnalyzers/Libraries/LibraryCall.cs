using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>A call or object creation, with what its receiver and arguments may be.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Method">What is called.</param>
/// <param name="Instance">The receiver, also that of an extension method; null if there is none.</param>
/// <param name="Arguments">By parameter.</param>
/// <param name="Effects">The state, and how to change it.</param>
internal sealed record LibraryCall(IOperation Operation, IMethodSymbol Method, Value? Instance, IReadOnlyList<Value> Arguments, IEffects Effects)
{
    public State State => Effects.State;

    /// <summary>What the call leaves in arguments by reference, by parameter; where it does not say, anything.</summary>
    public Dictionary<int, Value> Outs { get; } = [];

    public Place At => Effects.At;

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
            if (argument.Parameter?.Name == parameter && argument.ArgumentKind != ArgumentKind.DefaultValue)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>The objects of this kind that the receiver may be.</summary>
    public IEnumerable<AbstractObject> Receivers(ObjectKind kind) => Receiver.Objects(kind);

    /// <summary>One receiver as certain as it is: one of several is acted on only maybe.</summary>
    public Value Certainty(AbstractObject receiver)
    {
        var others = Receiver.Where(atom => atom is not Constant);
        return others?.Atoms.Length == 1 ? Value.Of(receiver) : Value.Of(receiver).Join(Value.Unknown);
    }
}
