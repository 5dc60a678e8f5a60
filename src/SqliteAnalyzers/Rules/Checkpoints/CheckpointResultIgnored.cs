using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>SQLITE2002: the busy flag of a wal_checkpoint statement is never read.</summary>
/// <remarks>A PASSIVE checkpoint waits for nobody and moves what it can: who runs one does not ask whether it was complete.</remarks>
internal sealed class CheckpointResultIgnored : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.CheckpointResultIgnored;

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is Flow.Checkpoints { Result: not ResultUse.Checked, Text: { } text, Mode: not (CheckpointMode.Passive or CheckpointMode.Noop) } checkpoint
            && (checkpoint.Result == ResultUse.Dropped || !ResultUsage.IsRead(e.Operation.Syntax)))
        {
            sink.Report([], [], text, checkpoint.Connection, properties: (DiagnosticProperties.Mode, checkpoint.Mode?.ToString()));
        }
    }
}
