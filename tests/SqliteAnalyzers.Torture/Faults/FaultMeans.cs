namespace SqliteAnalyzers.Torture;

/// <summary>What is needed to bring a fault about.</summary>
internal enum FaultMeans
{
    /// <summary>Nothing that a machine could lack.</summary>
    None,

    /// <summary>A file system of a few megabytes in memory, mounted where only the process itself sees it.</summary>
    SmallDisk,

    /// <summary>A limit on the size of the process's files: writing beyond it fails as writing beyond a quota does.</summary>
    FileSizeLimit,

    /// <summary>Permission bits that count for this user.</summary>
    Permissions,
}
