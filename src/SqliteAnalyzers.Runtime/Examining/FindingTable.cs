using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SqliteAnalyzers.Runtime;

/// <summary>Findings as text, for a terminal or a log.</summary>
internal static class FindingTable
{
    public static string Of(string file, IReadOnlyList<SqliteFinding> findings)
    {
        var name = file.Length == 0 ? "a database in memory" : file;
        if (findings.Count == 0)
        {
            return $"{name}: nothing found.";
        }

        string[][] rows =
        [
            ["", "Rule", "Subject", "Found", "Recommended"],
            .. findings.Select(f => (string[])[f.Severity.ToString(), f.Rule ?? "", f.Subject, f.Found, f.Recommended]),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder().Append(name).AppendLine(":");
        for (var i = 0; i < rows.Length; i++)
        {
            text.AppendLine(string.Join("  ", rows[i].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            if (i > 0)
            {
                text.Append("    ").AppendLine(findings[i - 1].Why).Append("    ").AppendLine(findings[i - 1].Fix);
            }
        }

        return text.ToString().TrimEnd();
    }
}
