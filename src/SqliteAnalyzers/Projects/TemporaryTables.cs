using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace SqliteAnalyzers.Projects;

/// <summary>The temporary tables that the texts of a project create. Read off the source, and only where a rule asks.</summary>
internal sealed class TemporaryTables
{
    private static readonly Regex s_create = new(
        @"CREATE\s+TEMP(?:ORARY)?\s+(?:TABLE|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:temp\s*\.\s*)?[""'`\[\\]*(?<name>\w*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    private TemporaryTables()
    {
    }

    public static TemporaryTables Of(Compilation compilation, CancellationToken cancellation)
    {
        var tables = new TemporaryTables();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var text = tree.GetText(cancellation).ToString();
            if (text.IndexOf("TEMP", StringComparison.OrdinalIgnoreCase) >= 0)
            {
                foreach (Match match in s_create.Matches(text))
                {
                    tables._names.Add(match.Groups["name"].Value);
                }
            }
        }

        return tables;
    }

    /// <param name="table">"" where its name is not known: then it may be one whose name is not known either.</param>
    public bool MayBe(string table) => _names.Contains(table);
}
