using System.Diagnostics;

namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>What one thing of a few microseconds cost, round by round.</summary>
internal sealed class Repetition(string title)
{
    private readonly List<double> _microseconds = [];
    private readonly List<double> _bytes = [];

    public string Title => title;

    /// <summary>The time of one, by the clock.</summary>
    public Spread Microseconds => Spread.Of(_microseconds);

    /// <summary>What one allocates on the managed heap.</summary>
    public Spread Bytes => Spread.Of(_bytes);

    public Spread RatioTo(Repetition other) => Spread.Of(_microseconds.Zip(other._microseconds, (a, b) => a / b));

    /// <summary>How many microseconds more than another it takes.</summary>
    public Spread DifferenceTo(Repetition other) => Spread.Of(_microseconds.Zip(other._microseconds, (a, b) => a - b));

    /// <summary>Runs each contender many times in each round, after rounds that are not counted.</summary>
    public static IReadOnlyList<Repetition> InTurns(IReadOnlyList<(string Title, Action Run)> contenders, int rounds, int times, int uncountedRounds = 3)
    {
        var results = contenders.Select(c => new Repetition(c.Title)).ToArray();
        Turns.Take(contenders, uncountedRounds, (_, contender) => Measure(contender.Run, times));

        // For the code to be compiled for good in the background.
        Thread.Sleep(TimeSpan.FromMilliseconds(250));

        Turns.Take(Enumerable.Range(0, contenders.Count).ToArray(), rounds, (_, i) =>
        {
            var (microseconds, bytes) = Measure(contenders[i].Run, times);
            results[i]._microseconds.Add(microseconds);
            results[i]._bytes.Add(bytes);
        });
        return results;
    }

    private static (double Microseconds, double Bytes) Measure(Action run, int times)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            run();
        }

        var elapsed = Stopwatch.GetElapsedTime(watch);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return (elapsed.TotalMicroseconds / times, (double)bytes / times);
    }
}
