using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Checkpoints;

/// <summary>
/// SQLITE2001: moves the checkpoint after the commit that follows it; or commits before it.
/// </summary>
/// <remarks>
/// The checkpoint is written anew and not moved as it stands: a command that was made inside a transaction belongs to it and
/// cannot run after it.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckpointBeforeCommitFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class CheckpointBeforeCommitFix() : SqliteCodeFixProvider(
    Descriptors.CheckpointBeforeCommit, nameof(Descriptors.CheckpointBeforeCommit))
{
    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var span = diagnostic.Location.SourceSpan;
        if (context.FindInvocation(span) is not { } call
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Mode, out var mode)
            || string.IsNullOrEmpty(mode))
        {
            return null;
        }

        var execution = Execution.Of(context, call);
        if (execution.Outermost is not { } checkpoint
            || context.Bind(name, span.Start, checkpoint.SpanStart) is not { } connection
            || TransactionCommit.Of(context, diagnostic, checkpoint, connection) is not { } transaction
            || new CheckpointPlace(context, checkpoint, connection).HasOpenReader()
            || Handlers.Contains(checkpoint))
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "" };
        return Lines(context, execution, connection, mode!, variant, edit) is { } lines
            && (TryMove(context, execution, checkpoint, transaction, lines, edit) || TryAdd(context, execution, checkpoint, transaction, lines, edit))
                ? edit
                : null;
    }

    /// <summary>The checkpoint at its new place: the program's own call of the helper, or one in the place of the pragma.</summary>
    private static IReadOnlyList<string>? Lines(
        FixContext context, Execution execution, NamedValue connection, string mode, FixVariant variant, DocumentEdit edit)
    {
        if (IsHelper(context, execution.Call))
        {
            return variant == FixVariant.Helper ? [context.Text.ToString(execution.Outermost!.Span)] : null;
        }

        return execution.CanBeReplaced(context)
            && CheckpointTarget.Of(execution.Sql, mode) is { } target
            && (variant == FixVariant.Plain || target.CanBeHelper(context))
                ? CheckpointStatements.On(context, connection, target, variant, execution.Call.SpanStart, edit)
                : null;
    }

    private static bool TryMove(
        FixContext context, Execution execution, StatementSyntax checkpoint, TransactionCommit transaction, IReadOnlyList<string> lines, DocumentEdit edit)
    {
        if (transaction.FindAfter(checkpoint) is not [.., var commit])
        {
            return false;
        }

        if (TransactionCommit.StatementsBetween(checkpoint, commit).Any(statement => (context.Effects.Of(statement) & Effects.Process) != 0))
        {
            // After the commit, the process would have started by then.
            edit.Title = "Move the commit before the checkpoint";
            return transaction.MoveBefore(checkpoint, keepsHost: false, edit) is { } moved
                && TryReplace(context, execution, checkpoint, [.. moved, .. lines], edit);
        }

        edit.Title = "Move the checkpoint after the commit";
        if (StatementInserter.HasBranchingDirective(context, TextSpan.FromBounds(checkpoint.SpanStart, commit.Span.End)))
        {
            return false;
        }

        var place = PlaceAfter(context, commit, transaction, edit);
        var comments = StatementRemover.TakeComments(context, execution.Surroundings.Append(checkpoint), edit);
        return place is not null && StatementInserter.TryInsertAfter(context, place, [.. comments, .. lines], edit);
    }

    private static bool TryAdd(
        FixContext context, Execution execution, StatementSyntax checkpoint, TransactionCommit transaction, IReadOnlyList<string> lines, DocumentEdit edit)
    {
        edit.Title = "Add a commit before the checkpoint";
        return transaction.AddBefore(checkpoint, keepsHost: false, edit) is { } commit
            && TryReplace(context, execution, checkpoint, [.. commit, .. lines], edit);
    }

    private static bool TryReplace(
        FixContext context, Execution execution, StatementSyntax checkpoint, IReadOnlyList<string> lines, DocumentEdit edit)
    {
        StatementRemover.Remove(context, execution.Surroundings, edit);
        return StatementInserter.TryReplace(context, checkpoint, [.. StatementRemover.CommentsIn(checkpoint), .. lines], edit);
    }

    /// <summary>
    /// What the checkpoint goes after: the commit; where an exception would lead to a handler, the try statement, if one comes there only
    /// after the commit.
    /// </summary>
    private static StatementSyntax? PlaceAfter(FixContext context, StatementSyntax commit, TransactionCommit transaction, DocumentEdit edit)
    {
        if (transaction.ReachInTries(commit) == FixReach.All)
        {
            return commit;
        }

        if (Handlers.TriesAround(commit).ToList() is [{ Finally: null } handled]
            && commit.Parent == handled.Block
            && handled.Parent is BlockSyntax or GlobalStatementSyntax
            && handled.Catches.All(handler => handler.Block.Statements is [.., ThrowStatementSyntax or ReturnStatementSyntax])
            && handled.Block.Statements.Where(statement => statement.SpanStart > commit.SpanStart).All(statement => IsQuiet(context, statement)))
        {
            return handled;
        }

        edit.Limit(transaction.ReachInTries(commit));
        return commit;
    }

    private static bool IsQuiet(FixContext context, StatementSyntax statement) =>
        context.Effects.Of(statement) == Effects.None
        && !statement.DescendantNodesAndSelf().Any(node => node is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax);

    private static bool IsHelper(FixContext context, InvocationExpressionSyntax call) =>
        context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol?.ContainingNamespace?.ToDisplayString() == RuntimeLibrary.Namespace;
}
