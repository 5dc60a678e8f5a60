using System.Text.RegularExpressions;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>What the README and the documents link to is there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents { get; } =
    [
        "README.md",
        "CHANGELOG.md",
        .. Directory.GetFiles(Repository.PathTo("docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}"),
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

    [GeneratedRegex(@"\]\((?!https?:|#)(?<target>[^)#]+)")]
    private static partial Regex Link();
}
