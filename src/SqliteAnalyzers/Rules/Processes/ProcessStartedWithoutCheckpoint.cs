using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>SQLITE1001: a process start is reachable after a committed write that no FULL, RESTART or TRUNCATE checkpoint followed.</summary>
internal sealed class ProcessStartedWithoutCheckpoint : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.ProcessStartedWithoutCheckpoint;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Starts, Limits.MaxHops),
        new FlowNeed(Words.Executes, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not StartsProcess)
        {
            return;
        }

        var written =
            from item in before.Objects.Keys
            where item.Kind == ObjectKind.Database && item is not DatabaseObject { Source.IsMemory: true }
            let write = before[item].EvidenceOf(Typestate.WalWritten) ?? before[item].EvidenceOf(Typestate.WalPassive)
            where write is not null
            orderby write, item.ToString()
            select (item, write);
        foreach (var (database, write) in written)
        {
            sink.Report([write], subject: database, databases: [database]);
        }
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is StartsProcess;

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        finding.Databases.Any(database => project.UsesWal(database, cancellation)) ? finding : null;
}
