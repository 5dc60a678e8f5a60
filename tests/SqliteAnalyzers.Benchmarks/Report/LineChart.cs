using ScottPlot;

namespace SqliteAnalyzers.Benchmarks.Report;

internal sealed record Series(string Title, double[] Values);

/// <summary>Lines from zero upwards over a logarithmic axis.</summary>
internal static class LineChart
{
    private const int Width = 1120;
    private const int Height = 400;
    private const float LineWidth = 2.5f;
    private const double RoomAbove = 1.05;

    public static string Draw(string title, double[] x, IEnumerable<Series> series)
    {
        var all = series.ToArray();
        using var plot = ChartStyle.NewPlot(title);
        double[] logarithms = [.. x.Select(Math.Log10)];
        for (var i = 0; i < all.Length; i++)
        {
            var line = plot.Add.Scatter(logarithms, all[i].Values);
            line.Color = ChartStyle.Series[i % ChartStyle.Series.Count];
            line.LineWidth = LineWidth;
            line.LegendText = all[i].Title;
        }

        plot.Axes.Bottom.SetTicks(logarithms, [.. x.Select(Numbers.Short)]);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = Numbers.Short };
        plot.Axes.SetLimitsY(0, RoomAbove * all.Max(s => s.Values.Max()));
        plot.ShowLegend(Edge.Right);
        return plot.GetSvgXml(Width, Height);
    }
}
