using System.Globalization;
using SqliteAnalyzers.Benchmarks.Measuring;

namespace SqliteAnalyzers.Benchmarks.Report;

/// <summary>Numbers as the tables show them.</summary>
internal static class Numbers
{
    private const string PercentFormat = "0.0 %";

    /// <summary>A ratio, with as many digits as it is worth.</summary>
    public static string Ratio(double value) => value switch
    {
        < 10 => Text(value, "0.00"),
        < 100 => Text(value, "0.0"),
        _ => Text(value, "#,0"),
    };

    /// <summary>The middle of the rounds, in bold, and from where to where they went.</summary>
    public static string Ratio(Spread spread) => $"**{Ratio(spread.Median)}** ({Ratio(spread.Min)} to {Ratio(spread.Max)})";

    /// <summary>Hundredths of something: the middle of the rounds, and from where to where they went.</summary>
    public static string Percent(Spread part, double whole) => $"**{Text(part.Median / whole, PercentFormat)}** ({Text(part.Min / whole, PercentFormat)} to {Text(part.Max / whole, PercentFormat)})";

    /// <summary>Microseconds: the middle of the rounds, and from where to where they went.</summary>
    public static string Microseconds(Spread spread) => $"{OneDigit(spread.Median)} ({OneDigit(spread.Min)} to {OneDigit(spread.Max)})";

    /// <summary>Bytes a row. What a batch allocates once, spread over all rows, is shown as 0 below half a byte.</summary>
    public static string Allocated(double bytesPerRow) => Whole(bytesPerRow);

    public static string Whole(double value) => Text(value, "#,0");

    public static string OneDigit(double value) => Text(value, "#,0.0");

    public static string TwoDigits(double value) => Text(value, "#,0.00");

    /// <summary>A number on an axis.</summary>
    public static string Short(double value) => Text(value, "#,0.##");

    public static string MiB(double bytes) => Text(bytes / (1 << 20), "#,0.0");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
