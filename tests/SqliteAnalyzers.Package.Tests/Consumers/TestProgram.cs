using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// A program of the folder Programs. A comment at the end of a line names the diagnostics expected there.
/// </summary>
internal sealed partial class TestProgram(string fileName)
{
    public static TestProgram Faulty { get; } = new("Faulty.cs");

    public static TestProgram WithoutSqlite { get; } = new("WithoutSqlite.cs");

    /// <summary>Uses all of the library, and runs to its end.</summary>
    public static TestProgram Published { get; } = new("Published.cs");

    public string FileName => fileName;

    public string Source { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Programs", fileName));

    /// <summary>As <see cref="CommandResult.Warnings"/>.</summary>
    public IReadOnlyList<string> ExpectedWarnings => Expected(ExpectedId());

    /// <summary>The same where the rules are on that are off by default, whose ids stand behind <c>All:</c>.</summary>
    public IReadOnlyList<string> ExpectedInModeAll => Expected(ExpectedIdInModeAll());

    /// <summary>The ids expected anywhere, each once, in order.</summary>
    public IReadOnlyList<string> ExpectedIds => [.. ExpectedId().Matches(Source).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private IReadOnlyList<string> Expected(Regex id) =>
    [
        .. Source.Split('\n')
            .SelectMany((line, index) => id.Matches(line).Select(match => $"{fileName}({index + 1}): {match.Value}"))
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"(?<=//.*)(?<!All: )SQLITE\d+")]
    private static partial Regex ExpectedId();

    [GeneratedRegex(@"(?<=//.*)SQLITE\d+")]
    private static partial Regex ExpectedIdInModeAll();
}
