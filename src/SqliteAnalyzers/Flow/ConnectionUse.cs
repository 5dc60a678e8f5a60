namespace SqliteAnalyzers.Flow;

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
}

internal static class ConnectionUses
{
    public static ConnectionUse Of(ConnectionEvent e) => e switch
    {
        Checkpoints => ConnectionUse.Checkpoints,
        BacksUp => ConnectionUse.BacksUp,
        Executes { Verb: "PRAGMA", Table: "integrity_check" or "quick_check" or "foreign_key_check" } => ConnectionUse.ChecksIntegrity,
        Executes { Verb: "PRAGMA" } => ConnectionUse.None,
        Executes { IsWrite: true } or Begins => ConnectionUse.Writes,
        Executes => ConnectionUse.Reads,
        _ => ConnectionUse.None,
    };
}
