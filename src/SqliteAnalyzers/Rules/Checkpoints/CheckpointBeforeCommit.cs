using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>SQLITE2001: a checkpoint is reachable while the same connection has a transaction open or a query half read.</summary>
internal sealed class CheckpointBeforeCommit : FlowRule
{
    private const string HalfReadReader = "a data reader is half read";

    /// <remarks>A BEGIN DEFERRED after which nothing ran holds no lock and hinders no checkpoint.</remarks>
    private static readonly (Typestate Bit, string What)[] s_hindrances =
    [
        (Typestate.Written, "a transaction with uncommitted writes is open"),
        (Typestate.Reserved, "a transaction is open"),
        (Typestate.Reading, "a transaction that has read is open"),
        (Typestate.HalfRead, HalfReadReader),
        (Typestate.HalfReturned, HalfReadReader),
    ];

    public override DiagnosticDescriptor Descriptor => Descriptors.CheckpointBeforeCommit;

    public override ImmutableArray<FlowNeed> Needs { get; } = ImmutableArray.Create(
        new FlowNeed(Words.Checkpoint, Limits.MaxHops),
        new FlowNeed(Words.Begins, Limits.MaxCallsBelow));

    public override void Visit(SqliteEvent e, State before, FindingSink sink)
    {
        if (e is not Model.Checkpoints { Mode: not CheckpointMode.Noop } checkpoint)
        {
            return;
        }

        foreach (var (bit, what) in s_hindrances)
        {
            if ((before[checkpoint.Connection].CertainEvidenceOf(bit)
                ?? (bit == Typestate.Written ? before.StateOf(checkpoint.Connection).EvidenceOfWriteUnlessBegun(checkpoint.Connection) : null)) is { } evidence)
            {
                var delay = checkpoint.Result == ResultUse.Dropped || checkpoint.Text is not null ? "after the whole command timeout" : "at once";
                sink.Report([evidence], [what == HalfReadReader ? "Close the data reader" : "Commit", what, delay], checkpoint.Connection, properties: (DiagnosticProperties.Mode, checkpoint.Mode?.ToString()));
                return;
            }
        }
    }

    /// <summary>It fails, and has no answer that could be read.</summary>
    public override ImmutableArray<DiagnosticDescriptor> Covers { get; } = ImmutableArray.Create(Descriptors.CheckpointResultIgnored);

    public override bool DependsOnCaller(SqliteEvent e) => e is Model.Checkpoints { Mode: not CheckpointMode.Noop };
}
