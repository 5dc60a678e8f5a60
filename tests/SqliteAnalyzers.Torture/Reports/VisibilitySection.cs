using System.Globalization;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Torture;

/// <summary>The page's section about what workers see.</summary>
internal static class VisibilitySection
{
    public static string Text(VisibilityResult result, IReadOnlyList<SharingResult> sharing)
    {
        var situations = new MarkdownTable("the workers are", "worker runs", "rows to see", "rows seen", "visible", "all workers, median ms");
        foreach (var group in result.Situations.GroupBy(s => s.Name))
        {
            var expected = group.Sum(s => s.Expected);
            var seen = group.Sum(s => s.Seen);
            var elapsed = new Median();
            foreach (var situation in group)
            {
                elapsed.Add(situation.Elapsed.TotalMilliseconds);
            }

            situations.Add(
                group.Key,
                Number(group.Sum(s => s.Workers)),
                Number(expected),
                Number(seen),
                string.Create(CultureInfo.InvariantCulture, $"{100.0 * seen / expected:0.####} %"),
                Number(elapsed.Value));
        }

        var ways = new MarkdownTable("keys", "shares", "CPU to find the shares", "CPU of all workers", "a worker", "the slowest worker", "from the first start to the last end");
        foreach (var way in sharing)
        {
            ways.Add(
                way.HasGaps ? "the second half 1,000 times as far apart" : "without gaps",
                way.Way,
                Number(way.Splitting.Value),
                Number(way.ProcessorTime.Value),
                Number(way.Worker.Value),
                Number(way.SlowestWorker.Value),
                Number(way.Elapsed.Value));
        }

        var writing = new Median();
        foreach (var time in result.Writing)
        {
            writing.Add(time.TotalSeconds);
        }

        return $"""
            ## Visible

            {Number(result.Rows)} rows are written through `SqliteBatchWriter.InsertMany` ({writing.Value.ToString("0.0", CultureInfo.InvariantCulture)} s, median) and handed over to {result.Workers} worker processes by
            `SqliteWorker.Start`. Each of them counts its share and sums up its keys and values; all three must be right. Repeated with a new
            database each time: {result.Repeat}. {Number(result.Refusals)} hand-overs were refused because a reader held an old snapshot, as documented. **Lost or wrong: {Number(result.Problems.Count)}.**

            {situations}
            ## How workers share a table

            The same rows, in the database file, read by {result.Workers} processes at once. Times in ms, medians of {result.Repeat} rounds in which the ways take turns;
            those of the workers are their queries, without the start of the process.

            {ways}
            """;
    }

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
