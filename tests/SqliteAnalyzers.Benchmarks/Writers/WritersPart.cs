using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>Many producers, each of which waits until its unit is durable.</summary>
internal static class WritersPart
{
    private const int MostRounds = 3;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(100);
    private static readonly int[] s_producers = [1, 8, 64, 512];
    private static readonly SqliteSynchronous[] s_synchronous = [SqliteSynchronous.Normal, SqliteSynchronous.Full];

    public static void Run(PartContext context)
    {
        var rounds = Math.Min(context.Rounds, MostRounds);
        var time = TimeSpan.FromMilliseconds(context.Quick ? 100 : 2_000);
        var runs = s_synchronous.SelectMany(s => s_producers.SelectMany(p => WriterContender.All.Select(c => new LoadedContender(c, p, s)))).ToArray();
        var samples = runs.ToDictionary(r => r, _ => new List<WriterSample>());

        // Compiles the code, and builds the model of EF Core.
        foreach (var contender in WriterContender.All)
        {
            new WriterLoad(producers: 1, s_warmUp).Run(contender, new(context.Folder.NewFile("writers.db"), SqliteSynchronous.Normal));
        }

        Turns.Take(runs, rounds, (round, run) =>
        {
            var sample = new WriterLoad(run.Producers, time).Run(run.Contender, new(context.Folder.NewFile("writers.db"), run.Synchronous));
            samples[run].Add(sample);
            context.Folder.Clear();
            PartContext.Progress($"writers, round {round + 1}: {run.Producers} producers, {run.Synchronous}, {run.Contender.Title}: {sample.UnitsPerSecond:0} units a second");
        });

        Report(context.Page, rounds, time, samples);
    }

    private static void Report(Page page, int rounds, TimeSpan time, Dictionary<LoadedContender, List<WriterSample>> samples)
    {
        page.Heading(2, "Many producers");
        page.Paragraph($"""
            Each producer writes a unit of one row, waits until it is durable, and writes the next one, for {time.TotalSeconds:0.#} s after a quarter of that to warm up ({rounds} rounds). Those that are blocked
            while they wait have a thread each, the others are tasks. WAL; the busy_timeout is 30 s. "Units a second" is the middle of the rounds and, in brackets, the lowest and the highest; the waiting times are
            in milliseconds, p50 and p99 the middle of the rounds and "longest" the longest of all of them. "Fewest" is what the producer wrote that wrote the fewest units, as a share of
            the mean of all: 1.00 is fair. What was acknowledged is counted in the database afterwards. Two ways are written from what others say of theirs: trying for the lock every
            millisecond on a thread that sleeps, as [Rails](https://github.com/rails/rails/pull/51958) does, and without a thread, as [Rask](https://github.com/pal-tamas/rask/pull/363) does.
            """);
        foreach (var group in samples.GroupBy(s => s.Key.Synchronous))
        {
            page.Chart($"benchmarks-writers-{$"{group.Key}".ToLowerInvariant()}.svg", $"Durable units a second by producers, synchronous {group.Key}", LineChart.Draw(
                $"Durable units a second by producers, synchronous {$"{group.Key}".ToUpperInvariant()}",
                [.. s_producers.Select(p => (double)p)],
                WriterContender.All.Select(c => new Series(c.Title.Replace("`", "", StringComparison.Ordinal), [.. s_producers.Select(p => UnitsPerSecond(samples[new(c, p, group.Key)]).Median)]))));
            page.Table(
                [$"synchronous {$"{group.Key}".ToUpperInvariant()}", "producers", "units a second", "p50", "p99", "longest", "fewest", "errors"],
                group.Select(s => (IReadOnlyList<string>)
                [
                    s.Key.Contender.Title,
                    Numbers.Whole(s.Key.Producers),
                    $"**{Numbers.Whole(UnitsPerSecond(s.Value).Median)}** ({Numbers.Whole(UnitsPerSecond(s.Value).Min)} to {Numbers.Whole(UnitsPerSecond(s.Value).Max)})",
                    Numbers.TwoDigits(Spread.Of(s.Value.Select(v => v.Median)).Median),
                    Numbers.TwoDigits(Spread.Of(s.Value.Select(v => v.Percentile99)).Median),
                    Numbers.Whole(s.Value.Max(v => v.Longest)),
                    Numbers.TwoDigits(Spread.Of(s.Value.Select(v => v.Fewest)).Median),
                    Numbers.Whole(s.Value.Sum(v => v.Errors)),
                ]));
        }
    }

    private static Spread UnitsPerSecond(IEnumerable<WriterSample> samples) => Spread.Of(samples.Select(s => s.UnitsPerSecond));

    /// <summary>A way of writing under a load.</summary>
    private sealed record LoadedContender(WriterContender Contender, int Producers, SqliteSynchronous Synchronous);
}
