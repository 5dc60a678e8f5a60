using System.Text.RegularExpressions;
using SqliteAnalyzers.Tests.Docs;
using Xunit;

namespace SqliteAnalyzers.Package.Tests;

/// <summary>
/// The README and the pages inside the package, where no repository is around them.
/// </summary>
public partial class PageTests
{
    public static TheoryData<string> Pages { get; } = [.. BuiltPackage.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_is_absolute_and_opens_what_is_in_the_repository(string page) =>
        Assert.All(Link().Matches(BuiltPackage.ReadText(page)).Select(link => link.Groups["target"].Value), CheckTarget);

    [Theory]
    [MemberData(nameof(Pages))]
    public void But_for_its_links_the_page_is_that_of_the_repository(string page)
    {
        string original = File.ReadAllText(Repository.PathTo(page)).ReplaceLineEndings("\n");

        Assert.Equal(WithoutTargets(original), WithoutTargets(BuiltPackage.ReadText(page)));
    }

    [Fact]
    public void Every_rule_page_of_the_repository_is_there() =>
        Assert.Equal(
            Directory.GetFiles(Repository.PathTo("docs", "rules")).Select(path => $"docs/rules/{Path.GetFileName(path)}").Order(StringComparer.Ordinal),
            BuiltPackage.Files.Where(file => file.StartsWith("docs/rules/", StringComparison.Ordinal)));

    private static void CheckTarget(string target)
    {
        Assert.StartsWith("https://", target, StringComparison.Ordinal);
        if (!target.StartsWith(BuildInfo.RepositoryUrl, StringComparison.Ordinal))
        {
            return;
        }

        var match = RepositoryTarget().Match(target[BuildInfo.RepositoryUrl.Length..]);
        Assert.True(match.Success, target);
        Assert.Equal(BuildInfo.PackageVersion, match.Groups["version"].Value);
        string path = Repository.PathTo(match.Groups["path"].Value.Split('/'));
        if (match.Groups["kind"].Value == "tree")
        {
            Assert.True(Directory.Exists(path), target);
            return;
        }

        Assert.True(File.Exists(path), target);
        if (match.Groups["anchor"].Success)
        {
            Assert.Contains(match.Groups["anchor"].Value, Anchors(path));
        }
    }

    /// <summary>The anchors that GitHub gives to the headings of a page.</summary>
    private static IEnumerable<string> Anchors(string path) =>
        Heading().Matches(File.ReadAllText(path)).Select(heading => NotInAnchor().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    private static string WithoutTargets(string page) => Link().Replace(page, "]()").TrimEnd();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^/(?<kind>blob|tree)/v(?<version>[^/]+)/(?<path>(?!.*\.\./)[^#]+)(#(?<anchor>.+))?$")]
    private static partial Regex RepositoryTarget();

    [GeneratedRegex(@"^#+ (?<text>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NotInAnchor();
}
