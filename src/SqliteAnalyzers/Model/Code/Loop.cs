namespace SqliteAnalyzers.Model;

/// <summary>A loop, or a call that runs a delegate any number of times.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="AwaitsOther">Whether a round of it waits for anything but SQLite: the network, a file, another task.</param>
internal sealed record Loop(Place At, bool AwaitsOther);
