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

        var start = first.Start;
        var blankBefore = first.LineNumber > 0 && IsBlank(context.Text, lines[first.LineNumber - 1]);
        var next = last.LineNumber + 1 < lines.Count ? lines[last.LineNumber + 1] : default(TextLine?);
        if (blankBefore && (next is null || EndsGroup(context.Text, next.Value)))
        {
            start = lines[first.LineNumber - 1].Start;
        }

        edit.Remove(TextSpan.FromBounds(start, last.EndIncludingLineBreak));
    }

    private static bool IsBlank(SourceText text, TextLine line) => text.ToString(line.Span).Trim().Length == 0;

    private static bool EndsGroup(SourceText text, TextLine line)
    {
        var content = text.ToString(line.Span).Trim();
        return content.Length == 0 || content[0] == '}';
    }
}
