using SqliteAnalyzers.Benchmarks.Measuring;

namespace SqliteAnalyzers.Benchmarks.Editing;

/// <summary>What it cost to have the diagnostics of the watched file after a keystroke.</summary>
/// <param name="Findings">How many of them are ours.</param>
internal sealed record KeystrokeCost(Consumption Consumed, int Findings)
{
    public static double CpuMilliseconds(KeystrokeCost cost) => cost.Consumed.Cpu.TotalMilliseconds;

    public static double Allocated(KeystrokeCost cost) => cost.Consumed.AllocatedBytes;
}
