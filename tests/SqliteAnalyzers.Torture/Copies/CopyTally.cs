namespace SqliteAnalyzers.Torture;

/// <summary>What the kills of backups and restores have come to so far. Safe for several threads.</summary>
internal sealed class CopyTally
{
    private readonly Dictionary<(CopyKind Kind, bool InTheMiddle), int> _kills = [];
    private readonly List<string> _problems = [];
    private readonly Lock _lock = new();

    public IReadOnlyList<string> Problems => _problems;

    public int Kills
    {
        get
        {
            lock (_lock)
            {
                return _kills.Values.Sum();
            }
        }
    }

    /// <summary>Kills beside a process that reads the database that is written.</summary>
    public int KillsBesideReader { get; private set; }

    /// <summary>Copies and restores that had been acknowledged.</summary>
    public int Acknowledged { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Unfinished copies, rollback journals and -wal files that were left over.</summary>
    public int LeftOvers { get; private set; }

    /// <summary>Rollback journals and -wal files whose database was deleted, before the copy was made again.</summary>
    public int Orphans { get; private set; }

    /// <summary>Databases looked at as a whole.</summary>
    public int Checks { get; private set; }

    public int KillsOf(CopyKind kind, bool inTheMiddle)
    {
        lock (_lock)
        {
            return _kills.GetValueOrDefault((kind, inTheMiddle));
        }
    }

    public void AddKill(CopyKind kind, bool inTheMiddle, bool besideReader) => Change(() =>
    {
        _kills[(kind, inTheMiddle)] = _kills.GetValueOrDefault((kind, inTheMiddle)) + 1;
        KillsBesideReader += besideReader ? 1 : 0;
    });

    public void AddAcknowledged() => Change(() => Acknowledged++);

    public void AddRefusal() => Change(() => Refused++);

    public void AddLeftOvers(int files) => Change(() => LeftOvers += files);

    public void AddOrphans(int files) => Change(() => Orphans += files);

    public void AddCheck() => Change(() => Checks++);

    public void AddProblems(IEnumerable<string> problems) => Change(() => _problems.AddRange(problems));

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }
}
