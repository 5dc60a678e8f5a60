namespace SqliteAnalyzers.Benchmarks.Report;

internal sealed record Bar(string Title, double Value, bool Highlighted);

/// <summary>Ratios as bars from 1 on, to the right if they are above, on a logarithmic axis.</summary>
internal static class BarChart
{
    private const int Width = 920;
    private const int BarsFrom = 460;
    private const int BarsTo = 860;
    private const int Top = 44;
    private const int RowHeight = 26;
    private const int BarHeight = 16;

    public static string Draw(string title, IEnumerable<Bar> bars)
    {
        var all = bars.ToArray();
        var bottom = Top + all.Length * RowHeight;
        var svg = new Svg(Width, bottom + 34);
        var low = Math.Min(0.5, all.Min(b => b.Value));
        var high = Math.Max(2, all.Max(b => b.Value));

        svg.Text(10, 24, title, "title");
        foreach (var tick in (double[])[0.5, 1, 2, 5, 10, 20, 50, 100, 200])
        {
            if (tick >= low && tick <= high * 1.01)
            {
                svg.Line(X(tick), Top - 6, X(tick), bottom, tick == 1 ? "mark" : "grid");
                svg.Text(X(tick), bottom + 16, Numbers.Short(tick), "small middle");
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            var bar = all[i];
            var y = Top + i * RowHeight;
            var (from, to) = bar.Value < 1 ? (X(bar.Value), X(1)) : (X(1), X(bar.Value));
            svg.Text(BarsFrom - 12, y + 13, bar.Title, "end");
            svg.Rectangle(from, y, Math.Max(to - from, 1), BarHeight, bar.Highlighted ? "ours" : "others");
            svg.Text(Math.Max(to, X(1)) + 6, y + 13, Numbers.Ratio(bar.Value));
        }

        return svg.ToString();

        double X(double value) => BarsFrom + (BarsTo - BarsFrom) * Math.Log(value / low) / Math.Log(high / low);
    }
}
