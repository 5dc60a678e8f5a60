namespace SqliteAnalyzers.Torture;

/// <summary>What a process does again and again until it is killed.</summary>
internal enum CopyKind
{
    /// <summary>BackupTo a new file.</summary>
    BackupToNew,

    /// <summary>BackupTo over an existing database.</summary>
    BackupOver,

    /// <summary>RestoreFrom into a live database.</summary>
    Restore,
}
