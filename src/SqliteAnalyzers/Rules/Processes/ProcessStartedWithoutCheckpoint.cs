using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>
/// SQLITE1001: a process that may be a worker on a database is started after a committed write to it that no FULL, RESTART or
/// TRUNCATE checkpoint followed.
/// </summary>
internal sealed class ProcessStartedWithoutCheckpoint : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.ProcessStartedWithoutCheckpoint;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Starts, Limits.MaxHops),
        new FlowNeed(Words.Executes, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        foreach (var (database, write) in UncheckpointedWrites.Before(e, before, WorkerLikelihood.Likely))
        {
            sink.Report([write], subject: database, databases: [database]);
        }
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is StartsProcess;

    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) =>
        finding.Databases.Any(database => project.UsesWal(database, cancellation)) ? finding : null;
}
