using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>Each rule has a page, and the page says what the code says.</summary>
public sealed partial class RulePagesTests
{
    private static readonly Dictionary<string, (string Name, DiagnosticDescriptor Descriptor)> s_rules =
        typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (field.Name, Descriptor: (DiagnosticDescriptor)field.GetValue(null)!))
            .ToDictionary(rule => rule.Descriptor.Id);

    private static readonly string[] s_sections =
    [
        "Cause",
        "Rule description",
        "How to fix violations",
        "When to suppress warnings",
        "Configuration",
        "Example",
        "Suppress a warning",
    ];

    public static TheoryData<string> Ids { get; } = [.. s_rules.Keys];

    [Fact]
    public void There_is_a_page_for_each_rule_and_no_other()
    {
        var pages = Directory.GetFiles(Repository.PathTo("docs", "rules"), "*.md").Select(page => Path.GetFileNameWithoutExtension(page));

        Assert.Equal(s_rules.Keys.Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_begins_with_the_facts_of_the_rule(string id)
    {
        var (name, rule) = s_rules[id];

        Assert.StartsWith(
            $"""
            # {id}: {rule.Title}

            | | |
            |---|---|
            | Id | {id} |
            | Name | {name} |
            | Category | {rule.Category} |
            | Severity | {rule.DefaultSeverity} |
            | Enabled | {(rule.IsEnabledByDefault ? "Yes" : "No")} |
            | Fix |
            """.ReplaceLineEndings("\n"),
            Read(id),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_says_whether_there_is_a_fix(string id)
    {
        var hasFix = PackageParts.CodeFixes().Any(fix => fix.FixableDiagnosticIds.Contains(id));

        Assert.Equal(!hasFix, Read(id).Contains("| Fix | - |", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_has_all_sections_in_order(string id)
    {
        var sections = Section().Matches(Read(id)).Select(match => match.Groups["title"].Value);

        Assert.Equal(s_sections, sections);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_suppressions_name_the_rule(string id)
    {
        var (name, rule) = s_rules[id];
        var page = Read(id);

        Assert.Contains($"#pragma warning disable {id} //", page, StringComparison.Ordinal);
        Assert.Contains($"#pragma warning restore {id}\n", page, StringComparison.Ordinal);
        Assert.Contains($"SuppressMessage(\"{rule.Category}\", \"{id}:{name}\", Justification = \"", page, StringComparison.Ordinal);
        Assert.Contains($"\ndotnet_diagnostic.{id}.severity = none\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_help_link_opens_the_page(string id) =>
        Assert.EndsWith($"/docs/rules/{id}.md", s_rules[id].Descriptor.HelpLinkUri, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_the_page_links_to_is_there(string id) =>
        Assert.All(
            Link().Matches(Read(id)).Select(link => link.Groups["target"].Value),
            target => Assert.True(File.Exists(Repository.PathTo("docs", "rules", target)), $"{id}.md links to {target}, which does not exist."));

    private static string Read(string id) => File.ReadAllText(Repository.PathTo("docs", "rules", id + ".md")).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^## (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)#]+)")]
    private static partial Regex Link();
}
