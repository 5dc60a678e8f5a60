using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Processes;

/// <summary>
/// SQLITE1002: commits, then checkpoints, before the statement that starts the process.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProcessStartedWithOpenTransactionFix))]
public sealed class ProcessStartedWithOpenTransactionFix() : SqliteCodeFixProvider(
    Descriptors.ProcessStartedWithOpenTransaction, nameof(Descriptors.ProcessStartedWithOpenTransaction))
{
    private protected override string Title(Diagnostic diagnostic, FixVariant variant) => variant == FixVariant.Helper
        ? "Commit and checkpoint before the process is started"
        : "Commit and checkpoint before the process is started (ADO.NET alone)";

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var span = diagnostic.Location.SourceSpan;
        var host = StatementInserter.FindHost(context, context.Root.FindNode(span, getInnermostNodeForTie: true));
        if (host is null
            || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name)
            || context.Bind(name, span.Start, StatementInserter.StartOf(host)) is not { } connection)
        {
            return null;
        }

        var edit = new DocumentEdit();
        return TransactionCommit.Of(context, diagnostic, host, connection)?.MoveBefore(host, keepsHost: true, edit) is { } commit
            && CheckpointStatements.On(context, connection, CheckpointStatements.Full, variant, span.Start, edit) is { } checkpoint
            && StatementInserter.TryInsertBefore(context, host, [.. commit, .. checkpoint], edit)
                ? edit
                : null;
    }
}
