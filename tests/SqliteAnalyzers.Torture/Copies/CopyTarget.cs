namespace SqliteAnalyzers.Torture;

/// <summary>A folder with a live database and a copy of it that is written over and over, at which one process after the other is killed.</summary>
internal sealed class CopyTarget : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CopyTarget(Random random)
    {
        IsInWalMode = random.Next(3) > 0;
        var settings = new CopySettings(CopyKind.Restore, Folder, 1, 4_096, KeepsWalMode: false);
        foreach (var path in (string[])[settings.Live, settings.Standing])
        {
            Generations.Create(path, settings.Generation, settings.PageSize, IsInWalMode ? "WAL" : "DELETE");
        }
    }

    public string Folder => _folder.Path;

    /// <summary>Whether the databases were created in WAL mode.</summary>
    public bool IsInWalMode { get; }

    /// <summary>What the live database is known to hold.</summary>
    public long Live { get; set; } = 1;

    /// <summary>What the standing copy is known to hold.</summary>
    public long Standing { get; set; } = 1;

    /// <summary>Leaves the folder where it is.</summary>
    public string KeepAsEvidence()
    {
        _folder.Keep = true;
        return _folder.Path;
    }

    public void Dispose() => _folder.Dispose();
}
