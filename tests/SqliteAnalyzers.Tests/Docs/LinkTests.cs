using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>What the README and the documents link to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents { get; } =
    [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        .. Directory.GetFiles(Repository.PathTo("docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}"),
        .. Directory.GetFiles(Repository.PathTo("docs", "rules"), "*.md").Select(path => $"docs/rules/{Path.GetFileName(path)}"),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_opens_one(string document)
    {
        string path = Repository.PathTo(document);
        string folder = Path.GetDirectoryName(path)!;

        Assert.All(
            Link().Matches(File.ReadAllText(path)).Select(link => link.Groups["target"].Value),
            target => Assert.True(Path.Exists(Path.Combine(folder, target)), $"{document} links to {target}, which does not exist."));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_heading_finds_it(string document)
    {
        string path = Repository.PathTo(document);

        Assert.All(
            LinkToHeading().Matches(File.ReadAllText(path)),
            link =>
            {
                string target = link.Groups["file"].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, link.Groups["file"].Value);
                Assert.Contains(link.Groups["heading"].Value, Heading().Matches(File.ReadAllText(target)).Select(heading => AnchorOf(heading.Groups["text"].Value)));
            });
    }

    /// <summary>As GitHub makes it: in lower case, with hyphens for spaces, without what is neither a letter, a digit nor a hyphen.</summary>
    private static string AnchorOf(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\((?!https?:|#)(?<target>[^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#]*)#(?<heading>[^)]+)\)")]
    private static partial Regex LinkToHeading();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
