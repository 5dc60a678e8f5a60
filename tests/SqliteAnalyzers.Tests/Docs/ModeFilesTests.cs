using System.Text;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>The files behind the property SqliteAnalyzersMode, and what the documents say of them, follow from the rules of the code.</summary>
/// <remarks>
/// What a mode sets by id wins over the category that the user sets. A mode therefore names a rule only if it gives the rule another severity than its own,
/// and makes errors by category.
/// </remarks>
public sealed class ModeFilesTests
{
    [Fact]
    public void None_silences_every_rule() => Match("None", RuleTable.All.Select(rule => Line(rule, "none")));

    [Fact]
    public void Minimum_silences_what_does_no_harm() => Match("Minimum", LinesOfChanged(Minimum));

    [Fact]
    public void All_makes_every_rule_a_warning() => Match("All", LinesOfChanged(_ => "warning"));

    [Fact]
    public void All_as_errors_makes_every_rule_an_error() =>
        Match(
            "AllAsErrors",
            [
                .. RuleTable.All.Select(rule => rule.Category).Distinct().Select(category => $"dotnet_analyzer_diagnostic.category-{category}.severity = error"),
                // A category does not reach what is off by default.
                .. RuleTable.All.Where(rule => !rule.IsEnabledByDefault).Select(rule => Line(rule, "error")),
            ]);

    [Fact]
    public void The_page_says_what_each_mode_makes_of_each_rule()
    {
        var table = new StringBuilder("| Rule | None | Minimum | Recommended | All | AllAsErrors |\n|---|---|---|---|---|---|\n");
        foreach (var rule in RuleTable.All)
        {
            table.Append($"| {rule.Id} | none | {Minimum(rule)} | {Recommended(rule)} | warning | error |\n");
        }

        Snapshot.MatchPart(Repository.PathTo("docs", "configuration.md"), "modes", table.ToString());
    }

    private static string Minimum(DiagnosticDescriptor rule) => rule.CustomTags.Contains(RuleTags.Harm) ? "warning" : "none";

    private static string Recommended(DiagnosticDescriptor rule) => rule switch
    {
        { IsEnabledByDefault: false } => "none",
        { DefaultSeverity: DiagnosticSeverity.Warning } => "warning",
        _ => "suggestion",
    };

    private static IEnumerable<string> LinesOfChanged(Func<DiagnosticDescriptor, string> severity) =>
        RuleTable.All.Where(rule => severity(rule) != Recommended(rule)).Select(rule => Line(rule, severity(rule)));

    private static string Line(DiagnosticDescriptor rule, string severity) => $"dotnet_diagnostic.{rule.Id}.severity = {severity}";

    private static void Match(string mode, IEnumerable<string> lines) =>
        Snapshot.Match(
            Repository.PathTo("src", "SqliteAnalyzers.Package", "buildTransitive", "modes", mode + ".globalconfig"),
            string.Concat(lines.Prepend("global_level = -100").Prepend("is_global = true").Select(line => line + '\n')));
}
