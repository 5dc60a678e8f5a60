namespace SqliteAnalyzers.Torture;

/// <summary>What a run of kills of backups and restores came to.</summary>
internal sealed record CopyKillResult(CopyTally Tally, int Seed, TimeSpan Elapsed)
{
    public IReadOnlyList<string> Problems => Tally.Problems;
}
