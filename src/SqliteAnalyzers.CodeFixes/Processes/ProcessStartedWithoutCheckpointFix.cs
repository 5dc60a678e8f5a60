using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.CodeFixes.Sqlite;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Processes;

/// <summary>
/// SQLITE1001: checkpoints before the statement that starts the process.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProcessStartedWithoutCheckpointFix))]
public sealed class ProcessStartedWithoutCheckpointFix() : SqliteCodeFixProvider(
    Descriptors.ProcessStartedWithoutCheckpoint, nameof(Descriptors.ProcessStartedWithoutCheckpoint))
{
    private protected override string Title(Diagnostic diagnostic, FixVariant variant) => variant == FixVariant.Helper
        ? "Checkpoint before the process is started"
        : "Checkpoint before the process is started (ADO.NET alone)";

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        var span = diagnostic.Location.SourceSpan;
        var host = StatementInserter.FindHost(context, context.Root.FindNode(span, getInnermostNodeForTie: true));
        if (host is null)
        {
            return null;
        }

        var edit = new DocumentEdit();
        return Checkpoint(context, diagnostic, host, variant, edit) is { } checkpoint
            && StatementInserter.TryInsertBefore(context, host, checkpoint, edit)
                ? edit
                : null;
    }

    private static IReadOnlyList<string>? Checkpoint(
        FixContext context, Diagnostic diagnostic, SyntaxNode host, FixVariant variant, DocumentEdit edit)
    {
        var position = diagnostic.Location.SourceSpan.Start;
        var start = StatementInserter.StartOf(host);
        if (diagnostic.Properties.TryGetValue(DiagnosticProperties.Connection, out var name))
        {
            return context.Bind(name, position, start) is { } connection
                ? CheckpointStatements.On(context, connection, CheckpointStatements.Full, variant, position, edit)
                : null;
        }

        return diagnostic.Properties.TryGetValue(DiagnosticProperties.DataSource, out var dataSource)
            && context.Bind(dataSource, position, start) is { Type.SpecialType: SpecialType.System_String } connectionString
                ? CheckpointStatements.OnOwnConnection(context, connectionString.Text, variant, position, edit)
                : null;
    }
}
