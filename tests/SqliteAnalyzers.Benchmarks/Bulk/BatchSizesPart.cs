using SqliteAnalyzers.Benchmarks.Contenders;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Bulk;

/// <summary>How many operations a transaction should hold.</summary>
internal static class BatchSizesPart
{
    private const int MostRounds = 3;

    private static readonly int[] s_sizes = [1, 10, 100, 1_000, 5_000, 10_000, 100_000];

    private static readonly ContenderInfo[] s_contenders = [ContenderCatalog.BatchInsertMany, ContenderCatalog.BatchPrepared, ContenderCatalog.DriverPrepared];

    public static void Run(PartContext context)
    {
        var rounds = Math.Min(context.Rounds, MostRounds);
        var runs = s_sizes.SelectMany(size => s_contenders.Select(c => new InsertRun(c, Rows(context.Rows, size), size))).ToArray();
        var samples = runs.ToDictionary(r => r, _ => new List<Sample>());
        Turns.Take(runs, rounds, (round, run) =>
        {
            var sample = run.Start(context.Folder, context.CProgram);
            samples[run].Add(sample);
            PartContext.Progress($"batch-sizes, round {round + 1}: {run.BatchSize} operations a transaction, {run.Contender.Title}: {1 / sample.WallPerRow:0} rows a second");
        });

        Report(context.Page, rounds, samples);
    }

    // Transactions of a few rows are slow, and a row costs the same in a smaller table.
    private static int Rows(int rows, int size) => Math.Max(1, size switch
    {
        1 => rows / 20,
        10 => rows / 5,
        _ => rows,
    });

    private static void Report(Page page, int rounds, Dictionary<InsertRun, List<Sample>> samples)
    {
        page.Heading(2, "Operations a transaction");
        page.Paragraph($"""
            The same rows, committed after 1 to 100,000 of them ({rounds} rounds). The ratio is that of rows a second by the clock to the same contender's with {Numbers.Whole(SqliteBatchWriter.DefaultBatchSize)} operations
            a transaction, which is what `SqliteBatchWriter` does unless told otherwise. "-wal" is the size the -wal file had grown to at the end, with SQLite's own
            automatic checkpoints; it does not shrink meanwhile. Peak memory is that of the process with `SqliteBatchWriter.InsertMany` and has the rows in it.
            The smallest two sizes got fewer rows.
            """);
        page.Chart("benchmarks-batch-sizes.svg", "Rows a second by operations a transaction", LineChart.Draw(
            "Rows a second by operations a transaction",
            [.. s_sizes.Select(s => (double)s)],
            s_contenders.Select(c => new Series(c.Title, [.. s_sizes.Select(size => RowsPerSecond(Of(c, size)))]))));
        page.Table(
            [$"rows a second × {Numbers.Whole(SqliteBatchWriter.DefaultBatchSize)}", .. s_contenders.Select(c => c.Title)],
            s_sizes.Select(size => (IReadOnlyList<string>)
            [
                Numbers.Whole(size),
                .. s_contenders.Select(c => Numbers.Ratio(Spread.Of(Of(c, size).Zip(Of(c, SqliteBatchWriter.DefaultBatchSize), (s, standard) => standard.WallPerRow / s.WallPerRow)))),
            ]));
        page.Table(
            ["rows a second", .. s_contenders.Select(c => c.Title), "-wal MiB", "peak memory MiB", "rows"],
            s_sizes.Select(size => (IReadOnlyList<string>)
            [
                Numbers.Whole(size),
                .. s_contenders.Select(c => Numbers.Whole(RowsPerSecond(Of(c, size)))),
                Numbers.MiB(s_contenders.Max(c => Of(c, size).Max(s => s.WalBytes))),
                Numbers.MiB(Of(ContenderCatalog.BatchInsertMany, size).Max(s => s.PeakBytes)),
                Numbers.Whole(Of(ContenderCatalog.BatchInsertMany, size)[0].Rows),
            ]));

        List<Sample> Of(ContenderInfo contender, int size) => samples.Single(s => s.Key.Contender == contender && s.Key.BatchSize == size).Value;
    }

    private static double RowsPerSecond(IEnumerable<Sample> samples) => Spread.Of(samples.Select(s => 1 / s.WallPerRow)).Median;
}
