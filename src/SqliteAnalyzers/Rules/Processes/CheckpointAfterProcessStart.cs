using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>
/// SQLITE1003: a checkpoint comes only after the start of a process for which SQLITE1001 asks for one, on a connection that was there
/// before the start, with nothing written and nothing waited for in between.
/// </summary>
internal sealed class CheckpointAfterProcessStart : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.CheckpointAfterProcessStart;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Checkpoint, Limits.MaxHops),
        new FlowNeed(Words.Starts, Limits.MaxCallsBelow),
        new FlowNeed(Words.Executes, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not Model.Checkpoints { Mode: CheckpointMode.Full or CheckpointMode.Restart or CheckpointMode.Truncate } checkpoint
            || before.DatabasesOf(checkpoint.Connection).ToArray() is not [var database]
            || before.IsInMemory(checkpoint.Connection)
            || before[checkpoint.Connection].May(Component.InTransaction)
            || before[database].EvidenceOf(Typestate.WalWritten) is not { } write)
        {
            return;
        }

        sink.Report(
            [write, .. BeginningsOf(checkpoint.Connection, before)],
            [write.What],
            checkpoint.Connection,
            [database]);
    }

    public override bool DependsOnCaller(SqliteEvent e) => e is Model.Checkpoints;

    /// <summary>What is left is about the start: it is the other end of the flow.</summary>
    public override Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation)
    {
        var (write, beginnings) = (finding.Needs[0], finding.Needs.RemoveAt(0));
        if (project.SyntaxAt(finding.At, cancellation) is not { } checkpoint || project.SyntaxAt(write.Anchor, cancellation) is not { } writing)
        {
            return null;
        }

        var meantime = project.Meantime(cancellation);
        var starts = StartsAfter(write, meantime.CalledBy(writing))
            .Where(start => start.CompareTo(finding.At) < 0 && beginnings.All(begins => begins.Anchor.CompareTo(start) < 0))
            .OrderBy(start => start);
        foreach (var start in starts)
        {
            if (StartThenCheckpoint.Of(project.SyntaxAt(start, cancellation), checkpoint, writing) is { } pair
                && !pair.FromStart.Any(meantime.Waits)
                && !pair.After.Concat(pair.InLoop).Any(meantime.Writes)
                && !pair.FromWrite.Any(meantime.Checkpoints))
            {
                return finding with { Needs = ImmutableArray.Create(Evidence.At(start), write) };
            }
        }

        return null;

        // Where the write and the start are both in a method that is called, the call is the start.
        IEnumerable<Place> StartsAfter(Evidence write, IEnumerable<CodeMember> called) =>
            FindingsAbout(write, finding.At.Member).Where(found => found.Needs[0].Anchor.Equals(write.Anchor)).Select(found => found.At)
                .Concat(called.Any(member => FindingsAbout(write, member).Any()) ? [write.Anchor] : []);

        IEnumerable<Finding> FindingsAbout(Evidence write, CodeMember member) =>
            from found in project.FindingsOf(Descriptors.ProcessStartedWithoutCheckpoint, member, cancellation)
            where found.Needs[0].Origin.Equals(write.Origin)
                && ((FlowRule)found.Check).Settle(found, project, options, cancellation) is not null
                && !project.FindingsOf(Descriptors.ProcessStartedWithOpenTransaction, member, cancellation).Any(other => other.At.Equals(found.At))
            select found;
    }

    /// <summary>Where the connection was made and opened: one that the start was before has a purpose of its own.</summary>
    private static IEnumerable<Evidence> BeginningsOf(AbstractObject connection, State before)
    {
        if (connection is MadeObject made)
        {
            yield return Evidence.At(made.MadeAt);
        }

        if (before[connection].EvidenceOf(Typestate.Open) is { } opened)
        {
            yield return opened;
        }
    }
}
