using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>SQLITE1001: a process start is reachable after a committed write that no FULL, RESTART or TRUNCATE checkpoint followed.</summary>
internal sealed class ProcessStartedWithoutCheckpoint : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.ProcessStartedWithoutCheckpoint;

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not StartsProcess)
        {
            return;
        }

        foreach (var pair in before.Objects)
        {
            if (pair.Key is { Kind: ObjectKind.Database, Identity: { IsMemory: false } identity }
                && (pair.Value.EvidenceOf(Typestate.WalWritten) ?? pair.Value.EvidenceOf(Typestate.WalPassive)) is { } write)
            {
                sink.Report([write], [], subject: pair.Key, databases: [identity]);
            }
        }
    }

    public override Finding? Settle(Finding finding, FlowEngine engine, CancellationToken cancellation) =>
        finding.Databases.Any(database => engine.Project.UsesWal(database, cancellation)) ? finding : null;
}
