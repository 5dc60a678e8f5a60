using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Programs;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>Compiles programs as a build does, up to the point where all errors and warnings are known.</summary>
internal sealed class CompilationRun(ProjectSettings settings)
{
    public CompilationCost Measure(GeneratedProgram program, AnalyzerSet set)
    {
        var compilation = settings.Compile(program);
        var before = HeapBytes();

        var meter = Meter.Start();
        var analysis = set.IsCompilerAlone ? null : settings.WithAnalyzers(compilation, set, concurrently: true);
        var diagnostics = analysis is null ? compilation.GetDiagnostics() : analysis.GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        var consumed = meter.Read();

        if (diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException($"The generated program does not compile: {error}");
        }

        var findings = diagnostics.Count(Lineup.IsOurs);
        var held = HeapBytes() - before;
        GC.KeepAlive(analysis);
        GC.KeepAlive(compilation);
        return new(consumed, held, findings);
    }

    private static long HeapBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
