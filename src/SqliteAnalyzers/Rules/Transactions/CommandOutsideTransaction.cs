using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>SQLITE4007: a command is executed that was not told the transaction that is pending on its connection.</summary>
/// <remarks>A transaction that was begun by SQL text the driver does not know of: it asks for none then.</remarks>
internal sealed class CommandOutsideTransaction : FlowRule
{
    /// <summary>Of a finding about a command that an object keeps: the type and the member that keep it.</summary>
    private const string KeeperType = nameof(KeeperType);

    private const string Keeper = nameof(Keeper);

    public override DiagnosticDescriptor Descriptor => Descriptors.CommandOutsideTransaction;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(TransactionNeeds.Begin, TransactionNeeds.Statement);

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is Executes { Enlistment: Enlistment.None or Enlistment.Held, Command: { } command } executes
            && before.Get(executes.Connection, Slot.IsBegunBySql)?.Only<Constant>() is { Value: false }
            && before.Get(command, Slot.IsHandedOver) is null
            && BeginOf(before[executes.Connection]) is { } begin)
        {
            var keeper = executes.Enlistment == Enlistment.Held && command is EntryObject { Path.Member: { } member } ? member : null;
            sink.Report(
                [begin],
                subject: executes.Connection,
                properties: keeper is null ? [] : [(KeeperType, keeper.Owner), (Keeper, keeper.Name)]);
        }
    }

    public override int Hops => TransactionNeeds.Hops;

    public override bool DependsOnCaller(SqliteEvent e) => e is Executes { Enlistment: not (Enlistment.Enlisted or Enlistment.Unknown), Command: not null, Connection.ExistsAtEntry: true };

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        !finding.Properties.TryGetValue(Keeper, out var keeper) ? finding
        : project.MayTellTransaction(ObjectMember.Field(finding.Properties[KeeperType]!, keeper!), cancellation) ? null
        : finding with { Properties = finding.Properties.Remove(Keeper).Remove(KeeperType) };

    private static Evidence? BeginOf(ObjectView connection) =>
        connection.CertainEvidenceOf(Typestate.BeganImmediate) ?? connection.CertainEvidenceOf(Typestate.BeganDeferred);
}
