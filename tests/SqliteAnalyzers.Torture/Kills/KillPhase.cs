namespace SqliteAnalyzers.Torture;

/// <summary>What a writer is doing when it is killed.</summary>
internal enum KillPhase
{
    /// <summary>Nothing that it announces: between two of the others, or closing its connection.</summary>
    Between,

    /// <summary>Opening and configuring its connection, with the recovery of what the one before it left.</summary>
    Opening,

    /// <summary>Inside a batch's transaction.</summary>
    Batch,

    Commit,
    CheckpointPassive,
    CheckpointFull,
    CheckpointRestart,
    CheckpointTruncate,

    /// <summary>BackupTo a new file.</summary>
    BackupToNew,

    /// <summary>BackupTo over an existing database.</summary>
    BackupOver,

    /// <summary>SqliteWorker.Start.</summary>
    HandOver,
}
