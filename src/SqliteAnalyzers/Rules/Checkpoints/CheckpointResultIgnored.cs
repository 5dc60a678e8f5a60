using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>SQLITE2002: the busy flag of a wal_checkpoint statement is never read.</summary>
/// <remarks>A PASSIVE checkpoint waits for nobody and moves what it can: who runs one does not ask whether it was complete.</remarks>
internal sealed class CheckpointResultIgnored : FlowRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.CheckpointResultIgnored;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(new FlowNeed(Words.Checkpoint, 3));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is Model.Checkpoints { Result: not ResultUse.Checked, Text: not null, Mode: not (CheckpointMode.Passive or CheckpointMode.Noop) } checkpoint
            && !HasLeftWal(checkpoint.Connection, before))
        {
            sink.Report(
                [],
                subject: checkpoint.Connection,
                isAboutAnswer: checkpoint.Result == ResultUse.Returned,
                properties: (DiagnosticProperties.Mode, checkpoint.Mode?.ToString()));
        }
    }

    /// <summary>Outside WAL mode there is nothing to be blocked: the answer is always 0, -1, -1 (measured).</summary>
    private static bool HasLeftWal(AbstractObject connection, State before) =>
        PragmaCells.Of(before, connection, "journal_mode").Atoms.All(atom =>
            atom is Text { HasHoles: false } mode && !mode.Equals(PragmaCells.NotSet) && !mode.Flat.Equals("wal", StringComparison.OrdinalIgnoreCase));
}
