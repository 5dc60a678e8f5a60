namespace SqliteAnalyzers.Benchmarks.Report;

internal sealed record Series(string Title, double[] Values);

/// <summary>Lines from zero upwards over a logarithmic axis.</summary>
internal static class LineChart
{
    private const int Width = 860;
    private const int Height = 360;
    private const int Left = 90;
    private const int Right = 830;
    private const int Top = 76;
    private const int Bottom = 310;
    private const int GridLines = 5;
    private const int LegendLine = 28;
    private const int LegendGap = 16;
    private const int LetterWidth = 6;

    private static readonly string[] s_colours = ["#2f81f7", "#db6d28", "#8b949e", "#3fb950"];

    public static string Draw(string title, double[] x, IEnumerable<Series> series)
    {
        var all = series.ToArray();
        var svg = new Svg(Width, Height);
        var top = RoundedUp(all.Max(s => s.Values.Max()));
        svg.Text(10, 24, title, "title");

        for (var i = 0; i <= GridLines; i++)
        {
            var value = top * i / GridLines;
            svg.Line(Left, Y(value), Right, Y(value), "grid");
            svg.Text(Left - 8, Y(value) + 4, Numbers.Short(value), "small end");
        }

        foreach (var value in x)
        {
            svg.Text(X(value), Bottom + 18, Numbers.Short(value), "small middle");
        }

        var legend = Left;
        for (var i = 0; i < all.Length; i++)
        {
            svg.Polyline([(legend, 48), (legend + 22, 48)], s_colours[i]);
            svg.Text(legend + LegendLine, 52, all[i].Title, "small");
            legend += LegendLine + LetterWidth * all[i].Title.Length + LegendGap;
            svg.Polyline(x.Zip(all[i].Values, (a, b) => (X(a), Y(b))), s_colours[i]);
        }

        return svg.ToString();

        double X(double value) => Left + (Right - Left) * Math.Log(value / x[0]) / Math.Log(x[^1] / x[0]);
        double Y(double value) => Bottom - (Bottom - Top) * value / top;
    }

    // To one digit, so that five steps of the grid are plain numbers.
    private static double RoundedUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Math.Ceiling(value / power) * power;
    }
}
