using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Processes;

/// <summary>
/// SQLITE1001: checkpoints before the statement that starts the process.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProcessStartedWithoutCheckpointFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class ProcessStartedWithoutCheckpointFix() : SqliteCodeFixProvider(
    Descriptors.ProcessStartedWithoutCheckpoint, nameof(Descriptors.ProcessStartedWithoutCheckpoint))
{
    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var span = diagnostic.Location.SourceSpan;
        var host = StatementInserter.FindHost(context, context.Root.FindNode(span, getInnermostNodeForTie: true));
        if (host is null)
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Checkpoint before the process starts" };
        return Checkpoint(context, diagnostic, host, variant, edit) is { } checkpoint
            && StatementInserter.TryInsertBefore(context, host, checkpoint, edit)
                ? edit
                : null;
    }

    private static IReadOnlyList<string>? Checkpoint(
        FixContext context, Diagnostic diagnostic, SyntaxNode host, FixVariant variant, DocumentEdit edit)
    {
        var span = diagnostic.Location.SourceSpan;
        var start = StatementInserter.StartOf(host);
        if (diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name))
        {
            if (context.Bind(name, span.Start, start) is not { } connection)
            {
                return null;
            }

            if (CheckpointStatements.On(context, connection, new CheckpointTarget(CheckpointStatements.Full), variant, span.Start, edit) is { } lines)
            {
                edit.Limit(new CheckpointPlace(context, host, connection).ReachBefore(transaction: null));
                return lines;
            }
        }

        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.DataSource, out var dataSource)
            || context.Bind(dataSource, span.Start, start) is not { Type.SpecialType: SpecialType.System_String } connectionString
            || ProjectWords.SetsUp(context.Model.Compilation, context.CancellationToken))
        {
            return null;
        }

        edit.Limit(new CheckpointPlace(context, host, connection: null).ReachBefore(transaction: null));
        return CheckpointStatements.OnOwnConnection(context, connectionString.Text, variant, span.Start, edit);
    }
}
