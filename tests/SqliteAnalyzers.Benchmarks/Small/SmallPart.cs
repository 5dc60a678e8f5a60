using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Small;

/// <summary>Single calls, measured by BenchmarkDotNet.</summary>
internal static class SmallPart
{
    public static void Run(PartContext context)
    {
        PartContext.Progress("small: BenchmarkDotNet is at work");
        var summary = BenchmarkRunner.Run<SmallBenchmarks>(Config(context));
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(r => !r.Success))
        {
            throw new InvalidOperationException($"BenchmarkDotNet could not measure: {string.Join("; ", summary.ValidationErrors.Select(e => e.Message))}");
        }

        context.Page.Heading(2, "Single calls");
        context.Page.Paragraph($"""
            Measured by BenchmarkDotNet {typeof(BenchmarkRunner).Assembly.GetName().Version!.ToString(3)}, in this process, on a row of a small table in a file. The commits of the batch, one every 5,000
            operations, are part of the time. The ratio is to the first line of the same group.
            """);
        foreach (var group in summary.Reports.GroupBy(r => r.BenchmarkCase.Descriptor.Categories[0]))
        {
            var baseline = Mean(group.Single(r => summary.IsBaseline(r.BenchmarkCase)));
            context.Page.Table([group.Key, "time ×", "µs", "± µs", "bytes allocated"], group.Select(r => (IReadOnlyList<string>)
            [
                r.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                $"**{Numbers.Ratio(Mean(r) / baseline)}**",
                Numbers.TwoDigits(Mean(r) / 1_000),
                Numbers.TwoDigits(r.ResultStatistics!.StandardDeviation / 1_000),
                Numbers.Whole(r.GcStats.GetBytesAllocatedPerOperation(r.BenchmarkCase) ?? 0),
            ]));
        }
    }

    private static double Mean(BenchmarkReport report) => report.ResultStatistics!.Mean;

    private static IConfig Config(PartContext context)
    {
        const int WarmUps = 4;
        const int Milliseconds = 200;
        return ManualConfig.CreateEmpty()
            .AddJob(Job.Default
                .WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(WarmUps)
                .WithIterationCount(2 * context.Rounds)
                .WithIterationTime(TimeInterval.FromMilliseconds(Milliseconds)))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(context.Folder.Path);
    }
}
