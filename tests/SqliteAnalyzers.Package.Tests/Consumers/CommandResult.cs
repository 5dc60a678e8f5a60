using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Package.Tests.Consumers;

/// <summary>
/// How a command ended and what it printed.
/// </summary>
internal sealed partial record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>The warnings a build printed, each once, as <c>File.cs(line): ID</c>, in order.</summary>
    public IReadOnlyList<string> Warnings => Reported("warning");

    /// <summary>The errors a build printed, as <see cref="Warnings"/>.</summary>
    public IReadOnlyList<string> Errors => Reported("error");

    /// <returns>This result.</returns>
    /// <exception cref="InvalidOperationException">The command failed; the message has its output.</exception>
    public CommandResult Succeeded() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"'{Command}' ended with {ExitCode}:\n{Output}");

    private string[] Reported(string level) =>
    [
        .. ReportLine().Matches(Output)
            .Where(match => match.Groups["level"].Value == level)
            .Select(match => match.Groups["line"].Success
                ? $"{Path.GetFileName(match.Groups["file"].Value)}({match.Groups["line"].Value}): {match.Groups["id"].Value}"
                : match.Groups["id"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^\s*(?<file>[^\n]*?)(\((?<line>\d+),\d+\))? ?: (?<level>warning|error) (?<id>\w+):", RegexOptions.Multiline)]
    private static partial Regex ReportLine();
}
