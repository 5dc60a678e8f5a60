using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Gives a statement that shares its line with others a line of its own, so that lines can be put around it; a list of statements that
/// stands on one line is broken at each of them.
/// </summary>
internal static class LineBreaks
{
    /// <summary>The white space that the line of the node begins with, once it has one of its own.</summary>
    public static string IndentOf(FixContext context, SyntaxNode node)
    {
        var layout = context.Layout;
        if (layout.IsFirstOnLine(node.SpanStart) || node.Parent is not { } parent)
        {
            return layout.IndentAt(node.SpanStart);
        }

        if (node is StatementSyntax statement && SiblingsOf(statement) is { } siblings)
        {
            return siblings.FirstOrDefault(sibling => layout.IsFirstOnLine(sibling.SpanStart)) is { } first
                ? layout.IndentAt(first.SpanStart)
                : parent is GlobalStatementSyntax ? "" : IndentOf(context, parent) + layout.UnitAt(statement);
        }

        return parent is StatementSyntax or ElseClauseSyntax or CatchClauseSyntax or FinallyClauseSyntax or SwitchSectionSyntax
            ? IndentOf(context, parent)
            : layout.IndentAt(node.SpanStart);
    }

    /// <summary>Breaks the line before and behind the statement; what the edit has changed already stays.</summary>
    public static void Around(FixContext context, StatementSyntax statement, DocumentEdit edit)
    {
        if (SiblingsOf(statement) is not { } siblings)
        {
            if (statement.Parent?.FirstAncestorOrSelf<StatementSyntax>() is { } owner)
            {
                Around(context, owner, edit);
            }

            return;
        }

        var block = statement.Parent as BlockSyntax;
        var isOneLine = block is not null && IsOnOneLine(context, block.Span);
        if (isOneLine && block!.Parent is StatementSyntax or ElseClauseSyntax or CatchClauseSyntax or FinallyClauseSyntax)
        {
            Around(context, block!.Parent.FirstAncestorOrSelf<StatementSyntax>()!, edit);
        }

        var indent = IndentOf(context, statement);
        var index = siblings.IndexOf(statement);
        foreach (var broken in isOneLine ? siblings : siblings.Skip(index).Take(2))
        {
            Before(context, broken.GetFirstToken(), indent, edit);
        }

        if (block is not null && (isOneLine || index == siblings.Count - 1))
        {
            Break(context, block, isOneLine, edit);
        }
    }

    /// <summary>Puts the braces of a block on lines of their own.</summary>
    private static void Break(FixContext context, BlockSyntax block, bool isOneLine, DocumentEdit edit)
    {
        var indent = IndentOf(context, block);
        var isSameLine = context.Layout.OpensBracesOnSameLine(block);
        if (isOneLine && !isSameLine && !(block.Parent is AccessorDeclarationSyntax accessor && !context.Layout.IsFirstOnLine(accessor.SpanStart)))
        {
            Before(context, block.OpenBraceToken, indent, edit);
        }

        Before(context, block.CloseBraceToken, indent, edit);
        if (!isSameLine && block.CloseBraceToken.GetNextToken() is var next
            && (next.IsKind(SyntaxKind.ElseKeyword) || next.IsKind(SyntaxKind.CatchKeyword) || next.IsKind(SyntaxKind.FinallyKeyword)))
        {
            Before(context, next, indent, edit);
        }
    }

    private static void Before(FixContext context, SyntaxToken token, string indent, DocumentEdit edit)
    {
        var previous = token.GetPreviousToken();
        var start = previous.TrailingTrivia.Where(StatementInserter.IsComment).Select(comment => comment.Span.End).LastOrDefault() is var end and > 0 ? end : previous.Span.End;
        var gap = TextSpan.FromBounds(start, token.SpanStart);
        if (context.Text.ToString(gap).All(character => character is ' ' or '\t') && !previous.IsKind(SyntaxKind.None)
            && !edit.Changes.Any(change => change.Span.OverlapsWith(gap) || change.Span == gap))
        {
            edit.Replace(gap, context.Layout.NewLine + indent);
        }
    }

    private static bool IsOnOneLine(FixContext context, TextSpan span) => context.Text.Lines.IndexOf(span.Start) == context.Text.Lines.IndexOf(span.End);

    /// <summary>The statements of the list that it is in; null if it is in none.</summary>
    private static List<StatementSyntax>? SiblingsOf(StatementSyntax statement) => StatementLists.Of(StatementLists.OwnerOf(statement))?.ToList();
}
