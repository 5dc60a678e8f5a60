using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>
/// SQLITE4005: a transaction that a path, one of an exception too, neither commits nor rolls back, nor ends with its connection.
/// </summary>
/// <remarks>
/// Of a connection that others have, the transaction may be left to them: it is reported only where the same code ends it on another
/// path, and none of the callers that are known sees to it.
/// </remarks>
internal sealed class TransactionLeftOpen : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.TransactionLeftOpen;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(new FlowNeed(Words.Transacts, 0));

    public override void VisitEnd(MethodEnd end, State state, ImmutableArray<State> normal, FindingSink sink)
    {
        var left =
            from connection in state.Objects.Keys
            where connection.Kind == ObjectKind.Connection && !connection.IsMany && !IsOfContext(connection) && !state.IsInMemory(connection)
            let begun = BegunBy(end, state[connection])
            where begun is not null
            orderby begun, connection.ToString()
            select (connection, begun);
        var ownership = new Ownership(end, state);
        foreach (var (connection, begun) in left)
        {
            var holder = ownership.HolderOf(connection);
            var isOurs = holder == Owner.Code;
            var pending = PendingOn(state, connection);
            var isBySql = pending.Length == 0 && state.Get(connection, Slot.IsBegunBySql)?.Contains(Constant.True) == true;

            // Whoever else has the transaction may end it.
            if ((isBySql || (pending.Length > 0 && Array.TrueForAll(pending, transaction => ownership.HolderOf(transaction) == Owner.Code)))
                && !(end == MethodEnd.Exceptional && IsSavepoint(state, connection)) && (isOurs || (holder is Owner.Others or Owner.Holder && IsEndedElsewise(end, connection, normal))))
            {
                Report(end, state, connection, begun, isOurs, isBySql, sink);
            }
        }
    }

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation)
    {
        if (IsOfProcess(finding) || project.IsFoundBelow(finding, cancellation))
        {
            return null;
        }

        if (!Is(finding, DiagnosticProperties.OnlyByException))
        {
            return finding.AsksCallers && project.EndsTransactionsElsewhere(finding.At.Member) ? null : finding;
        }

        return !finding.AsksCallers || IsLeftByCallers() ? finding : null;

        // What an exception leaves in the code that the program begins with ends with the process.
        bool IsOfProcess(Finding found) => Is(found, DiagnosticProperties.OnlyByException) && !Is(found, DiagnosticProperties.RunsElsewhere) && project.IsEntryPoint(found.At.Member, cancellation);

        bool IsLeftByCallers()
        {
            var found = project.FoundByCallers(finding, cancellation).Where(known => !IsOfProcess(known)).ToArray();
            return found.Any(known => !known.AsksCallers)
                || ((Is(finding, DiagnosticProperties.IsOfMember) || Is(finding, DiagnosticProperties.TransactionBegunBySql))
                    && (found.Length > 0 || !project.HasCallers(finding.At.Member, cancellation)));
        }
    }

    private static bool Is(Finding finding, string property) => finding.Properties.TryGetValue(property, out var value) && value == DiagnosticProperties.True;

    private static string? ValueOf(bool flag) => flag ? DiagnosticProperties.True : null;

    private static Evidence? BegunBy(MethodEnd end, ObjectView connection) =>
        end == MethodEnd.Exceptional ? connection.CertainEvidenceOf(Typestate.LeftByException) ?? connection.CertainEvidenceOf(Typestate.LeftByFailure)
        : (connection.Certain & Component.AnyTransaction) == 0 ? null
        : connection.CertainEvidenceOf(Typestate.BeganImmediate) ?? connection.CertainEvidenceOf(Typestate.BeganDeferred);

    /// <summary>A context of Entity Framework Core closes its connection, whoever disposes of it.</summary>
    private static bool IsOfContext(AbstractObject connection) => connection is EntryObject { Path.Member: { } member } && member.Is(Slot.Connection);

    /// <summary>The objects of the transaction that are not over, or may not be; none where SQL has begun it.</summary>
    private static AbstractObject[] PendingOn(State state, AbstractObject connection) => state.Linked(connection, Slot.PendingTransaction, ObjectKind.Transaction)
        .Where(transaction => transaction is { ExistsAtEntry: false, IsMany: false } && state.Get(transaction, Slot.IsCompleted)?.Only<Constant>() is not { Value: true })
        .ToArray();

    /// <remarks>Mostly it stands within a transaction of a caller, who is the one to roll back.</remarks>
    private static bool IsSavepoint(State state, AbstractObject connection) => state.Get(connection, Slot.OutermostSavepoint) is not null;

    /// <summary>Whether the code ends on another path what it has begun, so that nobody expects to be left with it.</summary>
    private static bool IsEndedElsewise(MethodEnd end, AbstractObject connection, ImmutableArray<State> normal) =>
        normal.Any(state => state[connection].EvidenceOf(Typestate.NoTransaction) is not null)
        && (end == MethodEnd.Normal || !normal.Any(state => state[connection] is var known && known.May(Component.AnyTransaction)
            && (known.EvidenceOf(Typestate.BeganImmediate) ?? known.EvidenceOf(Typestate.BeganDeferred)) is not null));

    private static void Report(MethodEnd end, State state, AbstractObject connection, Evidence begun, bool isOurs, bool isBySql, FindingSink sink)
    {
        var byException = end == MethodEnd.Exceptional;
        sink.Report(
            [begun],
            [
                isBySql ? byException ? "Roll back where an exception comes" : "Commit or roll back on every path" : "Dispose of this transaction on every path, as 'using' does",
                byException ? "an exception leaves it open" : "the method can end with it open",
                !isOurs ? "the database stays locked until its connection is closed"
                    : state[connection].Must(Component.Opening, Typestate.Closed) ? "its connection takes it to the pool, where the database stays locked for minutes or the next user gets it"
                    : "the database stays locked, also when its connection is given up",
            ],
            at: begun.Anchor,
            origin: begun.Origin,
            asksCallers: !isOurs,
            properties:
            [
                (DiagnosticProperties.TransactionBegunBySql, ValueOf(isBySql)),
                (DiagnosticProperties.OnlyByException, ValueOf(byException)),
                (DiagnosticProperties.IsOfMember, ValueOf(connection is EntryObject { Path.Root: PathRoot.This or PathRoot.Static })),
            ]);
    }
}
