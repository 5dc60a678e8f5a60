using SqliteAnalyzers.Benchmarks.Contenders;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Bulk;

/// <summary>What the order of the keys costs.</summary>
internal static class KeyOrderPart
{
    private const int MostRounds = 3;

    private static readonly (KeyOrder Order, string Title)[] s_orders =
    [
        (KeyOrder.Ascending, "ascending"),
        (KeyOrder.Scattered, "scattered"),
        (KeyOrder.SortedInBatches, "scattered, sorted inside each transaction"),
    ];

    public static void Run(PartContext context)
    {
        var rounds = Math.Min(context.Rounds, MostRounds);
        var samples = s_orders.ToDictionary(o => o.Order, _ => new List<Sample>());
        Turns.Take(s_orders, rounds, (round, order) =>
        {
            var sample = new InsertRun(ContenderCatalog.BatchInsertMany, context.Rows, SqliteBatchWriter.DefaultBatchSize, order.Order).Start(context.Folder, context.CProgram);
            samples[order.Order].Add(sample);
            PartContext.Progress($"key-order, round {round + 1}: {order.Title}: {sample.WallSeconds:0.0} s");
        });

        var ascending = samples[KeyOrder.Ascending];
        context.Page.Heading(2, "The order of the keys");
        context.Page.Paragraph($"""
            {Numbers.Whole(context.Rows)} rows through `SqliteBatchWriter.InsertMany` with primary keys in ascending order, scattered over all integers, and scattered but sorted inside each
            transaction of {Numbers.Whole(SqliteBatchWriter.DefaultBatchSize)} ({rounds} rounds). Scattered rows touch a page of the table each, and each of those pages goes to the -wal file.
            """);
        context.Page.Table(
            ["keys", "time × ascending", "CPU × ascending", "rows a second", "-wal MiB", "peak memory MiB"],
            s_orders.Select(o => (IReadOnlyList<string>)
            [
                o.Title,
                Numbers.Ratio(Spread.Of(samples[o.Order].Zip(ascending, (s, a) => s.WallPerRow / a.WallPerRow))),
                Numbers.Ratio(Spread.Of(samples[o.Order].Zip(ascending, (s, a) => s.CpuPerRow / a.CpuPerRow))),
                Numbers.Whole(Spread.Of(samples[o.Order].Select(s => 1 / s.WallPerRow)).Median),
                Numbers.MiB(samples[o.Order].Max(s => s.WalBytes)),
                Numbers.MiB(samples[o.Order].Max(s => s.PeakBytes)),
            ]));
    }
}
