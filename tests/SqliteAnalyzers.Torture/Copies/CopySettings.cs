namespace SqliteAnalyzers.Torture;

/// <summary>What a process is to copy until it is killed, and where.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Folder">Where the databases are.</param>
/// <param name="Generation">What the live database holds.</param>
/// <param name="PageSize">The size of the pages of what is restored.</param>
/// <param name="KeepsWalMode">Whether a copy stays in WAL mode.</param>
internal sealed record CopySettings(CopyKind Kind, string Folder, long Generation, int PageSize, bool KeepsWalMode)
{
    /// <summary>The database that programs use.</summary>
    public string Live => Path.Combine(Folder, "live.db");

    /// <summary>The copy that is written over and over.</summary>
    public string Standing => Path.Combine(Folder, "standing.db");

    /// <summary>The database that this is about: the one that is written.</summary>
    public string Written => Kind == CopyKind.Restore ? Live : Standing;

    /// <summary>A copy that has a file for itself: one that is made, or one to restore.</summary>
    public string CopyOf(long generation) => Path.Combine(Folder, $"copy-{generation}.db");

    public static CopySettings Parse(string[] arguments) =>
        new(Enum.Parse<CopyKind>(arguments[0]), arguments[1], Message.Number(arguments[2]), int.Parse(arguments[3]), bool.Parse(arguments[4]));

    public string[] ToArguments() => [$"{Kind}", Folder, $"{Generation}", $"{PageSize}", $"{KeepsWalMode}"];
}
