using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4006: a deferred transaction reads first and writes then.</summary>
/// <remarks>It speaks where the transaction begins; if another method begins it, at the call that leads there.</remarks>
internal sealed class DeferredTransactionUpgrade : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.DeferredTransactionUpgrade;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(TransactionNeeds.Begin, TransactionNeeds.Statement);

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is Executes { IsWrite: true } write
            && before[write.Connection].CertainEvidenceOf(Typestate.Reading) is { } read
            && BeginOf(write.Connection, before) is { } begin)
        {
            sink.Report([begin, read, Evidence.At(write.At)], [read.What, write.Description], write.Connection, at: begin.Anchor);
        }
    }

    public override int Hops => TransactionNeeds.Hops;

    public override bool DependsOnCaller(SqliteEvent e) => e is Executes { IsWrite: true, Connection.ExistsAtEntry: true };

    /// <summary>Where the connection's transaction begins, if it is deferred, no savepoint, and another connection may commit beside it.</summary>
    private static Evidence? BeginOf(AbstractObject connection, State state) =>
        state.Get(connection, Slot.OutermostSavepoint) is null && OtherWriters.MayBeThere(state, connection)
            ? state[connection].CertainEvidenceOf(Typestate.BeganDeferred)
            : null;
}
