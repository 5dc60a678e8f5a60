using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>A rule about the code of one file that mentions its words.</summary>
internal abstract class TreeRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>Files with none of these words are not looked at.</summary>
    public abstract Words Words { get; }

    public abstract IEnumerable<Diagnostic> Analyze(SemanticModel model, ProjectFacts project, FlowOptionsProvider options, CancellationToken cancellation);
}
