using ScottPlot;

namespace SqliteAnalyzers.Benchmarks.Report;

internal sealed record RatioBar(string Title, double Value, bool Highlighted);

/// <summary>Ratios as bars from 1 on, to the right if they are above, on a logarithmic axis.</summary>
internal static class BarChart
{
    private const int Width = 920;
    private const int RowHeight = 26;
    private const int HeightBesideRows = 90;
    private const double BarSize = 0.62;

    // Room for the number at the end of the longest bar.
    private const double RoomForLabel = 1.7;

    private static readonly double[] s_ticks = [0.5, 1, 2, 5, 10, 20, 50, 100, 200];

    public static string Draw(string title, IEnumerable<RatioBar> bars)
    {
        var all = bars.ToArray();
        var low = Math.Min(0.5, all.Min(b => b.Value) / RoomForLabel);
        var high = Math.Max(2, all.Max(b => b.Value) * RoomForLabel);
        using var plot = ChartStyle.NewPlot(title);
        var plotted = plot.Add.Bars(all.Select((bar, row) => new Bar
        {
            Position = Position(row),
            Value = Math.Log10(bar.Value),
            Size = BarSize,
            FillColor = bar.Highlighted ? ChartStyle.Ours : ChartStyle.Others,
            LineWidth = 0,
            ValueLabel = Numbers.Ratio(bar.Value),
        }).ToArray());
        plotted.Horizontal = true;
        plotted.ValueLabelStyle.FontSize = ChartStyle.FontSize;

        var ticks = s_ticks.Where(tick => tick >= low && tick <= high).ToArray();
        plot.Axes.Bottom.SetTicks([.. ticks.Select(Math.Log10)], [.. ticks.Select(Numbers.Short)]);
        plot.Axes.Left.SetTicks([.. all.Select((_, row) => Position(row))], [.. all.Select(b => b.Title)]);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(Math.Log10(low), Math.Log10(high), Position(all.Length), Position(-1));
        return plot.GetSvgXml(Width, (all.Length * RowHeight) + HeightBesideRows);

        // The first one stands at the top.
        double Position(int row) => all.Length - row;
    }
}
