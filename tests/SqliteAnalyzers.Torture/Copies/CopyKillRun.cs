using System.Diagnostics;

namespace SqliteAnalyzers.Torture;

/// <summary>Kills processes that make backups and restore them, one after the other in each lane, until there are enough kills.</summary>
internal static class CopyKillRun
{
    private const int KillsPerFolder = 12;

    private static readonly CopyKind[] s_kinds = Enum.GetValues<CopyKind>();

    /// <param name="count">How many kills.</param>
    /// <param name="seed">Where the random choices come from.</param>
    /// <param name="killed">Is called after each kill, from several threads.</param>
    public static CopyKillResult Run(int count, int seed, Action killed)
    {
        var tally = new CopyTally();
        var watch = Stopwatch.StartNew();
        KillLanes.Run(count, seed, (kills, random) => RunLane(kills, random, tally, killed));
        return new(tally, seed, watch.Elapsed);
    }

    private static void RunLane(int kills, Random random, CopyTally tally, Action killed)
    {
        for (var done = 0; done < kills;)
        {
            using var target = new CopyTarget(random);
            for (var i = 0; i < KillsPerFolder && done < kills; i++, done++)
            {
                var problems = new CopyRound(target, s_kinds[done % s_kinds.Length], tally, random).Run().ToList();
                killed();
                if (problems.Count > 0)
                {
                    var evidence = target.KeepAsEvidence();
                    tally.AddProblems(problems.Select(p => $"{p}; kept in {evidence}"));
                    i = KillsPerFolder;
                }
            }
        }
    }
}
