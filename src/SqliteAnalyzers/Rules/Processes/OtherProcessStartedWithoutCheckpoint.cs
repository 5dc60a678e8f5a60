using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Libraries;

namespace SqliteAnalyzers.Rules.Processes;

/// <summary>SQLITE1005: nothing shows whether the process is a worker on the database, since the program comes from data.</summary>
internal sealed class OtherProcessStartedWithoutCheckpoint() : UncheckpointedWriteRule(WorkerLikelihood.Unknown)
{
    public override DiagnosticDescriptor Descriptor => Descriptors.OtherProcessStartedWithoutCheckpoint;
}
