using System.Text;

namespace SqliteAnalyzers.Benchmarks.Report;

/// <summary>A Markdown page and the charts it shows.</summary>
internal sealed class Page
{
    private readonly StringBuilder _text = new();
    private readonly List<(string FileName, string Svg)> _charts = [];

    public string Text => _text.ToString();

    public void Heading(int level, string text) => Block($"{new string('#', level)} {text}");

    public void Paragraph(string text) => Block(text);

    /// <summary>A table. All columns but the first are numbers and stand to the right.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = new List<string> { Line(header), $"|---|{string.Concat(Enumerable.Repeat("---:|", header.Count - 1))}" };
        lines.AddRange(rows.Select(Line));
        Block(string.Join('\n', lines));

        static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |";
    }

    /// <summary>A table that is written down by its columns.</summary>
    public void Table<TRow>(IReadOnlyList<Column<TRow>> columns, IEnumerable<TRow> rows) =>
        Table([.. columns.Select(c => c.Title)], rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(c => c.Cell(row))]));

    public void Chart(string fileName, string description, string svg)
    {
        _charts.Add((fileName, svg));
        Block($"![{description}]({fileName})");
    }

    /// <summary>Writes the page and its charts into a folder.</summary>
    public void Save(string folder, string fileName)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, fileName), Text);
        foreach (var (chart, svg) in _charts)
        {
            File.WriteAllText(Path.Combine(folder, chart), svg);
        }
    }

    private void Block(string text)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(text).Append('\n');
    }
}
