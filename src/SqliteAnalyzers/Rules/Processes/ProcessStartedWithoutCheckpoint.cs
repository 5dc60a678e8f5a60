using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Libraries;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>SQLITE1001: the process may be a worker on the database.</summary>
internal sealed class ProcessStartedWithoutCheckpoint() : UncheckpointedWriteRule(WorkerLikelihood.Likely)
{
    public override DiagnosticDescriptor Descriptor => Descriptors.ProcessStartedWithoutCheckpoint;

    /// <summary>One call may lead to several starts.</summary>
    public override ImmutableArray<DiagnosticDescriptor> Covers { get; } = ImmutableArray.Create(Descriptors.OtherProcessStartedWithoutCheckpoint);
}
