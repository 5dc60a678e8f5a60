namespace SqliteAnalyzers.Torture;

/// <summary>What the kills have come to so far. Safe for several threads.</summary>
internal sealed class KillTally
{
    private readonly Dictionary<KillPhase, int> _byPhase = Enum.GetValues<KillPhase>().ToDictionary(p => p, _ => 0);
    private readonly Dictionary<KillCompany, int> _byCompany = Enum.GetValues<KillCompany>().ToDictionary(c => c, _ => 0);
    private readonly List<string> _problems = [];
    private readonly Lock _lock = new();

    public IReadOnlyDictionary<KillPhase, int> ByPhase => _byPhase;

    public IReadOnlyDictionary<KillCompany, int> ByCompany => _byCompany;

    public IReadOnlyList<string> Problems => _problems;

    public int Kills
    {
        get
        {
            lock (_lock)
            {
                return _byPhase.Values.Sum();
            }
        }
    }

    /// <summary>Kills of the processes beside the writer.</summary>
    public int OtherKills { get; private set; }

    /// <summary>Kills of a writer and the others at once.</summary>
    public int KillsAtOnce { get; private set; }

    public long AcknowledgedTransactions { get; private set; }

    public long AcknowledgedDeletions { get; private set; }

    /// <summary>Databases looked at as a whole after a kill.</summary>
    public int Checks { get; private set; }

    /// <summary>Writers that found a -wal file or a rollback journal to recover from, with nobody else there.</summary>
    public int Recoveries { get; private set; }

    /// <summary>Finished copies looked at.</summary>
    public int Copies { get; private set; }

    /// <summary>Unfinished copies, which no name promises to be whole.</summary>
    public int UnfinishedCopies { get; private set; }

    /// <summary>Files that a process got by a hand-over, looked at.</summary>
    public int HandedOver { get; private set; }

    /// <summary>Checkpoints and copies that were refused because others were in the way.</summary>
    public int Refused { get; private set; }

    /// <summary>The phase that the fewest writers were killed at.</summary>
    public KillPhase Rarest(IEnumerable<KillPhase> phases)
    {
        lock (_lock)
        {
            return phases.MinBy(p => _byPhase[p]);
        }
    }

    public void AddKill(KillPhase phase, KillCompany company, int others, bool atOnce)
    {
        lock (_lock)
        {
            _byPhase[phase]++;
            _byCompany[company]++;
            OtherKills += others;
            KillsAtOnce += atOnce ? 1 : 0;
        }
    }

    public void AddTransaction() => Change(() => AcknowledgedTransactions++);

    public void AddDeletion() => Change(() => AcknowledgedDeletions++);

    public void AddCheck() => Change(() => Checks++);

    public void AddRecovery() => Change(() => Recoveries++);

    public void AddCopy() => Change(() => Copies++);

    public void AddUnfinishedCopy() => Change(() => UnfinishedCopies++);

    public void AddHandedOver() => Change(() => HandedOver++);

    public void AddRefusal() => Change(() => Refused++);

    public void AddProblems(IEnumerable<string> problems) => Change(() => _problems.AddRange(problems));

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }
}
