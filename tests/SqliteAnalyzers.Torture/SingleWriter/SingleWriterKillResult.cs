namespace SqliteAnalyzers.Torture;

/// <summary>What a run of kills of single writers came to.</summary>
internal sealed record SingleWriterKillResult(SingleWriterTally Tally, int Seed, TimeSpan Elapsed)
{
    public IReadOnlyList<string> Problems => Tally.Problems;
}
