using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Tests.Order.Analyses;

/// <summary>
/// Says where a finding stands in a way that stays the same when members, types and files change places: in which member of which type,
/// how far from its beginning, and on what text.
/// </summary>
internal static class FindingPlace
{
    public static string Of(Location location)
    {
        if (location is not { IsInSource: true, SourceTree: { } tree, SourceSpan: var span })
        {
            return location.Kind.ToString();
        }

        var root = tree.GetRoot();
        var unit = root.FindNode(span).AncestorsAndSelf().First(node => node is CompilationUnitSyntax || IsMovable(node));
        var start = unit is CompilationUnitSyntax top ? StartOfStatements(top) : unit.SpanStart;

        // The text of a type changes with the order of its members.
        var end = unit is TypeDeclarationSyntax { OpenBraceToken.RawKind: not 0 } type ? Math.Min(span.End, type.OpenBraceToken.SpanStart) : span.End;
        var text = end > span.Start ? tree.GetText().ToString(new(span.Start, end - span.Start)) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join('.', PathOf(unit))} +{span.Start - start} '{text}'");
    }

    /// <summary>A member of a type, or a type, and no namespace.</summary>
    private static bool IsMovable(SyntaxNode node) =>
        node is MemberDeclarationSyntax and not (GlobalStatementSyntax or BaseNamespaceDeclarationSyntax);

    private static int StartOfStatements(CompilationUnitSyntax unit) => unit.Members.FirstOrDefault(member => member is GlobalStatementSyntax)?.SpanStart ?? 0;

    private static IEnumerable<string> PathOf(SyntaxNode unit) => unit.AncestorsAndSelf().Reverse().Select(NameOf).Where(name => name.Length > 0);

    private static string NameOf(SyntaxNode node) => node switch
    {
        CompilationUnitSyntax or GlobalStatementSyntax => "",
        BaseNamespaceDeclarationSyntax container => container.Name.ToString(),
        TypeDeclarationSyntax type => type.Identifier.Text + type.TypeParameterList,
        MemberDeclarationSyntax member => HeadOf(member),
        _ => "",
    };

    /// <summary>What stands before the body or the value: modifiers, type, name and parameters.</summary>
    private static string HeadOf(MemberDeclarationSyntax member)
    {
        var depth = 0;
        var tokens = member.DescendantTokens(node => node is not AttributeListSyntax).TakeWhile(token =>
        {
            depth += token.Kind() switch
            {
                SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
                SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
                _ => 0,
            };
            return depth > 0
                || token.Kind() is not (SyntaxKind.OpenBraceToken or SyntaxKind.EqualsGreaterThanToken or SyntaxKind.EqualsToken or SyntaxKind.SemicolonToken);
        });
        return string.Join(' ', tokens.Select(token => token.Text));
    }
}
