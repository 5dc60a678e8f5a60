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
    public IReadOnlyList<string> ExpectedWarnings =>
    [
        .. Source.Split('\n')
            .SelectMany((line, index) => ExpectedId().Matches(line).Select(match => $"{fileName}({index + 1}): {match.Value}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The ids expected anywhere, each once, in order.</summary>
    public IReadOnlyList<string> ExpectedIds => [.. ExpectedId().Matches(Source).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"(?<=//.*)SQLITE\d+")]
    private static partial Regex ExpectedId();
}
