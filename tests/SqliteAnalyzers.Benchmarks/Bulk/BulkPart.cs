using SqliteAnalyzers.Benchmarks.Contenders;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Bulk;

/// <summary>All contenders insert rows of one table.</summary>
internal static class BulkPart
{
    public static void Run(PartContext context)
    {
        var reference = context.CProgram is null ? ContenderCatalog.Raw : ContenderCatalog.C;
        var others = ContenderCatalog.All.Where(c => c != reference && (c.Create is not null || context.CProgram is not null)).ToArray();
        var samples = others.ToDictionary(c => c, _ => new List<ComparedSample>());
        var references = new List<Sample> { Measure(context, 0, reference) };
        Turns.Take(others, context.Rounds, (round, contender) =>
        {
            var sample = Measure(context, round, contender);
            references.Add(Measure(context, round, reference));
            samples[contender].Add(new(sample, references[^2], references[^1]));
        });

        // What the reference costs beside itself is what the machine's moods leave in all the other ratios.
        samples.Add(reference, [.. references.Skip(1).SkipLast(1).Select((sample, i) => new ComparedSample(sample, references[i], references[i + 2]))]);
        Report(context, reference, samples);
    }

    private static Sample Measure(PartContext context, int round, ContenderInfo contender)
    {
        var sample = new InsertRun(contender, Math.Max(1, context.Rows / contender.Share), SqliteBatchWriter.DefaultBatchSize).Start(context.Folder, context.CProgram);
        PartContext.Progress($"bulk, round {round + 1}: {contender.Title}: {1e9 * sample.CpuPerRow:0} ns a row");
        return sample;
    }

    private static void Report(PartContext context, ContenderInfo reference, Dictionary<ContenderInfo, List<ComparedSample>> samples)
    {
        var name = context.CProgram is null ? "SQLitePCL.raw" : "C";
        var results = samples.Select(s => new Result(s.Key, s.Value)).OrderBy(r => r.Contender == reference ? 1 : r.Cpu.Median).ToArray();

        context.Page.Heading(2, "Inserting many rows");
        context.Page.Paragraph($"""
            {Numbers.Whole(context.Rows)} rows of four columns (integer primary key in ascending order, text of 18 characters, real, integer), {Numbers.Whole(SqliteBatchWriter.DefaultBatchSize)}
            rows a transaction, WAL, synchronous NORMAL ({context.Rounds} rounds). "CPU" is processor time in user and system mode for a row, as a multiple of what
            {(context.CProgram is null ? "a loop over SQLitePCL.raw needs (the program in C was left out: no C compiler was found)" : $"a program in C needs that binds, steps and resets one prepared statement on the same native library (compiled by {context.CProgram.Compiler} with -O2)")}.
            One line of C has an idle thread besides, because every .NET process has several and locks may then cost more.
            The first one ran before and after each of the others, and each ratio is to the mean of the two; its own line compares its runs with those around them.
            Each measurement has a process of its own, which warms up on smaller tables before; only the loop is measured. Slow contenders got fewer rows, as the
            column "rows" says: it is the cost of a row that is compared. Peak memory is that of the whole process and has the rows in it.
            """);
        context.Page.Chart("benchmarks-bulk.svg", $"Processor time of a row as a multiple of {name}", BarChart.Draw(
            $"Inserting a row: processor time × {name}",
            results.Select(r => new RatioBar(r.Contender.Title, r.Cpu.Median, r.Contender.IsOurs))));
        context.Page.Table(
            ["", $"CPU × {name}", $"time × {name}", "bytes allocated a row", "CPU ns a row", "rows a second", "peak memory MiB", "rows", "package", "SQLite"],
            results.Select(r => r.Cells));
    }

    /// <summary>A sample between the two of the reference that were taken before and after it.</summary>
    private sealed record ComparedSample(Sample Sample, Sample Before, Sample After)
    {
        public double CpuRatio => 2 * Sample.CpuPerRow / (Before.CpuPerRow + After.CpuPerRow);

        public double WallRatio => 2 * Sample.WallPerRow / (Before.WallPerRow + After.WallPerRow);
    }

    private sealed class Result(ContenderInfo contender, List<ComparedSample> samples)
    {
        public ContenderInfo Contender => contender;

        public Spread Cpu { get; } = Spread.Of(samples.Select(s => s.CpuRatio));

        public IReadOnlyList<string> Cells =>
        [
            contender.Title,
            Numbers.Ratio(Cpu),
            Numbers.Ratio(Spread.Of(samples.Select(s => s.WallRatio)).Median),
            Numbers.Allocated(Middle(s => s.AllocatedPerRow)),
            Numbers.Whole(1e9 * Middle(s => s.CpuPerRow)),
            Numbers.Whole(1 / Middle(s => s.WallPerRow)),
            Numbers.MiB(Middle(s => s.PeakBytes)),
            Numbers.Whole(samples[0].Sample.Rows),
            contender.Package,
            samples[0].Sample.Engine,
        ];

        private double Middle(Func<Sample, double> value) => Spread.Of(samples.Select(s => value(s.Sample))).Median;
    }
}
