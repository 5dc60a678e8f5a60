using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// A checkpoint that is the first or the last of several statements of one text: it can be cut out, and run by itself before or after the others.
/// </summary>
internal sealed class CheckpointInScript
{
    private readonly TextSpan _cut;

    private CheckpointInScript(CheckpointTarget target, bool isFirst, TextSpan cut)
    {
        Target = target;
        IsFirst = isFirst;
        _cut = cut;
    }

    public CheckpointTarget Target { get; }

    public bool IsFirst { get; }

    /// <summary>The checkpoint in the text that the call executes; null where it is the only statement, stands between others, or is not written there by itself.</summary>
    public static CheckpointInScript? Of(FixContext context, Execution execution, string mode)
    {
        if (execution.Script is not { } expression
            || SqlSource.FromExpression(expression, context.Model, context.CancellationToken) is not { Script.Statements: { Length: > 1 } statements } source
            || statements.Count(statement => statement.Pragma is { IsCheckpoint: true }) != 1)
        {
            return null;
        }

        var isFirst = statements[0].Pragma is { IsCheckpoint: true };
        var checkpoint = isFirst ? statements[0] : statements[statements.Length - 1];
        if (CheckpointTarget.Of(checkpoint, mode) is not { } target || !source.IsWrittenAsIs(checkpoint.Span))
        {
            return null;
        }

        var cut = isFirst
            ? TextSpan.FromBounds(checkpoint.Span.Start, statements[1].Span.Start)
            : TextSpan.FromBounds(statements[statements.Length - 2].Span.End, source.Text.Length);
        var around = source.Text.Substring(cut.Start, checkpoint.Span.Start - cut.Start) + source.Text.Substring(checkpoint.Span.End, cut.End - checkpoint.Span.End);
        return around.All(character => character == ';' || char.IsWhiteSpace(character)) && IsOneToken(context, source.GetLocation(cut), expression)
            ? new CheckpointInScript(target, isFirst, source.GetLocation(cut).SourceSpan)
            : null;
    }

    public void CutOut(DocumentEdit edit) => edit.Replace(_cut, IsFirst ? "" : ";");

    private static bool IsOneToken(FixContext context, Location location, ExpressionSyntax expression) =>
        location.SourceTree == context.Root.SyntaxTree
        && expression.Span.Contains(location.SourceSpan)
        && context.Root.FindToken(location.SourceSpan.Start).Span.Contains(location.SourceSpan);
}
