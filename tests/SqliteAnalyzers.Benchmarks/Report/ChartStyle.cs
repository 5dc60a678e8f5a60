using ScottPlot;

namespace SqliteAnalyzers.Benchmarks.Report;

/// <summary>How the charts look.</summary>
internal static class ChartStyle
{
    public const float FontSize = 13;

    private const float TitleSize = 15;

    // Named, because the letters are placed by its widths: with the font that a machine happens to take, a chart would differ from machine to machine.
    private const string FontName = "DejaVu Sans";

    public static Color Ours { get; } = Color.FromHex("#2f81f7");

    public static Color Others { get; } = Color.FromHex("#8b949e");

    public static IReadOnlyList<Color> Series { get; } =
    [
        Ours, Color.FromHex("#db6d28"), Others, Color.FromHex("#3fb950"), Color.FromHex("#a371f7"), Color.FromHex("#e5534b"), Color.FromHex("#d4a72c"), Color.FromHex("#1b7c83"),
    ];

    public static Plot NewPlot(string title)
    {
        var plot = new Plot();
        plot.Title(title);
        plot.Axes.Title.Label.FontSize = TitleSize;
        foreach (var axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.TickLabelStyle.FontSize = FontSize;
        }

        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Legend.FontSize = FontSize;
        plot.Font.Set(FontName);
        return plot;
    }
}
