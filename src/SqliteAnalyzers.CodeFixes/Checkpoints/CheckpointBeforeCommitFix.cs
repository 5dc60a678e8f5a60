using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Checkpoints;

/// <summary>
/// SQLITE2001: moves the checkpoint after the commit that follows it, or commits before it.
/// </summary>
/// <remarks>
/// The checkpoint is written anew and not moved as it stands: a command that was made inside a transaction belongs to it and
/// cannot run after it.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckpointBeforeCommitFix))]
public sealed class CheckpointBeforeCommitFix() : SqliteCodeFixProvider(
    Descriptors.CheckpointBeforeCommit, nameof(Descriptors.CheckpointBeforeCommit))
{
    private protected override string Title(Diagnostic diagnostic, FixVariant variant) => variant == FixVariant.Helper
        ? "Commit before the checkpoint"
        : "Commit before the checkpoint (ADO.NET alone)";

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
        if (execution is not { IsOnlyCheckpoint: true, Outermost: { } checkpoint }
            || context.Bind(name, span.Start, checkpoint.SpanStart) is not { } connection
            || TransactionCommit.Of(context, diagnostic, checkpoint, connection) is not { } transaction)
        {
            return null;
        }

        var isHelper = IsHelper(context, call);
        if (isHelper && variant == FixVariant.Plain)
        {
            return null;
        }

        var edit = new DocumentEdit();
        var lines = isHelper
            ? [context.Text.ToString(checkpoint.Span)]
            : CheckpointStatements.On(context, connection, mode!, variant, span.Start, edit);
        if (lines is null)
        {
            return null;
        }

        if (transaction.FindAfter(checkpoint) is [.., var commit])
        {
            StatementRemover.Remove(context, checkpoint, edit);
            execution.RemoveSurroundings(context, edit);
            return StatementInserter.TryInsertAfter(context, commit, lines, edit) ? edit : null;
        }

        if (transaction.MoveBefore(checkpoint, keepsHost: false, edit) is not { } newCommit)
        {
            return null;
        }

        execution.RemoveSurroundings(context, edit);
        return StatementInserter.TryReplace(context, checkpoint, [.. newCommit, .. lines], edit) ? edit : null;
    }

    private static bool IsHelper(FixContext context, InvocationExpressionSyntax call) =>
        context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol?.ContainingNamespace?.ToDisplayString() == RuntimeLibrary.Namespace;
}
