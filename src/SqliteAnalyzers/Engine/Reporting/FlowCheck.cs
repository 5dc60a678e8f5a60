using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>How a method ends.</summary>
internal enum MethodEnd
{
    Normal,

    /// <summary>An exception leaves it.</summary>
    Exceptional,
}

/// <summary>What must be found below a method, by names, for a check to have anything to say in it.</summary>
/// <param name="Words">One of these.</param>
/// <param name="Calls">Over so many calls.</param>
internal readonly record struct FlowNeed(Words Words, int Calls);

/// <summary>A check of paths: it is shown every event with the state before it, and the ends of each method, and says something or not.</summary>
internal abstract class FlowCheck
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>What must be below a method for the check to look at it: all of these.</summary>
    public abstract ImmutableArray<FlowNeed> Needs { get; }

    /// <summary>Over so many calls an event is shown again in the states of callers.</summary>
    public virtual int Hops => Limits.MaxHops;

    public virtual void Visit(SqliteEvent e, State before, FindingSink sink)
    {
    }

    /// <param name="end">How the code ends.</param>
    /// <param name="state">The state in which it ends.</param>
    /// <param name="normal">All states in which it ends normally.</param>
    /// <param name="sink">Where to say what is found.</param>
    public virtual void VisitEnd(MethodEnd end, State state, ImmutableArray<State> normal, FindingSink sink)
    {
    }

    /// <summary>Whether the state in which a caller calls can change what is to be said of the event: it is then shown again there.</summary>
    public virtual bool DependsOnCaller(SqliteEvent e) => false;

    /// <summary>Whether a finding about a connection still holds, seeing all that the method uses the connection for.</summary>
    public virtual bool StillHolds(ConnectionUse use) => true;
}
