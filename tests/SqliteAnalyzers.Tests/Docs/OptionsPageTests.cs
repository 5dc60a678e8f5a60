using System.Text;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Tests.Docs;

/// <summary>docs/options.md is made from the options that the code reads.</summary>
public sealed class OptionsPageTests
{
    [Fact]
    public void The_page_says_what_is_read()
    {
        var page = new StringBuilder(
            """
            # Options

            <!-- Made from src/SqliteAnalyzers/Projects/RuleOption.cs; the tests say how to make it anew. -->

            Set them in .editorconfig, for all files or a section. Each is a list of words, separated by commas. A key names a rule; where an option holds for several, a key may name any of them, and the words of all are put together. `sqlite_analyzers.` in place of the rule is read where none of these keys is set. A word that an option does not take is left out, and a key that no rule reads does nothing: [SQLITE9001](rules/SQLITE9001.md) says so of both.

            | Option | Rules | Each word is | Default | Meaning |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var option in RuleOption.All)
        {
            var rules = string.Join(", ", option.Rules.Select(rule => $"[{rule}](rules/{rule}.md)"));
            var words = option.Default.IsEmpty ? "none" : $"`{string.Join(", ", option.Default)}`";
            page.Append($"| `{option.Name}` | {rules} | {option.Word} | {words} | {option.Meaning} |\n");
        }

        page.Append("\nThe keys, those that are read first above:\n\n```ini\n[*.cs]\n");
        page.Append(string.Join("\n", RuleOption.All.Select(option => string.Concat(KeysOf(option).Select(key => $"{key} = {string.Join(", ", option.Example)}\n")))));
        page.Append("```\n");

        Snapshot.Match(Repository.PathTo("docs", "options.md"), page.ToString());
    }

    /// <summary>A key of an example that stands elsewhere is one that is read.</summary>
    [Fact]
    public void Every_key_in_the_documents_is_read()
    {
        var keys = RuleOption.All.SelectMany(KeysOf).ToHashSet(StringComparer.Ordinal);
        var documents = Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathTo("README.md"));
        var written = documents
            .SelectMany(document => File.ReadAllText(document).Split([' ', '\n', '\r', '`', '|'], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.StartsWith("sqlite_analyzers.", StringComparison.Ordinal) || word.StartsWith("dotnet_code_quality.SQLITE", StringComparison.Ordinal))
            .Distinct()
            .ToArray();

        Assert.NotEmpty(written);
        Assert.All(written.Where(word => word != "sqlite_analyzers."), word => Assert.Contains(word, keys));
    }

    private static IEnumerable<string> KeysOf(RuleOption option) => option.RuleKeys.Append(option.GeneralKey);

    [Fact]
    public void Examples_and_defaults_are_words_of_their_option() =>
        Assert.All(RuleOption.All, option => Assert.All(option.Default.Concat(option.Example), word => Assert.True(option.IsWord(word), $"{option.Name}: {word}")));
}
