using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>SQLITE1002: a process start is reachable while a transaction that has written is open.</summary>
internal sealed class ProcessStartedWithOpenTransaction : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.ProcessStartedWithOpenTransaction;

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not StartsProcess)
        {
            return;
        }

        foreach (var pair in before.Objects)
        {
            if (pair.Key.Kind == ObjectKind.Connection
                && pair.Value.EvidenceOf(Typestate.Written) is { } write
                && !before.Linked(pair.Key, Slot.Database, ObjectKind.Database).All(database => database.Identity!.IsMemory))
            {
                sink.Report([write], [], subject: pair.Key);
                return;
            }
        }
    }
}
