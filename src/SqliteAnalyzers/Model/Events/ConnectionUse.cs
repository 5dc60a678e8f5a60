namespace SqliteAnalyzers.Model;

/// <summary>What a connection is used for, over all of a method.</summary>
[Flags]
internal enum ConnectionUse
{
    None = 0,
    Reads = 1,
    Writes = 2,
    Checkpoints = 4,
    ChecksIntegrity = 8,
    BacksUp = 16,

    /// <summary>It is handed to code that cannot be looked into, which may do any of these, or configure it.</summary>
    Escapes = 32,

    /// <summary>A statement of which nothing is known runs on it.</summary>
    RunsUnknown = 64,

    /// <summary>It is opened by code that answers yes or no.</summary>
    IsOpenedToAnswer = 128,

    /// <summary>It is closed again.</summary>
    Closes = 256,
}

internal static class ConnectionUses
{
    /// <param name="e">The event.</param>
    /// <param name="answersYesOrNo">Whether all that the method around it gives back is a boolean.</param>
    public static ConnectionUse Of(ConnectionEvent e, bool answersYesOrNo) => e switch
    {
        Opens when answersYesOrNo => ConnectionUse.IsOpenedToAnswer,
        Closes => ConnectionUse.Closes,
        ExecutesUnknown => ConnectionUse.RunsUnknown,
        Checkpoints => ConnectionUse.Checkpoints,
        BacksUp => ConnectionUse.BacksUp,
        Executes { Verb: "PRAGMA", Table: "integrity_check" or "quick_check" or "foreign_key_check" } => ConnectionUse.ChecksIntegrity,
        Executes { Verb: "PRAGMA" } => ConnectionUse.None,
        Executes { IsWrite: true } or Begins => ConnectionUse.Writes,
        Executes => ConnectionUse.Reads,
        _ => ConnectionUse.None,
    };
}
