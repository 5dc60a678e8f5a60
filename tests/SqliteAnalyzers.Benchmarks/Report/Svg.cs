using System.Globalization;
using System.Net;
using System.Text;

namespace SqliteAnalyzers.Benchmarks.Report;

/// <summary>Writes an SVG picture whose colours fit a light and a dark page.</summary>
internal sealed class Svg(int width, int height)
{
    // Text and lines follow the reader's setting; the colours of the data stand out on white and on black.
    private const string Style = """
        <style>
        text { font: 13px system-ui, sans-serif; fill: #24292f; }
        .title { font-size: 15px; font-weight: 600; }
        .small { font-size: 11px; fill: #57606a; }
        .end { text-anchor: end; }
        .middle { text-anchor: middle; }
        .grid { stroke: #d0d7de; stroke-width: 1; }
        .mark { stroke: #57606a; stroke-width: 1; stroke-dasharray: 4 3; }
        .ours { fill: #2f81f7; }
        .others { fill: #8b949e; }
        .line { fill: none; stroke-width: 2.5; }
        @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; }
        .small { fill: #9198a1; }
        .grid { stroke: #30363d; }
        .mark { stroke: #9198a1; }
        }
        </style>
        """;

    private readonly StringBuilder _elements = new();

    public void Text(double x, double y, string text, string cssClass = "") =>
        Add($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" class=\"{cssClass}\">{WebUtility.HtmlEncode(text)}</text>");

    public void Line(double x1, double y1, double x2, double y2, string cssClass) =>
        Add($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" class=\"{cssClass}\"/>");

    public void Rectangle(double x, double y, double width, double height, string cssClass) =>
        Add($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" class=\"{cssClass}\"/>");

    public void Polyline(IEnumerable<(double X, double Y)> points, string colour)
    {
        var list = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));
        Add($"<polyline points=\"{list}\" class=\"line\" stroke=\"{colour}\"/>");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
        {Style}
        {_elements}</svg>

        """);

    private void Add(FormattableString element) => _elements.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
