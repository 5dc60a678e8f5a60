namespace SqliteAnalyzers.Model;

/// <summary>A loop, or a call that runs a delegate any number of times.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="AwaitsOther">Whether a round of it waits for anything but a database: the network, a file, a queue, another task, the time.</param>
internal sealed record Loop(Place At, bool AwaitsOther)
{
    /// <summary>
    /// Whether it goes over items or counts: not one that runs until something is stopped or has succeeded, and not one over what holds at
    /// most one item.
    /// </summary>
    public bool IsOverItems { get; init; }

    /// <summary>How many rounds it has at most, where the source says so.</summary>
    public int? Rounds { get; init; }

    /// <summary>What happens in it again and again, in the code that it is part of: the operation itself, or the call that leads to it.</summary>
    public Place Holds { get; init; } = At;
}
