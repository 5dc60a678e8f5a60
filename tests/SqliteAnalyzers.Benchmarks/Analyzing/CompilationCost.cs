using SqliteAnalyzers.Benchmarks.Measuring;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>What it cost to know all errors and warnings of a program.</summary>
/// <param name="HeldBytes">What is on the heap afterwards, beyond the parsed files, as long as the compilation lives.</param>
/// <param name="Findings">How many of the warnings are ours.</param>
internal sealed record CompilationCost(Consumption Consumed, long HeldBytes, int Findings)
{
    public static double CpuMilliseconds(CompilationCost cost) => cost.Consumed.Cpu.TotalMilliseconds;

    public static double WallMilliseconds(CompilationCost cost) => cost.Consumed.Wall.TotalMilliseconds;

    public static double Allocated(CompilationCost cost) => cost.Consumed.AllocatedBytes;

    public static double Held(CompilationCost cost) => cost.HeldBytes;
}
