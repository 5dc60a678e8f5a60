namespace SqliteAnalyzers.Engine;

/// <summary>
/// Where the engine stops looking. Each limit belongs to one method and its size, never to who asked for it. Past a limit the
/// answer is "unknown", and unknown means silent.
/// </summary>
internal static class Limits
{
    /// <summary>Visits of one block after which its disjuncts are joined into one; the lattice's height bounds the rest.</summary>
    public const int VisitsBeforeCollapse = 8;

    /// <summary>Blocks of a graph that is looked into at all.</summary>
    public const int MaxBlocks = 6_000;

    /// <summary>Blocks of a constructor that is followed for what it leaves in read-only fields: a bigger one wires up a whole program.</summary>
    public const int MaxBlocksOfConstructor = 100;

    /// <summary>Finally regions around each other, usings among them: an exception from the innermost runs through all.</summary>
    public const int MaxNestedFinallys = 100;

    /// <summary>Evaluations of each block of a graph on one state, on average, after which its disjuncts are joined everywhere.</summary>
    public const int MaxEvaluationsPerBlock = 12;

    /// <summary>Variables of a state for each of which many the evaluation counts once more.</summary>
    public const int VariablesPerEvaluation = 32;

    /// <summary>Values and typestates that a summary tells its callers of, over all ways out, after which these ways are joined into one.</summary>
    public const int MaxLeft = 100;

    /// <summary>Visits of each block of a graph, on average.</summary>
    public const int MaxVisitsPerBlock = 60;

    /// <summary>Operations nested in each other in one expression.</summary>
    public const int MaxExpressionDepth = 200;

    /// <summary>Implementations of a virtual or interface method that are followed.</summary>
    public const int MaxTargets = 4;

    /// <summary>Calls from an event to the method that a rule reports it in.</summary>
    public const int MaxHops = 6;

    /// <summary>Calls between a method and the write or transaction that it leads to, where it is only asked whether to look at it at all.</summary>
    public const int MaxCallsBelow = 8;

    /// <summary>Open connections and written databases that nothing holds any more of which a state still tells.</summary>
    public const int MaxLost = 2;

    /// <summary>Events of one kind that a summary tells its callers of.</summary>
    public const int MaxLatent = 8;

    /// <summary>Times that the summary of a method in a cycle of calls is made before it is given up.</summary>
    public const int MaxRounds = 16;

    /// <summary>Times that it is made before what it says only grows.</summary>
    public const int RoundsBeforeWidening = 2;

    /// <summary>Summaries that wait for each other on one stack; what is asked for deeper is made first.</summary>
    public const int MaxNested = 60;

    /// <summary>Rounds in which more is told to a method of what it asks about its arguments.</summary>
    public const int MaxBindings = 3;

    /// <summary>Members whose code is read to see whether a method can lead to SQLite or a process at all.</summary>
    public const int MaxReach = 200;
}
