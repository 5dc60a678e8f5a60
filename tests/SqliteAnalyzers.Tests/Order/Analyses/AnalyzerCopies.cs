using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Tests.Order.Analyses;

/// <summary>Analyzers of an assembly that is loaded once more: not even its static fields know what was analysed before.</summary>
internal sealed class AnalyzerCopies : IDisposable
{
    private readonly AssemblyLoadContext _context = new(name: null, isCollectible: true);

    /// <summary>Copies of the analyzers that have a constructor without parameters, and the others themselves.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Of(ImmutableArray<DiagnosticAnalyzer> analyzers) => [.. analyzers.Select(Of)];

    public void Dispose() => _context.Unload();

    private DiagnosticAnalyzer Of(DiagnosticAnalyzer analyzer)
    {
        var type = analyzer.GetType();
        return type.GetConstructor([]) is null
            ? analyzer
            : (DiagnosticAnalyzer)_context.LoadFromAssemblyPath(type.Assembly.Location).CreateInstance(type.FullName!)!;
    }
}
