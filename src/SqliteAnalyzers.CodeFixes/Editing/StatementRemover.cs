using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Takes a statement out of its block, with its lines where nothing else stands on them; comments stay.
/// </summary>
internal static class StatementRemover
{
    /// <summary>
    /// Takes a statement out together with the comments above it and behind it, and returns these lines, to be put elsewhere.
    /// </summary>
    public static IReadOnlyList<string> Take(FixContext context, StatementSyntax statement, DocumentEdit edit)
    {
        var text = context.Text;
        var lines = text.Lines;
        var first = lines.GetLineFromPosition(statement.SpanStart);
        var last = lines.GetLineFromPosition(statement.Span.End);
        var own = text.ToString(TextSpan.FromBounds(statement.SpanStart, last.End)).TrimEnd();
        var end = statement.GetLastToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || last.End == text.Length;
        if (!context.Layout.IsFirstOnLine(statement.SpanStart) || !end)
        {
            Remove(context, statement, edit);
            return [text.ToString(statement.Span)];
        }

        var start = StatementInserter.StartOfComments(context, statement);
        var comments = lines.Where(line => line.Start >= start && line.Start < first.Start).Select(line => text.ToString(line.Span).Trim());
        RemoveLines(context, lines.GetLineFromPosition(start), last, edit);
        return [.. comments, own];
    }

    public static void Remove(FixContext context, StatementSyntax statement, DocumentEdit edit)
    {
        var lines = context.Text.Lines;
        var first = lines.GetLineFromPosition(statement.SpanStart);
        var last = lines.GetLineFromPosition(statement.Span.End);
        var rest = context.Text.ToString(TextSpan.FromBounds(statement.Span.End, last.End));

        if (!context.Layout.IsFirstOnLine(statement.SpanStart) || rest.Trim().Length > 0)
        {
            var end = statement.Span.End + (rest.Length - rest.TrimStart().Length);
            edit.Remove(TextSpan.FromBounds(statement.SpanStart, end));
            return;
        }

        RemoveLines(context, first, last, edit);
    }

    /// <summary>The comments inside of a node, as lines.</summary>
    public static IEnumerable<string> CommentsIn(SyntaxNode node) =>
        node.DescendantTrivia()
            .Where(trivia => StatementInserter.IsComment(trivia) && node.Span.Contains(trivia.Span))
            .Select(trivia => trivia.ToString());

    /// <summary>Removes whole lines, and a blank line beside them that parts nothing any more.</summary>
    private static void RemoveLines(FixContext context, TextLine first, TextLine last, DocumentEdit edit)
    {
        var lines = context.Text.Lines;
        var before = first.LineNumber > 0 ? lines[first.LineNumber - 1] : default(TextLine?);
        var after = last.LineNumber + 1 < lines.Count ? lines[last.LineNumber + 1] : default(TextLine?);
        var start = first.Start;
        var end = last.EndIncludingLineBreak;
        if (before is { } blank && IsBlank(context.Text, blank) && (after is null || EndsGroup(context.Text, after.Value)))
        {
            start = blank.Start;
        }
        else if (before is { } open && after is { } next && IsBlank(context.Text, next) && context.Text.ToString(open.Span).TrimEnd().EndsWith("{", System.StringComparison.Ordinal))
        {
            end = next.EndIncludingLineBreak;
        }

        edit.Remove(TextSpan.FromBounds(start, end));
    }

    private static bool IsBlank(SourceText text, TextLine line) => text.ToString(line.Span).Trim().Length == 0;

    private static bool EndsGroup(SourceText text, TextLine line)
    {
        var content = text.ToString(line.Span).Trim();
        return content.Length == 0 || content[0] == '}';
    }
}
