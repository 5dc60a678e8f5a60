using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>One run of the flow analyzer over a compilation: what it reports, and what it did for that.</summary>
internal sealed class FlowRun
{
    /// <summary>The id under which Roslyn reports an analyzer that throws.</summary>
    private const string AnalyzerThrew = "AD0001";

    private FlowRun(ImmutableArray<Diagnostic> findings, FlowCounters counters)
    {
        Findings = findings;
        Counters = counters;
    }

    public FlowCounters Counters { get; }

    /// <summary>In the order of the source.</summary>
    public ImmutableArray<Diagnostic> Findings { get; }

    public static CSharpCompilation Compile(string source, ImmutableArray<MetadataReference>? references = null) =>
        CSharpCompilation.Create(
            "Analysed",
            [CSharpSyntaxTree.ParseText(source, TestCompilation.ParseOptions, "Analysed.cs")],
            references ?? TestReferences.All,
            TestCompilation.Options.WithOutputKind(TestCompilation.OutputKindOf(source)));

    /// <summary>Analyses source without errors; an analyzer that throws fails the test.</summary>
    public static Task<FlowRun> Of(string source, ImmutableArray<MetadataReference>? references = null)
    {
        var compilation = Compile(source, references);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return Of(compilation);
    }

    /// <summary>Analyses code that may have errors; an analyzer that throws fails the test.</summary>
    public static async Task<FlowRun> Of(Compilation compilation, CancellationToken cancellation = default)
    {
        var counters = new FlowCounters();
        var findings = await With(compilation, new SqliteFlowAnalyzer(counters)).GetAnalyzerDiagnosticsAsync(cancellation);
        var crash = findings.FirstOrDefault(finding => finding.Id == AnalyzerThrew);
        Assert.True(crash is null, crash?.GetMessage());
        return new([.. findings.OrderBy(finding => finding.Location.SourceSpan.Start).ThenBy(finding => finding.Id, StringComparer.Ordinal)], counters);
    }

    /// <summary>One thread, so that the counters are the same each time.</summary>
    public static CompilationWithAnalyzers With(Compilation compilation, params ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        compilation.WithAnalyzers(
            analyzers,
            new CompilationWithAnalyzersOptions(new([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
}
