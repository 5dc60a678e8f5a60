using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>The table of contents of the documentation site leads to every page, once.</summary>
public sealed partial class ContentsTests
{
    [Fact]
    public void Every_page_is_in_the_contents()
    {
        string folder = Repository.PathTo("docs");
        var pages = Directory.GetFiles(folder, "*.md").Concat(Directory.GetFiles(Path.Combine(folder, "rules"), "*.md"))
            .Select(page => Path.GetRelativePath(folder, page).Replace('\\', '/'))
            .Concat(new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" }.Select(page => $"../{page}"));

        var listed = Entry().Matches(File.ReadAllText(Path.Combine(folder, "toc.yml"))).Select(entry => entry.Groups["page"].Value);

        Assert.Equal(pages.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"href: (?<page>\S+\.md)$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
