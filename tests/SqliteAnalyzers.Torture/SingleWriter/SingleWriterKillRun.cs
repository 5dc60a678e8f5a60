#if !NETSTANDARD_BUILD
using System.Diagnostics;

namespace SqliteAnalyzers.Torture;

/// <summary>Kills single writers, one after the other in each lane, until there are enough kills.</summary>
internal static class SingleWriterKillRun
{
    private const int KillsPerDatabase = 12;

    /// <param name="count">How many kills.</param>
    /// <param name="seed">Where the random choices come from.</param>
    /// <param name="killed">Is called after each kill, from several threads.</param>
    public static SingleWriterKillResult Run(int count, int seed, Action killed)
    {
        var tally = new SingleWriterTally();
        var watch = Stopwatch.StartNew();
        KillLanes.Run(count, seed, (kills, random) => RunLane(kills, random, tally, killed));
        return new(tally, seed, watch.Elapsed);
    }

    private static void RunLane(int kills, Random random, SingleWriterTally tally, Action killed)
    {
        for (var done = 0; done < kills;)
        {
            using var target = new SingleWriterTarget();
            for (var i = 0; i < KillsPerDatabase && done < kills; i++, done++)
            {
                var problems = new SingleWriterRound(target, tally, random).Run().ToList();
                killed();
                if (problems.Count > 0)
                {
                    var evidence = target.KeepAsEvidence();
                    tally.AddProblems(problems.Select(p => $"{p}; kept in {evidence}"));
                    i = KillsPerDatabase;
                }
            }
        }
    }
}
#endif
