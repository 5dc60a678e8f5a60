namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>What one contender cost in one round.</summary>
/// <param name="Rows">How many rows were inserted.</param>
/// <param name="CpuSeconds">Processor time of the process in user and system mode, around the loop only.</param>
/// <param name="WallSeconds">Time that passed, around the loop only.</param>
/// <param name="AllocatedBytes">What was allocated on the managed heap, around the loop only.</param>
/// <param name="PeakBytes">The most memory the process had resident in its life.</param>
/// <param name="WalBytes">The size of the -wal file after the last commit. SQLite does not make it smaller while it is in use.</param>
/// <param name="Engine">The version of SQLite that did the work.</param>
internal sealed record Sample(long Rows, double CpuSeconds, double WallSeconds, long AllocatedBytes, long PeakBytes, long WalBytes, string Engine)
{
    public double CpuPerRow => CpuSeconds / Rows;

    public double WallPerRow => WallSeconds / Rows;

    public double AllocatedPerRow => (double)AllocatedBytes / Rows;
}
