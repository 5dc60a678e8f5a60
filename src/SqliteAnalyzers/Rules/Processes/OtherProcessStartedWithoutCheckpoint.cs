using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>SQLITE1005: the same as SQLITE1001, of a process of which nothing shows whether it is a worker: the program comes from data.</summary>
internal sealed class OtherProcessStartedWithoutCheckpoint : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.OtherProcessStartedWithoutCheckpoint;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Starts, Limits.MaxHops),
        new FlowNeed(Words.Executes, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        foreach (var (database, write) in UncheckpointedWrites.Before(e, before, WorkerLikelihood.Unknown))
        {
            sink.Report([write], databases: [database]);
        }
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is StartsProcess;

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        finding.Databases.Any(database => project.UsesWal(database, cancellation)) ? finding : null;
}
