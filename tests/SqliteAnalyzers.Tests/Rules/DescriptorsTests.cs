using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Docs;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules;

/// <summary>The table of rules is in order, and what hangs on it agrees with it.</summary>
public sealed partial class DescriptorsTests
{
    private static readonly (string Name, DiagnosticDescriptor Descriptor)[] s_rules =
        [.. typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (field.Name, (DiagnosticDescriptor)field.GetValue(null)!))];

    private static readonly Dictionary<char, string> s_blocks = new()
    {
        ['1'] = "SqliteProcesses",
        ['2'] = "SqliteCheckpoints",
        ['3'] = "SqliteConfiguration",
        ['4'] = "SqliteTransactions",
        ['5'] = "SqliteUsage",
        ['9'] = "SqliteOptions",
    };

    public static TheoryData<string> Names { get; } = [.. s_rules.Select(rule => rule.Name)];

    [Fact]
    public void No_id_is_used_twice() =>
        Assert.Equal(s_rules.Length, s_rules.Select(rule => rule.Descriptor.Id).Distinct().Count());

    [Fact]
    public void The_rules_stand_in_the_order_of_their_ids()
    {
        var ids = s_rules.Select(rule => rule.Descriptor.Id).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_id_is_SQLITE_and_four_digits(string name) => Assert.Matches(Id(), Of(name).Id);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_category_is_that_of_the_block(string name) => Assert.Equal(s_blocks[Of(name).Id["SQLITE".Length]], Of(name).Category);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_title_is_one_line_without_a_full_stop(string name) => Assert.Matches(Title(), Of(name).Title.ToString());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_message_is_one_line_without_a_full_stop(string name) => Assert.Matches(Title(), Of(name).MessageFormat.ToString());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_description_is_whole_sentences(string name) => Assert.Matches(Sentences(), Of(name).Description.ToString());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_help_link_is_an_address_of_the_rules_page(string name)
    {
        var link = new Uri(Of(name).HelpLinkUri);

        Assert.Equal(Uri.UriSchemeHttps, link.Scheme);
        Assert.EndsWith($"/docs/rules/{Of(name).Id}.md", link.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_analyzer_reports_the_rule(string name) =>
        Assert.Single(PackageParts.Analyzers(), analyzer => analyzer.SupportedDiagnostics.Contains(Of(name)));

    [Fact]
    public void Analyzers_report_no_rule_that_is_not_in_the_table() =>
        Assert.Subset(
            s_rules.Select(rule => rule.Descriptor.Id).ToHashSet(),
            PackageParts.Analyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).ToHashSet());

    [Fact]
    public void The_release_files_list_each_rule_with_its_category_severity_and_name()
    {
        string[] files = ["AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md"];
        var rows = files
            .SelectMany(file => File.ReadAllLines(Repository.PathTo("src", "SqliteAnalyzers", file)))
            .Where(line => line.StartsWith("SQLITE", StringComparison.Ordinal));

        Assert.Equal(
            s_rules.Select(rule => $"{rule.Descriptor.Id} | {rule.Descriptor.Category} | {Severity(rule.Descriptor)} | {rule.Name}"),
            rows.Order(StringComparer.Ordinal));
    }

    private static string Severity(DiagnosticDescriptor rule) => rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "Disabled";

    private static DiagnosticDescriptor Of(string name) => s_rules.Single(rule => rule.Name == name).Descriptor;

    [GeneratedRegex(@"\ASQLITE\d{4}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A\S[^\r\n]*[^.\s]\z")]
    private static partial Regex Title();

    [GeneratedRegex(@"\A[A-Z][^\r\n]*\.\z")]
    private static partial Regex Sentences();
}
