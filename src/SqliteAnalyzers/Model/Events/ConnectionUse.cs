using SqliteAnalyzers.Sql;

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

    /// <summary>It is looked at whether the database is there, what it consists of, how much it holds.</summary>
    Probes = 128,

    /// <summary>VACUUM, ANALYZE, REINDEX.</summary>
    Tidies = 256,

    /// <summary>It may be open when the method ends, and others go on with it.</summary>
    StaysOpen = 512,

    /// <summary>PRAGMA synchronous is set on it.</summary>
    SetsSynchronous = 1024,

    /// <summary>PRAGMA busy_timeout is set on it.</summary>
    SetsBusyTimeout = 2048,

    /// <summary>A transaction is begun on it.</summary>
    Begins = 4096,

    /// <summary>PRAGMA query_only forbids it to write.</summary>
    ForbidsWrites = 8192,

    /// <summary>In a transaction on it code runs of which nothing is known, and which no caller hands in.</summary>
    LendsTransaction = 16384,
}

internal static class ConnectionUses
{
    /// <param name="e">The event.</param>
    /// <param name="before">The state before it.</param>
    public static ConnectionUse Of(ConnectionEvent e, State before) => e switch
    {
        Configures { Pragma: "query_only", Value: { } value } when PragmaValues.IsOn(value) => ConnectionUse.ForbidsWrites,
        Configures { IsOfAttached: true } => ConnectionUse.None,
        Configures configures => PragmaExecution.IsInVain(configures, before) ? ConnectionUse.None : SettingOf(configures.Pragma),
        ExecutesUnknown => ConnectionUse.RunsUnknown,
        Checkpoints => ConnectionUse.Checkpoints,
        BacksUp => ConnectionUse.BacksUp,
        Executes { Verb: "PRAGMA", Table: "integrity_check" or "quick_check" or "foreign_key_check" } => ConnectionUse.ChecksIntegrity,
        Executes { Verb: "PRAGMA" or "ATTACH" or "DETACH" } => ConnectionUse.None,
        Executes { Verb: "VACUUM" or "ANALYZE" or "REINDEX" } => ConnectionUse.Tidies,
        Executes { IsProbe: true } => ConnectionUse.Probes,
        Begins => ConnectionUse.Writes | ConnectionUse.Begins,
        Executes { IsWrite: true } => ConnectionUse.Writes,
        Executes => ConnectionUse.Reads,
        _ => ConnectionUse.None,
    };

    public static ConnectionUse SettingOf(string pragma) => pragma switch
    {
        "synchronous" => ConnectionUse.SetsSynchronous,
        "busy_timeout" => ConnectionUse.SetsBusyTimeout,
        Configures.AnyPragma => ConnectionUse.SetsSynchronous | ConnectionUse.SetsBusyTimeout,
        _ => ConnectionUse.None,
    };
}
