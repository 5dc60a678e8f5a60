using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;

namespace SqliteAnalyzers.Projects;

/// <summary>A rule about paths: a check of the engine, which may ask of what it has found what the whole project says.</summary>
internal abstract class FlowRule : FlowCheck
{
    /// <summary>The rules that have nothing to add at a place where this one speaks.</summary>
    public virtual ImmutableArray<DiagnosticDescriptor> Covers => ImmutableArray<DiagnosticDescriptor>.Empty;

    /// <summary>
    /// What is left of a finding in the light of the whole project; null: nothing. What the project does is known only when its
    /// methods have been looked at, so no rule can ask for it earlier.
    /// </summary>
    public virtual Finding? Settle(Finding finding, ProjectFacts project, FlowOptions options, CancellationToken cancellation) => finding;
}
