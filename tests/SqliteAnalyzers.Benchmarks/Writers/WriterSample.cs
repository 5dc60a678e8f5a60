namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>What one way of writing came to in one round.</summary>
/// <param name="UnitsPerSecond">How many units became durable.</param>
/// <param name="Median">The time in milliseconds that half of the units waited for at most.</param>
/// <param name="Percentile99">The time in milliseconds that 99 of 100 units waited for at most.</param>
/// <param name="Longest">The longest time in milliseconds.</param>
/// <param name="Fewest">The units of the producer that wrote the fewest, as a share of the mean: 1 where all wrote as many.</param>
/// <param name="Errors">How many units failed.</param>
internal sealed record WriterSample(double UnitsPerSecond, double Median, double Percentile99, double Longest, double Fewest, long Errors)
{
    public static WriterSample Of(IEnumerable<double> milliseconds, double unitsPerSecond, double fewest, long errors)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0
            ? new(unitsPerSecond, double.NaN, double.NaN, double.NaN, fewest, errors)
            : new(unitsPerSecond, At(50), At(99), sorted[^1], fewest, errors);

        double At(int percent) => sorted[(sorted.Length - 1) * percent / 100];
    }
}
