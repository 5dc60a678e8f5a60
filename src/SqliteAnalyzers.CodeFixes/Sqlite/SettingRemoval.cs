using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>Takes a setting of a connection out: of a connection string, of an initializer, or as a statement.</summary>
internal static class SettingRemoval
{
    /// <summary>The edit; null where the setting cannot be removed alone.</summary>
    public static DocumentEdit? Of(FixContext context, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(DiagnosticProperties.Removable) || diagnostic.AdditionalLocations is not [{ SourceSpan: var span }, ..]
            || diagnostic.AdditionalLocations[0].SourceTree != context.Root.SyntaxTree)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = $"Remove '{TitleOf(context.Text.ToString(span))}'" };
        var node = context.Root.FindNode(span, getInnermostNodeForTie: true);
        if (node is AssignmentExpressionSyntax assignment && assignment.Span == span)
        {
            return Remove(context, assignment, edit) ? edit : null;
        }

        if (node is LiteralExpressionSyntax { Parent: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum } literal
            && sum.Right == literal && literal.Token.ValueText.Length == span.Length && !HasComment(sum.OperatorToken))
        {
            edit.Remove(TextSpan.FromBounds(sum.Left.Span.End, literal.Span.End));
            return edit;
        }

        edit.Remove(span);
        return edit;
    }

    private static string TitleOf(string removed) => removed.Trim(';', '&', '?', ' ', '\t', '\r', '\n');

    private static bool Remove(FixContext context, AssignmentExpressionSyntax assignment, DocumentEdit edit)
    {
        switch (assignment.Parent)
        {
            case InitializerExpressionSyntax initializer:
                RemoveFrom(context, initializer, assignment, edit);
                return true;
            case ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement:
                StatementRemover.Remove(context, statement, edit);
                return true;
            default:
                return false;
        }
    }

    private static void RemoveFrom(FixContext context, InitializerExpressionSyntax initializer, ExpressionSyntax expression, DocumentEdit edit)
    {
        var index = initializer.Expressions.IndexOf(expression);
        var lines = context.Text.Lines;
        var first = lines.GetLineFromPosition(expression.SpanStart);
        var isLast = index == initializer.Expressions.Count - 1;
        var end = index < initializer.Expressions.SeparatorCount ? initializer.Expressions.GetSeparator(index).Span.End : expression.Span.End;
        var last = lines.GetLineFromPosition(end);
        if (context.Layout.IsFirstOnLine(expression.SpanStart) && context.Text.ToString(TextSpan.FromBounds(end, last.End)).Trim().Length == 0)
        {
            // The comma in front of the last stays where it stood behind it.
            if (isLast && index > 0 && index >= initializer.Expressions.SeparatorCount && initializer.Expressions.GetSeparator(index - 1) is var comma)
            {
                edit.Remove(comma.Span);
            }

            edit.Remove(TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak));
            return;
        }

        if (isLast && index > 0 && index >= initializer.Expressions.SeparatorCount)
        {
            edit.Remove(TextSpan.FromBounds(initializer.Expressions.GetSeparator(index - 1).SpanStart, end));
            return;
        }

        while (end < last.End && context.Text[end] is ' ' or '\t')
        {
            end++;
        }

        edit.Remove(TextSpan.FromBounds(expression.SpanStart, end));
    }

    private static bool HasComment(SyntaxToken token) =>
        token.GetAllTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
