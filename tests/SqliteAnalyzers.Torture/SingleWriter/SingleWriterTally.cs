namespace SqliteAnalyzers.Torture;

/// <summary>What the kills of single writers have come to so far. Safe for several threads.</summary>
internal sealed class SingleWriterTally
{
    private readonly List<string> _problems = [];
    private readonly Lock _lock = new();

    public IReadOnlyList<string> Problems => _problems;

    public int Kills { get; private set; }

    /// <summary>Kills while the writer opened its connection, with the recovery of what the one before it left.</summary>
    public int KillsAtOpening { get; private set; }

    /// <summary>Kills of the process beside the writer.</summary>
    public int RivalKills { get; private set; }

    /// <summary>Kills of both at once.</summary>
    public int KillsAtOnce { get; private set; }

    /// <summary>Units of the writer that were acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Units of the writer that failed on purpose.</summary>
    public long Failed { get; private set; }

    /// <summary>Units of the process beside it.</summary>
    public long RivalAcknowledged { get; private set; }

    /// <summary>Databases looked at as a whole after a kill.</summary>
    public int Checks { get; private set; }

    /// <summary>Writers that found something to recover from, with nobody else there.</summary>
    public int Recoveries { get; private set; }

    public void AddKill(bool atOpening, bool besideRival, bool atOnce) => Change(() =>
    {
        Kills++;
        KillsAtOpening += atOpening ? 1 : 0;
        RivalKills += besideRival ? 1 : 0;
        KillsAtOnce += atOnce ? 1 : 0;
    });

    public void AddAcknowledged() => Change(() => Acknowledged++);

    public void AddFailed() => Change(() => Failed++);

    public void AddRivalAcknowledged() => Change(() => RivalAcknowledged++);

    public void AddCheck() => Change(() => Checks++);

    public void AddRecovery() => Change(() => Recoveries++);

    public void AddProblems(IEnumerable<string> problems) => Change(() => _problems.AddRange(problems));

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }
}
