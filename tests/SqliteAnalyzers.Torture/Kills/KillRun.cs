using System.Diagnostics;

namespace SqliteAnalyzers.Torture;

/// <summary>Kills writers, one after the other in each lane, until there are enough kills.</summary>
internal static class KillRun
{
    private const int KillsPerDatabase = 12;

    private static readonly KillPhase[] s_targets = [.. Enum.GetValues<KillPhase>().Where(p => p != KillPhase.Between)];

    /// <param name="count">How many kills.</param>
    /// <param name="seed">Where the random choices come from.</param>
    /// <param name="killed">Is called after each kill, from several threads.</param>
    public static KillResult Run(int count, int seed, Action killed)
    {
        var tally = new KillTally();
        var lengths = new PhaseLengths();
        var watch = Stopwatch.StartNew();
        KillLanes.Run(count, seed, (kills, random) => RunLane(kills, random, tally, lengths, killed));
        return new KillResult(tally, seed, watch.Elapsed);
    }

    private static void RunLane(int kills, Random random, KillTally tally, PhaseLengths lengths, Action killed)
    {
        for (var done = 0; done < kills;)
        {
            using var target = new KillTarget(tally);
            for (var i = 0; i < KillsPerDatabase && done < kills; i++, done++)
            {
                // A kill often comes too late for a short phase.
                var phase = random.Next(2) == 0 ? tally.Rarest(s_targets) : s_targets[random.Next(s_targets.Length)];
                var problems = new KillRound(target, phase, tally, lengths, random).Run().ToList();
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
