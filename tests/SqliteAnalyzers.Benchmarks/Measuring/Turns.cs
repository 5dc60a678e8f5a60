using System.Diagnostics;

namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>
/// Lets contenders run in turn: all of them in each round, and each round begins with another one, so that whatever else the machine does meets
/// all of them alike.
/// </summary>
internal static class Turns
{
    /// <param name="enough">After this time no further round begins.</param>
    public static void Take<T>(IReadOnlyList<T> contenders, int rounds, Action<int, T> run, TimeSpan? enough = null)
    {
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds && (round == 0 || enough is null || Stopwatch.GetElapsedTime(start) < enough); round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                run(round, contenders[(round + i) % contenders.Count]);
            }
        }
    }
}
