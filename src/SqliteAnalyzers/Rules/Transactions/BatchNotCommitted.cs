using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>
/// SQLITE4004: a batch of the helper library is at its end on a path that no exception takes, with operations that are neither committed
/// nor rolled back. A process that is started meanwhile is SQLITE1002's.
/// </summary>
internal sealed class BatchNotCommitted : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.BatchNotCommitted;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(new FlowNeed(Words.Batches, 1));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is { IsInFlight: false } and (DisposesBatch or Closes) && e is ConnectionEvent { Connection: var connection } && PendingOn(connection, before) is { } write)
        {
            var batch = e is DisposesBatch disposes ? disposes.Batch : OpenBatchesOn(connection, before).FirstOrDefault();
            if (batch is not null)
            {
                sink.Report([write], at: PlaceOf(batch));
            }
        }
    }

    public override void VisitEnd(MethodEnd end, State state, ImmutableArray<State> normal, FindingSink sink)
    {
        if (end == MethodEnd.Exceptional)
        {
            return;
        }

        var ownership = new Ownership(end, state);
        foreach (var connection in state.Objects.Keys.Where(item => item.Kind == ObjectKind.Connection).OrderBy(item => item.ToString(), StringComparer.Ordinal))
        {
            if (PendingOn(connection, state) is { } write
                && OpenBatchesOn(connection, state).FirstOrDefault(batch => ownership.HolderOf(batch) == Owner.Code) is { } batch)
            {
                sink.Report([write], at: PlaceOf(batch));
            }
        }
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is DisposesBatch { IsInFlight: false };

    private static Evidence? PendingOn(AbstractObject connection, State state) => state[connection].CertainEvidenceOf(Typestate.Written);

    /// <summary>Null, and so where the event is, if it was not made here.</summary>
    private static Place? PlaceOf(AbstractObject batch) => (batch as MadeObject)?.MadeAt;

    private static IEnumerable<AbstractObject> OpenBatchesOn(AbstractObject connection, State state) =>
        state.Linked(connection, Slot.Batch, ObjectKind.Batch).Where(batch => !batch.IsMany && state.Get(batch, Slot.IsCompleted)?.Only<Constant>() is { Value: false });
}
