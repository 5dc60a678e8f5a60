using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>The README shows what the code and the sample say.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string s_path = Repository.PathTo("README.md");

    [Fact]
    public void The_rule_table_is_that_of_the_code()
    {
        var fixable = PackageParts.CodeFixes().SelectMany(fix => fix.FixableDiagnosticIds).ToHashSet();
        var table = new StringBuilder("| Id | Rule | Severity | Fix |\n|---|---|---|---|\n");
        foreach (var rule in RuleTable.All)
        {
            string severity = rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "off";
            table.Append($"| [{rule.Id}](docs/rules/{rule.Id}.md) | {rule.Title} | {severity} | {(fixable.Contains(rule.Id) ? "yes" : "no")} |\n");
        }

        Snapshot.MatchPart(s_path, "rules", table.ToString());
    }

    [Fact]
    public void The_output_is_that_of_the_nightly_run()
    {
        var shown = SampleWarnings().Where(warning => !IsOfWeeklyRun(warning)).Select(WithoutHelpLink);

        Snapshot.MatchPart(s_path, "output", $"```\n{string.Join('\n', shown)}\n```\n");
    }

    [Fact]
    public void The_weekly_run_is_told_by_its_rules()
    {
        var weekly = SampleWarnings().Where(IsOfWeeklyRun).ToArray();
        var rules = weekly.Select(warning => RuleId().Match(warning).Value).Distinct().Order(StringComparer.Ordinal).ToArray();
        var links = rules.Select(id => $"[{id[6..]}](docs/rules/{id}.md)");

        Snapshot.MatchPart(
            s_path,
            "weekly",
            $"{weekly.Length} warnings of {rules.Length} rules ({string.Join(", ", links)}) stand in [expected-warnings.txt](docs/samples/NightlyImport/expected-warnings.txt).\n");
    }

    [Fact]
    public void The_helper_is_shown_in_ten_lines()
    {
        string code = Snapshot.Part(s_path, "helper").Replace("```csharp\n", "", StringComparison.Ordinal).Replace("```\n", "", StringComparison.Ordinal);
        var compilation = CSharpCompilation.Create(
            "Readme",
            [CSharpSyntaxTree.ParseText(code, TestCompilation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken)],
            TestReferences.All,
            TestCompilation.Options.WithOutputKind(OutputKind.ConsoleApplication));

        Assert.Equal(10, code.Split('\n').Count(line => line.Length > 0 && !UsingDirective().IsMatch(line)));
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    private static string[] SampleWarnings() =>
        File.ReadAllText(Repository.PathTo("docs", "samples", "NightlyImport", "expected-warnings.txt")).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static bool IsOfWeeklyRun(string warning) => warning.StartsWith("Weekly/", StringComparison.Ordinal);

    private static string WithoutHelpLink(string warning)
    {
        int link = warning.LastIndexOf(" (https://", StringComparison.Ordinal);
        return link < 0 ? warning : warning[..link];
    }

    [GeneratedRegex(@"SQLITE\d{4}")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex UsingDirective();
}
