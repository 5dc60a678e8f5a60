using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Benchmarks.Compiling;

/// <summary>The analyzers that a project is compiled with.</summary>
internal sealed record AnalyzerSet(string Title, ImmutableArray<DiagnosticAnalyzer> Analyzers)
{
    public bool IsCompilerAlone => Analyzers.IsEmpty;
}
