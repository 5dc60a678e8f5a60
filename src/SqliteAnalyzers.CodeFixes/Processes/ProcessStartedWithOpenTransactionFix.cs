using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Processes;

/// <summary>
/// SQLITE1002: moves the commit before the statement that starts the process, or adds one there, and checkpoints.
/// </summary>
/// <remarks>
/// The commit moves only where the program comes to it whatever the process does: a program that looks at the process and then does
/// not commit would store what it rejects.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProcessStartedWithOpenTransactionFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class ProcessStartedWithOpenTransactionFix() : SqliteCodeFixProvider(
    Descriptors.ProcessStartedWithOpenTransaction, nameof(Descriptors.ProcessStartedWithOpenTransaction))
{
    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var span = diagnostic.Location.SourceSpan;
        var host = StatementInserter.FindHost(context, context.Root.FindNode(span, getInnermostNodeForTie: true));
        if (host is null
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            || context.Bind(name, span.Start, StatementInserter.StartOf(host)) is not { } connection
            || TransactionCommit.Of(context, diagnostic, host, connection) is not { } transaction)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Move the commit before the process start, and checkpoint" };
        var commit = host is StatementSyntax statement ? transaction.MoveBefore(statement, keepsHost: true, edit) : null;
        if (commit is null)
        {
            edit = new DocumentEdit { Title = "Add a commit before the process start, and checkpoint" };
            commit = transaction.AddBefore(host, keepsHost: true, edit);
        }

        edit.Limit(new CheckpointPlace(context, host, connection).ReachBefore(transaction.Symbol));
        return commit is not null
            && CheckpointStatements.On(context, connection, new CheckpointTarget(CheckpointStatements.Full), variant, span.Start, edit) is { } checkpoint
            && StatementInserter.TryInsertBefore(context, host, [.. commit, .. checkpoint], edit)
                ? edit
                : null;
    }
}
