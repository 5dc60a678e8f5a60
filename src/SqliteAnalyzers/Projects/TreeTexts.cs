using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>
/// What the strings of one tree say of databases: the data sources its connection strings name, and the pragmas that its members
/// set, or write a part of. Read off the tokens once per tree, and kept as long as the tree.
/// </summary>
internal sealed class TreeTexts
{
    private static readonly ConditionalWeakTable<TreeIndex, TreeTexts> s_texts = new();

    private static readonly Regex s_dataSource = new(
        @"(?:Data\s*Source|Filename)\s*=\s*(?<source>[^;]*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private static readonly Regex s_beginsConnection = new(
        @"^\s*(?:Data\s*Source|Filename|Uri|FullUri)\s*=",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private static readonly Regex s_fragment = new(
        @"^\s*(?<name>journal_mode|synchronous|busy_timeout)\s*[=(]\s*(?<value>\w*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private TreeTexts(
        ImmutableHashSet<string> dataSources,
        ImmutableDictionary<CodeMember, ImmutableHashSet<PragmaSetting>> pragmas,
        ImmutableHashSet<string> allPragmas,
        bool mentionsMemoryOrReadOnly)
    {
        DataSources = dataSources;
        Pragmas = pragmas;
        AllPragmas = allPragmas;
        MentionsMemoryOrReadOnly = mentionsMemoryOrReadOnly;
    }

    /// <summary>The files that connection strings name; what is not constant counts by its source text.</summary>
    public ImmutableHashSet<string> DataSources { get; }

    /// <summary>By member, what its strings set, or may when others are added.</summary>
    public ImmutableDictionary<CodeMember, ImmutableHashSet<PragmaSetting>> Pragmas { get; }

    /// <summary>The names of all pragmas that a string sets, or continues to set.</summary>
    public ImmutableHashSet<string> AllPragmas { get; }

    public bool MentionsMemoryOrReadOnly { get; }

    public static TreeTexts Of(SyntaxTree tree, TreeIndex index, CancellationToken cancellation) =>
        s_texts.TryGetValue(index, out var texts) ? texts : s_texts.GetValue(index, _ => Read(tree, index, cancellation));

    private static TreeTexts Read(SyntaxTree tree, TreeIndex index, CancellationToken cancellation)
    {
        var dataSources = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var pragmas = ImmutableDictionary.CreateBuilder<CodeMember, ImmutableHashSet<PragmaSetting>>();
        var all = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var mentionsOthers = false;
        if ((index.Words & (Words.DataSource | Words.Pragma | Words.OtherAccess)) != 0)
        {
            var root = tree.GetRoot(cancellation);
            foreach (var member in index.Members)
            {
                cancellation.ThrowIfCancellationRequested();
                if ((member.Words & (Words.DataSource | Words.Pragma | Words.OtherAccess)) == 0)
                {
                    continue;
                }

                var nodes = TreeIndex.NodesOf(member, root).ToArray();
                var strings = nodes.Where(node => !IsInConnectionString(node)).SelectMany(StringsOf).ToArray();
                dataSources.UnionWith(nodes.Select(SourceIn).OfType<string>().Where(source => !Mentions(source, ":memory:")));
                mentionsOthers |= nodes.Any(node => (IsOtherMode(node) || StringsOf(node).Any(IsOtherAccess)) && !IsGivenToOneConnection(node));
                all.UnionWith(strings.SelectMany(SetBy).Select(setting => setting.Name));
                var written = strings.SelectMany(text => SetBy(text).Concat(BegunBy(text))).ToImmutableHashSet();
                if (!written.IsEmpty)
                {
                    pragmas[member.Member] = written;
                }
            }
        }

        return new(dataSources.ToImmutable(), pragmas.ToImmutable(), all.ToImmutable(), mentionsOthers);
    }

    private static IEnumerable<string> StringsOf(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => [literal.Token.ValueText],
        InterpolatedStringTextSyntax text => [text.TextToken.ValueText],
        _ => [],
    };

    /// <summary>Whether a text is a part of a connection string after its file: no driver executes what stands there.</summary>
    private static bool IsInConnectionString(SyntaxNode node)
    {
        if (!StringsOf(node).Any(text => Mentions(text, "pragma")))
        {
            return false;
        }

        var whole = node is InterpolatedStringTextSyntax ? node.Parent! : node;
        while (whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            whole = sum;
        }

        return whole.DescendantNodesAndSelf().SelectMany(StringsOf).FirstOrDefault() is { } first && s_beginsConnection.IsMatch(first);
    }

    private static bool IsOtherAccess(string text) => Mentions(text, ":memory:") || Mentions(text, "mode=memory") || Mentions(text, "mode=readonly") || Mentions(text, "mode=ro");

    private static bool IsOtherMode(SyntaxNode node) =>
        node is IdentifierNameSyntax { Identifier.ValueText: "SqliteOpenMode" } && node.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ReadWrite" or "ReadWriteCreate" };

    /// <summary>What is written where a connection is made, or in a variable that nothing else is given, says how that one is opened, and of no other.</summary>
    private static bool IsGivenToOneConnection(SyntaxNode node) => IsArgument(node)
        || (node.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { Declaration.Variables: [{ Identifier.ValueText: var name }], Parent: { } block }
            && (block is GlobalStatementSyntax ? block.Parent! : block).DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(other => other.Identifier.ValueText == name && !(other.Parent is MemberAccessExpressionSyntax { Name: var member } && member == other))
                .All(IsArgument));

    private static bool IsArgument(SyntaxNode node) => node.Ancestors().OfType<ArgumentListSyntax>().Any(arguments =>
        arguments.Parent is ObjectCreationExpressionSyntax { Type: SimpleNameSyntax { Identifier.ValueText: "SqliteConnection" or "SQLiteConnection" } });

    private static bool Mentions(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    private static string? SourceIn(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => In(literal.Token.ValueText, literal),
        InterpolatedStringExpressionSyntax interpolated => In(interpolated.Contents.ToString(), interpolated),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "DataSource" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "DataSource" } } assignment =>
            assignment.Right is LiteralExpressionSyntax value ? value.Token.ValueText : assignment.Right.ToString(),
        _ => null,
    };

    private static string? In(string text, ExpressionSyntax expression)
    {
        if (s_dataSource.Match(text) is not { Success: true } match)
        {
            return null;
        }

        // "Data Source=" + path: the sum's other side says which.
        var source = match.Groups["source"].Value.Trim();
        return source.Length == 0 && expression.Parent is BinaryExpressionSyntax sum ? sum.Right.ToString() : source;
    }

    private static IEnumerable<PragmaSetting> SetBy(string text)
    {
        if (s_fragment.Match(text) is { Success: true } fragment)
        {
            var value = fragment.Groups["value"].Value;
            yield return new(fragment.Groups["name"].Value.ToLowerInvariant(), value.Length == 0 ? null : value);
        }

        if (text.IndexOf("pragma", StringComparison.OrdinalIgnoreCase) < 0)
        {
            yield break;
        }

        foreach (var statement in SqlScript.Parse(text).Statements)
        {
            if (statement.Pragma is { } pragma && (pragma.Value is not null || text.TrimEnd() is [.., '=' or '(']))
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
}
