using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>SQLITE1002: a process start is reachable while a transaction that has written is open.</summary>
internal sealed class ProcessStartedWithOpenTransaction : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.ProcessStartedWithOpenTransaction;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Starts, Limits.MaxHops),
        new FlowNeed(Words.Begins, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not StartsProcess start)
        {
            return;
        }

        var open =
            from item in before.Objects.Keys
            where item.Kind == ObjectKind.Connection
            let write = before[item].CertainEvidenceOf(Typestate.Written) ?? before.StateOf(item).EvidenceOfWriteUnlessBegun(item)
            where write is not null && !before.IsInMemory(item) && StartedProgram.LikelihoodOf(start, before.DatabasesOf(item), before) != WorkerLikelihood.None
            orderby write, item.ToString()
            select (item, write);
        foreach (var (connection, write) in open.Take(1))
        {
            sink.Report([write], subject: connection);
        }
    }

    /// <summary>The checkpoint comes after the commit that is asked for.</summary>
    public override ImmutableArray<DiagnosticDescriptor> Covers { get; } = ImmutableArray.Create(
        Descriptors.ProcessStartedWithoutCheckpoint, Descriptors.OtherProcessStartedWithoutCheckpoint);

    public override bool DependsOnCaller(SqliteEvent e) => e is StartsProcess;
}
