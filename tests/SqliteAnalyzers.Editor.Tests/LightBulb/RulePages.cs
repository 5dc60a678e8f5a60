using System.Text.RegularExpressions;
using SqliteAnalyzers.Tests.Docs;

namespace SqliteAnalyzers.Editor.Tests.LightBulb;

/// <summary>
/// The pages of the rules.
/// </summary>
internal static partial class RulePages
{
    /// <summary>The rules without a fix, and those whose fix does not fit their page's program.</summary>
    public static IReadOnlySet<string> WithoutFix { get; } = new HashSet<string> { "SQLITE3004", "SQLITE3009", "SQLITE4008", "SQLITE4009", "SQLITE5002" };

    /// <summary>The rules whose page shows a whole program that they find something in.</summary>
    public static IReadOnlyList<(string Id, string Program)> WithProgram { get; } =
    [
        .. Directory.EnumerateFiles(Repository.PathTo("docs", "rules"), "SQLITE*.md")
            .Select(path => (Id: Path.GetFileNameWithoutExtension(path), Program: FaultyProgram().Match(File.ReadAllText(path)).Groups["program"].Value))
            .Where(page => page.Program.Length > 0)
            .OrderBy(page => page.Id, StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"<!-- begin Bad\.cs -->\s*```csharp\n(?<program>.*?)```", RegexOptions.Singleline)]
    private static partial Regex FaultyProgram();
}
