namespace SqliteAnalyzers.Torture;

/// <summary>Something that goes wrong around the library.</summary>
/// <param name="Name">What the command line of the process calls it.</param>
/// <param name="Title">What goes wrong, in words.</param>
/// <param name="Means">What is needed to bring it about.</param>
/// <param name="Play">Brings it about, looks at what the caller gets, ends it, and looks whether the library goes on.</param>
internal sealed record Fault(string Name, string Title, FaultMeans Means, Action<FaultScene> Play)
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. DiskFullFaults.All,
        .. FileSizeFaults.All,
        .. PermissionFaults.All,
        .. LockFaults.All,
#if !NETSTANDARD_BUILD
        .. SingleWriterFaults.All,
#endif
    ];
}
