using System.Text;

namespace SqliteAnalyzers.Commands;

/// <summary>A table in Markdown.</summary>
public sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    public MarkdownTable(params string[] heads)
    {
        Add(heads);
        _text.Append('|').Insert(_text.Length, "---|", heads.Length).AppendLine();
    }

    public void Add(params string[] cells) =>
        _text.Append("| ").AppendJoin(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))).AppendLine(" |");

    public override string ToString() => _text.ToString();
}
