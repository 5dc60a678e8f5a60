namespace SqliteAnalyzers.Torture;

/// <summary>What a run of kills came to.</summary>
internal sealed record KillResult(KillTally Tally, int Seed, TimeSpan Elapsed)
{
    public IReadOnlyList<string> Problems => Tally.Problems;
}
