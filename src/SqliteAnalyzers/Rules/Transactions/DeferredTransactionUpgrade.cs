using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4006: a deferred transaction reads first and writes then.</summary>
/// <remarks>It speaks where the transaction begins; if another method begins it, there, where its callers find the read and the write.</remarks>
internal sealed class DeferredTransactionUpgrade : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.DeferredTransactionUpgrade;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(TransactionNeeds.Statement, TransactionNeeds.Begin);

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is Executes { IsWrite: true } write
            && before[write.Connection].CertainEvidenceOf(Typestate.Reading) is { } read
            && BeginOf(write.Connection, before) is { } begin)
        {
            var isBegunHere = begin.Origin.Member.Equals(begin.Anchor.Member);
            sink.Report(
                [begin, read, Evidence.At(write.At)],
                [read.What, write.Description],
                write.Connection,
                at: begin.Anchor,
                maker: isBegunHere ? null : begin.Origin.Member.Key,
                origin: begin.Origin);
        }
    }

    public override void VisitEnd(MethodEnd end, State state, ImmutableArray<State> normal, FindingSink sink)
    {
        if (end != MethodEnd.Normal)
        {
            return;
        }

        foreach (var connection in state.Objects.Keys.Where(item => item.Kind == ObjectKind.Connection).OrderBy(item => item.ToString(), StringComparer.Ordinal))
        {
            if ((state[connection].Certain & (Typestate.Begun | Typestate.Reading)) != 0
                && BeginOf(connection, state) is { } begin
                && begin.Origin.Equals(begin.Anchor))
            {
                sink.Report([], subject: connection, at: begin.Origin, origin: begin.Origin, asksCallers: true);
            }
        }
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is Executes { IsWrite: true };

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        !finding.AsksCallers ? finding
        : project.FoundByCallers(finding, cancellation).FirstOrDefault(found => !found.AsksCallers) is { } found
            ? finding with { Needs = found.Needs, Arguments = found.Arguments, AsksCallers = false }
        : null;

    /// <summary>Where the connection's transaction begins, if it is deferred, no savepoint, and another connection may commit beside it.</summary>
    private static Evidence? BeginOf(AbstractObject connection, State state) =>
        state.Get(connection, Slot.OutermostSavepoint) is null && OtherWriters.MayBeThere(state, connection)
            ? state[connection].CertainEvidenceOf(Typestate.BeganDeferred)
            : null;
}
