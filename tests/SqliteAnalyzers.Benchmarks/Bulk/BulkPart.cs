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
        var contenders = ContenderCatalog.All.Where(c => c.Create is not null || context.CProgram is not null).ToArray();
        var samples = contenders.ToDictionary(c => c, _ => new List<Sample>());
        Turns.Take(contenders, context.Rounds, (round, contender) =>
        {
            var sample = new InsertRun(contender, Math.Max(1, context.Rows / contender.Share), SqliteBatch.DefaultBatchSize).Start(context.Folder, context.CProgram);
            samples[contender].Add(sample);
            PartContext.Progress($"bulk, round {round + 1}: {contender.Title}: {1e9 * sample.CpuPerRow:0} ns a row");
        });

        Report(context, samples);
    }

    private static void Report(PartContext context, Dictionary<ContenderInfo, List<Sample>> samples)
    {
        var reference = context.CProgram is null ? ContenderCatalog.Raw : ContenderCatalog.C;
        var name = context.CProgram is null ? "SQLitePCL.raw" : "C";
        var results = samples.Select(s => new Result(s.Key, s.Value, samples[reference])).OrderBy(r => r.Cpu.Median).ToArray();

        context.Page.Heading(2, "Inserting many rows");
        context.Page.Paragraph($"""
            {Numbers.Whole(context.Rows)} rows of four columns (integer primary key in ascending order, text of 18 characters, real, integer), {Numbers.Whole(SqliteBatch.DefaultBatchSize)}
            rows a transaction, WAL, synchronous NORMAL ({context.Rounds} rounds). "CPU" is processor time in user and system mode for a row, as a multiple of what
            {(context.CProgram is null ? "a loop over SQLitePCL.raw needs (the program in C was left out: no C compiler was found)" : $"a program in C needs that binds, steps and resets one prepared statement on the same native library (compiled by {context.CProgram.Compiler} with -O2)")}.
            Each measurement has a process of its own, which warms up on smaller tables before; only the loop is measured. Slow contenders got fewer rows, as the
            column "rows" says: it is the cost of a row that is compared. Peak memory is that of the whole process and has the rows in it.
            """);
        context.Page.Chart("benchmarks-bulk.svg", $"Processor time of a row as a multiple of {name}", BarChart.Draw(
            $"Inserting a row: processor time × {name}",
            results.Select(r => new Bar(r.Contender.Title, r.Cpu.Median, r.Contender.IsOurs))));
        context.Page.Table(
            ["", $"CPU × {name}", $"time × {name}", "bytes allocated a row", "CPU ns a row", "rows a second", "peak memory MiB", "rows", "package", "SQLite"],
            results.Select(r => r.Cells));
    }

    private sealed class Result(ContenderInfo contender, List<Sample> samples, List<Sample> reference)
    {
        public ContenderInfo Contender => contender;

        public Spread Cpu { get; } = Spread.Of(samples.Zip(reference, (s, r) => s.CpuPerRow / r.CpuPerRow));

        public IReadOnlyList<string> Cells =>
        [
            contender.Title,
            Numbers.Ratio(Cpu),
            Numbers.Ratio(Spread.Of(samples.Zip(reference, (s, r) => s.WallPerRow / r.WallPerRow)).Median),
            Numbers.Allocated(Middle(s => s.AllocatedPerRow)),
            Numbers.Whole(1e9 * Middle(s => s.CpuPerRow)),
            Numbers.Whole(1 / Middle(s => s.WallPerRow)),
            Numbers.MiB(Middle(s => s.PeakBytes)),
            Numbers.Whole(samples[0].Rows),
            contender.Package,
            samples[0].Engine,
        ];

        private double Middle(Func<Sample, double> value) => Spread.Of(samples.Select(value)).Median;
    }
}
