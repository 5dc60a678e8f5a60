namespace SqliteAnalyzers.Torture;

/// <summary>Runs kills in two lanes at once, because a process that starts and ends waits most of the time.</summary>
internal static class KillLanes
{
    private const int Lanes = 2;

    /// <param name="kills">How many kills, over all lanes.</param>
    /// <param name="seed">Where the random choices come from.</param>
    /// <param name="run">Does a number of kills, with choices of its own.</param>
    public static void Run(int kills, int seed, Action<int, Random> run) =>
        Parallel.For(0, Lanes, new ParallelOptions { MaxDegreeOfParallelism = Lanes }, lane => run((kills + Lanes - 1 - lane) / Lanes, new Random(seed + lane)));
}
