using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Flow;

/// <summary>Counts the data sources of a project by the text of its connection strings.</summary>
internal static class DataSources
{
    private static readonly Regex s_dataSource = new(
        @"(?:Data\s*Source|Filename)\s*=\s*(?<source>[^;]*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>How many different files the connection strings name; what is not constant counts by its source text.</summary>
    public static int CountDistinct(IEnumerable<TreeIndex> trees)
    {
        var sources = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in trees.SelectMany(tree => tree.Members))
        {
            if (member.Names.Contains("DataSource") || member.Strings.Any(MayHoldDataSource))
            {
                foreach (var node in member.Declaration.DescendantNodes())
                {
                    if (SourceIn(node) is { } source && !IsMemory(source))
                    {
                        sources.Add(source);
                    }
                }
            }
        }

        return sources.Count;
    }

    public static bool MentionsMemoryOrReadOnly(TreeIndex.Member member) =>
        member.Names.Contains("SqliteOpenMode")
        || member.Strings.Any(text => Mentions(text, ":memory:") || Mentions(text, "mode=memory") || Mentions(text, "mode=readonly") || Mentions(text, "mode=ro"));

    private static bool MayHoldDataSource(string text) => Mentions(text, "source") || Mentions(text, "filename");

    private static bool Mentions(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsMemory(string source) => Mentions(source, ":memory:");

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
}
