using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>A rule about the SQL that the code writes, whatever leads to it.</summary>
internal abstract class TextRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>Members with none of these words are not read.</summary>
    public abstract Words Words { get; }

    /// <summary>What the rule says of one string literal, or of a text within an interpolated string.</summary>
    public abstract IEnumerable<Diagnostic> Analyze(SyntaxNode text, SemanticModel model, CancellationToken cancellation);
}
