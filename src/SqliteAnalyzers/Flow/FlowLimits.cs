namespace SqliteAnalyzers.Flow;

/// <summary>
/// Where the engine stops looking. Past a limit the answer is "unknown", and unknown means silent.
/// </summary>
internal static class FlowLimits
{
    /// <summary>States kept apart at one place.</summary>
    public const int MaxDisjuncts = 4;

    /// <summary>Visits of one block after which its disjuncts are joined into one; the lattice's height bounds the rest.</summary>
    public const int VisitsBeforeCollapse = 8;

    /// <summary>Calls followed into each other from the method where the search starts.</summary>
    public const int MaxCallDepth = 4;

    /// <summary>Block visits for one method with all that is followed from it.</summary>
    public const int MaxBlockVisits = 5_000;

    /// <summary>Blocks of a graph that is looked into at all.</summary>
    public const int MaxBlocks = 6_000;

    /// <summary>Different entry states for which the effect of one method is kept.</summary>
    public const int MaxSummariesPerMethod = 1_000;

    /// <summary>Methods that a method leads to, of which it is found out what they can touch.</summary>
    public const int MaxFootprint = 100;

    /// <summary>Operations nested in each other in one expression.</summary>
    public const int MaxExpressionDepth = 200;

    /// <summary>Rounds in which the effect of a recursive method is made more exact.</summary>
    public const int MaxRecursionRounds = 3;
}
