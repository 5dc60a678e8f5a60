using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.CodeFixes.Editing;

/// <summary>
/// Takes statements out of their list, with their lines where nothing else stands on them.
/// </summary>
internal static class StatementRemover
{
    /// <summary>Takes a statement out; comments beside it stay.</summary>
    public static void Remove(FixContext context, StatementSyntax statement, DocumentEdit edit) => Remove(context, [statement], edit);

    /// <summary>Takes statements of one list out; comments beside them stay.</summary>
    public static void Remove(FixContext context, IEnumerable<StatementSyntax> statements, DocumentEdit edit)
    {
        var removed = new List<(TextLine First, TextLine Last)>();
        foreach (var statement in statements)
        {
            var (first, last) = LinesOf(context, statement);
            if (context.Layout.IsFirstOnLine(statement.SpanStart) && context.Text.ToString(TextSpan.FromBounds(statement.Span.End, last.End)).Trim().Length == 0)
            {
                removed.Add((first, last));
            }
            else
            {
                RemoveWithinLine(context, statement, edit);
            }
        }

        RemoveLines(context, removed, edit);
    }

    /// <summary>
    /// Takes statements of one list out together with the comments above them and behind them, and returns these lines, to be put elsewhere.
    /// </summary>
    public static IReadOnlyList<string> Take(FixContext context, IEnumerable<StatementSyntax> statements, DocumentEdit edit) =>
        Take(context, statements, (statement, end) => [context.Text.ToString(TextSpan.FromBounds(statement.SpanStart, end)).TrimEnd()], edit);

    /// <summary>Takes statements of one list out, and returns the comments above, inside and behind them, to be put elsewhere.</summary>
    public static IReadOnlyList<string> TakeComments(FixContext context, IEnumerable<StatementSyntax> statements, DocumentEdit edit) =>
        Take(
            context,
            statements,
            (statement, end) => CommentsIn(statement).Concat(statement.GetTrailingTrivia().Where(trivia => StatementInserter.IsComment(trivia) && trivia.Span.End <= end).Select(comment => comment.ToString())),
            edit);

    /// <param name="context">The document.</param>
    /// <param name="statements">What is taken out.</param>
    /// <param name="linesOf">The lines to keep of a statement and what stands behind it, up to a position.</param>
    /// <param name="edit">Takes the removal.</param>
    private static IReadOnlyList<string> Take(
        FixContext context, IEnumerable<StatementSyntax> statements, Func<StatementSyntax, int, IEnumerable<string>> linesOf, DocumentEdit edit)
    {
        var taken = new List<string>();
        var removed = new List<(TextLine First, TextLine Last)>();
        foreach (var statement in statements.OrderBy(statement => statement.SpanStart))
        {
            var (first, last) = LinesOf(context, statement);
            if (StandsAlone(context, statement, last))
            {
                var above = CommentsAbove(context, statement).ToList();
                taken.AddRange(above.Select(line => context.Text.ToString(line.Span).Trim()));
                taken.AddRange(linesOf(statement, last.End));
                removed.Add((above.Count > 0 ? above[0] : first, last));
            }
            else
            {
                taken.AddRange(linesOf(statement, statement.Span.End));
                RemoveWithinLine(context, statement, edit);
            }
        }

        RemoveLines(context, removed, edit);
        return taken;
    }

    /// <summary>The comments inside of a node, as lines.</summary>
    public static IEnumerable<string> CommentsIn(SyntaxNode node) =>
        node.DescendantTrivia()
            .Where(trivia => StatementInserter.IsComment(trivia) && node.Span.Contains(trivia.Span))
            .Select(trivia => trivia.ToString());

    private static (TextLine First, TextLine Last) LinesOf(FixContext context, StatementSyntax statement) =>
        (context.Text.Lines.GetLineFromPosition(statement.SpanStart), context.Text.Lines.GetLineFromPosition(statement.Span.End));

    /// <summary>Whether nothing but comments stands beside the statement on its lines.</summary>
    private static bool StandsAlone(FixContext context, StatementSyntax statement, TextLine last) =>
        context.Layout.IsFirstOnLine(statement.SpanStart)
        && (statement.GetLastToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || last.End == context.Text.Length);

    private static IEnumerable<TextLine> CommentsAbove(FixContext context, StatementSyntax statement)
    {
        var lines = context.Text.Lines;
        var start = lines.IndexOf(StatementInserter.StartOfComments(context, statement));
        return Enumerable.Range(start, lines.IndexOf(statement.SpanStart) - start).Select(number => lines[number]);
    }

    private static void RemoveWithinLine(FixContext context, StatementSyntax statement, DocumentEdit edit)
    {
        var previous = statement.GetFirstToken().GetPreviousToken();
        if (!context.Layout.IsFirstOnLine(statement.SpanStart)
            && context.Text.ToString(TextSpan.FromBounds(previous.Span.End, statement.SpanStart)).All(character => character is ' ' or '\t'))
        {
            edit.Remove(TextSpan.FromBounds(previous.Span.End, statement.Span.End));
            return;
        }

        var end = statement.Span.End;
        while (end < context.Text.Length && context.Text[end] is ' ' or '\t')
        {
            end++;
        }

        edit.Remove(TextSpan.FromBounds(statement.SpanStart, end));
    }

    /// <summary>Removes whole lines, those at once that only blank lines part.</summary>
    private static void RemoveLines(FixContext context, IEnumerable<(TextLine First, TextLine Last)> removed, DocumentEdit edit)
    {
        var group = default((TextLine First, TextLine Last)?);
        foreach (var (first, last) in removed.OrderBy(lines => lines.First.Start))
        {
            if (group is { } begun && IsBlankBetween(context, begun.Last, first))
            {
                group = (begun.First, last);
                continue;
            }

            RemoveLines(context, group, edit);
            group = (first, last);
        }

        RemoveLines(context, group, edit);
    }

    private static bool IsBlankBetween(FixContext context, TextLine last, TextLine first) =>
        context.Text.ToString(TextSpan.FromBounds(last.End, first.Start)).Trim().Length == 0;

    /// <summary>Removes whole lines, and a blank line beside them that parts nothing any more.</summary>
    private static void RemoveLines(FixContext context, (TextLine First, TextLine Last)? removed, DocumentEdit edit)
    {
        if (removed is not { First: var first, Last: var last })
        {
            return;
        }

        var lines = context.Text.Lines;
        var before = first.LineNumber > 0 ? lines[first.LineNumber - 1] : default(TextLine?);
        var after = last.LineNumber + 1 < lines.Count ? lines[last.LineNumber + 1] : default(TextLine?);
        var start = first.Start;
        var end = last.EndIncludingLineBreak;
        if (before is { } blank && IsBlank(context.Text, blank) && (after is null || EndsGroup(context.Text, after.Value)))
        {
            start = blank.Start;
        }
        else if (before is { } open && after is { } next && IsBlank(context.Text, next) && context.Text.ToString(open.Span).TrimEnd().EndsWith("{", StringComparison.Ordinal))
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
