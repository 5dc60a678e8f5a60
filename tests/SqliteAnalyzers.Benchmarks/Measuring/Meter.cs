using System.Diagnostics;

namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>What this process consumed while something ran.</summary>
/// <param name="Cpu">Processor time of all its threads in user and system mode.</param>
/// <param name="Wall">Time that passed.</param>
/// <param name="AllocatedBytes">What all its threads allocated on the managed heap.</param>
internal readonly record struct Consumption(TimeSpan Cpu, TimeSpan Wall, long AllocatedBytes);

/// <summary>Runs from the moment it is started.</summary>
internal readonly struct Meter
{
    private readonly long _allocated;
    private readonly TimeSpan _cpu;
    private readonly long _wall;

    private Meter(long allocated, TimeSpan cpu, long wall) => (_allocated, _cpu, _wall) = (allocated, cpu, wall);

    public static Meter Start() => new(GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());

    public Consumption Read()
    {
        var wall = Stopwatch.GetElapsedTime(_wall);
        var cpu = Environment.CpuUsage.TotalTime - _cpu;
        return new(cpu, wall, GC.GetTotalAllocatedBytes(precise: true) - _allocated);
    }
}
