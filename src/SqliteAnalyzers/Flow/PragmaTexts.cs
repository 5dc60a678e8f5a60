using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// The pragmas that the strings of a project set, by the member that holds them: what a text that is put together where it
/// cannot be followed may set.
/// </summary>
internal sealed class PragmaTexts
{
    /// <summary>How far a text is handed on: a list, the property that joins it.</summary>
    private const int MaxHandsOn = 2;

    private static readonly Regex s_fragment = new(
        @"^\s*(?<name>journal_mode|synchronous|busy_timeout)\s*[=(]\s*(?<value>\w*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private readonly Dictionary<SyntaxNode, HashSet<PragmaSetting>> _written = [];
    private readonly Dictionary<string, HashSet<PragmaSetting>> _handedOutBy = new(StringComparer.Ordinal);

    public PragmaTexts(IReadOnlyList<TreeIndex> trees)
    {
        foreach (var member in trees.SelectMany(tree => tree.Members))
        {
            All.UnionWith(member.Strings.SelectMany(SetBy).Select(setting => setting.Name));
            var written = new HashSet<PragmaSetting>(member.Strings.SelectMany(text => SetBy(text).Concat(BegunBy(text))));
            if (written.Count > 0)
            {
                _written.Add(member.Declaration, written);
            }
        }

        var sources = trees.SelectMany(tree => tree.Members).Where(member => HandsOutText(member.Declaration)).ToArray();
        for (var i = 0; i < MaxHandsOn; i++)
        {
            foreach (var (name, settings) in sources.Select(member => (member.Name, Settings: WithinReachOf(member))).Where(pair => pair.Settings.Count > 0).ToArray())
            {
                if (!_handedOutBy.TryGetValue(name, out var known))
                {
                    _handedOutBy.Add(name, known = []);
                }

                known.UnionWith(settings);
            }
        }
    }

    /// <summary>The names of all pragmas that a string of the project sets, or begins or continues to set.</summary>
    public HashSet<string> All { get; } = new(StringComparer.Ordinal);

    /// <summary>What a text put together around <paramref name="code"/> may set: the strings of its member, and of the members it names that hand out text.</summary>
    public IReadOnlyCollection<PragmaSetting> WithinReachOf(SyntaxNode code)
    {
        var members = TreeIndex.Of(code.SyntaxTree, default).Members;
        return code.AncestorsAndSelf()
            .Select(node => members.FirstOrDefault(member => member.Declaration == node && member.Declaration is not TypeDeclarationSyntax))
            .FirstOrDefault(member => member is not null) is { } around
                ? WithinReachOf(around)
                : [];
    }

    private HashSet<PragmaSetting> WithinReachOf(TreeIndex.Member member)
    {
        var settings = new HashSet<PragmaSetting>();
        if (_written.TryGetValue(member.Declaration, out var written))
        {
            settings.UnionWith(written);
        }

        foreach (var name in member.Names)
        {
            if (_handedOutBy.TryGetValue(name, out var handedOut))
            {
                settings.UnionWith(handedOut);
            }
        }

        return settings;
    }

    private static IEnumerable<PragmaSetting> SetBy(string text)
    {
        if (s_fragment.Match(text) is { Success: true } fragment)
        {
            yield return new(fragment.Groups["name"].Value.ToLowerInvariant(), NullIfEmpty(fragment.Groups["value"].Value));
        }

        if (text.IndexOf("pragma", StringComparison.OrdinalIgnoreCase) < 0)
        {
            yield break;
        }

        foreach (var statement in SqlScript.Parse(text).Statements)
        {
            if (statement.Pragma is { } pragma && (pragma.Value is not null || text.TrimEnd().EndsWith("=", StringComparison.Ordinal)))
            {
                yield return new(pragma.Name.Text.ToLowerInvariant(), pragma.Value?.Text);
            }
        }
    }

    /// <summary>A text that becomes a pragma when others are added: the name alone, or the word PRAGMA alone.</summary>
    private static IEnumerable<PragmaSetting> BegunBy(string text)
    {
        var word = text.Trim();
        if (PragmaCatalogue.TryGet(word, out _))
        {
            yield return new(word.ToLowerInvariant(), null);
        }
        else if (word.EndsWith("PRAGMA", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(Configures.AnyPragma, null);
        }
    }

    /// <summary>Whether the member is, returns or holds text, alone or in a collection.</summary>
    public static bool HandsOutText(SyntaxNode declaration)
    {
        var type = declaration switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            BasePropertyDeclarationSyntax property => property.Type,
            BaseFieldDeclarationSyntax field => field.Declaration.Type,
            _ => null,
        };
        return type is not null && type.ToString().IndexOf("string", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

/// <summary>A pragma that is set.</summary>
/// <param name="Name">In lower case, or <see cref="Configures.AnyPragma"/>.</param>
/// <param name="Value">Null if it is not known.</param>
internal sealed record PragmaSetting(string Name, string? Value);
