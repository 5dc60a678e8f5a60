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
    public override DiagnosticDescriptor Descriptor => Descriptors.CommandOutsideTransaction;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(TransactionNeeds.Begin, TransactionNeeds.Statement);

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is Executes { Enlistment: Enlistment.None, Command: { } command } executes
            && before.Get(executes.Connection, Slot.IsBegunBySql)?.Only<Constant>() is { Value: false }
            && before.Get(command, Slot.IsHandedOver) is null
            && BeginOf(before[executes.Connection]) is { } begin)
        {
            sink.Report([begin], subject: executes.Connection);
        }
    }

    public override int Hops => TransactionNeeds.Hops;

    public override bool DependsOnCaller(SqliteEvent e) => e is Executes { Enlistment: Enlistment.None or Enlistment.HandedIn, Command: not null, Connection.ExistsAtEntry: true };

    private static Evidence? BeginOf(ObjectView connection) =>
        connection.CertainEvidenceOf(Typestate.BeganImmediate) ?? connection.CertainEvidenceOf(Typestate.BeganDeferred);
}
