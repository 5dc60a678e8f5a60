namespace SqliteAnalyzers.Benchmarks.Measuring;

/// <summary>What each contender cost in each round. Contenders are compared within a round.</summary>
internal sealed class RoundCosts<TContender, TCost>
    where TContender : notnull
{
    private readonly Dictionary<TContender, List<TCost>> _costs = [];

    /// <summary>Lets the contenders run in turn, after rounds that are not counted.</summary>
    /// <param name="enough">After this time no further round begins.</param>
    public static RoundCosts<TContender, TCost> Measure(IReadOnlyList<TContender> contenders, int uncountedRounds, int rounds, Func<TContender, TCost> run, TimeSpan? enough = null)
    {
        var result = new RoundCosts<TContender, TCost>();
        foreach (var contender in contenders)
        {
            result._costs.Add(contender, []);
        }

        Turns.Take(contenders, uncountedRounds, (_, contender) => run(contender));
        Turns.Take(contenders, rounds, (_, contender) => result._costs[contender].Add(run(contender)), enough);
        return result;
    }

    public int Rounds(TContender contender) => _costs[contender].Count;

    public Spread Of(TContender contender, Func<TCost, double> value) => Spread.Of(_costs[contender].Select(value));

    public Spread Ratio(TContender contender, TContender other, Func<TCost, double> value) => Compare(contender, other, (a, b) => value(a) / value(b));

    public Spread Difference(TContender contender, TContender other, Func<TCost, double> value) => Compare(contender, other, (a, b) => value(a) - value(b));

    private Spread Compare(TContender contender, TContender other, Func<TCost, TCost, double> compare) =>
        Spread.Of(_costs[contender].Zip(_costs[other], compare));
}
