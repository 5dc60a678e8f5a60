using System.Diagnostics;
using System.Globalization;

namespace SqliteAnalyzers.Benchmarks.Measuring;

internal static class PeakMemory
{
    /// <summary>The most memory this process had resident in its life, in bytes.</summary>
    public static long OfThisProcess()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }

        // "VmHWM:     12345 kB"
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1_024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
