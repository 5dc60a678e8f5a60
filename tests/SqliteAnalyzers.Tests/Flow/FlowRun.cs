using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>One run of the flow analyzer over a compilation: what it reports, and what it did for that.</summary>
internal sealed class FlowRun
{
    /// <summary>The id under which Roslyn reports an analyzer that throws.</summary>
    public const string AnalyzerThrew = "AD0001";

    private static readonly CSharpCompilation s_withLibraries = Empty(TestReferences.All);

    private static readonly CSharpCompilation s_netAlone = Empty(TestReferences.Net);

    private FlowRun(ImmutableArray<Diagnostic> findings, Counters counters)
    {
        Findings = findings;
        Counters = counters;
    }

    public Counters Counters { get; }

    /// <summary>In the order of the source.</summary>
    public ImmutableArray<Diagnostic> Findings { get; }

    /// <summary>Grown from one empty compilation for each set of references, so that these are read once; a project of its own, of which nothing is remembered.</summary>
    public static CSharpCompilation Compile(string source, bool withLibraries = true) =>
        (withLibraries ? s_withLibraries : s_netAlone)
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, TestCompilation.ParseOptions, "Analysed.cs"))
            .WithOptions(TestCompilation.Options.WithOutputKind(TestCompilation.OutputKindOf(source)))
            .WithAssemblyName(TestCompilation.NewProjectName());

    /// <summary>The same program as another project, of which the engine remembers nothing.</summary>
    public static Compilation AsNewProject(Compilation compilation) => compilation.WithAssemblyName(TestCompilation.NewProjectName());

    /// <summary>Analyses source without errors; an analyzer that throws fails the test.</summary>
    public static Task<FlowRun> Of(string source, bool withLibraries = true)
    {
        var compilation = Compile(source, withLibraries);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return Of(compilation);
    }

    /// <summary>Analyses code that may have errors; an analyzer that throws fails the test.</summary>
    public static async Task<FlowRun> Of(Compilation compilation, CancellationToken cancellation = default)
    {
        var counters = new Counters();
        var findings = await With(compilation, new SqliteFlowAnalyzer(SqliteFlowAnalyzer.AllRules, counters)).GetAnalyzerDiagnosticsAsync(cancellation);
        var crash = findings.FirstOrDefault(finding => finding.Id == AnalyzerThrew);
        Assert.True(crash is null, crash?.GetMessage());
        return new([.. findings.OrderBy(finding => finding.Location.SourceSpan.Start).ThenBy(finding => finding.Id, StringComparer.Ordinal)], counters);
    }

    /// <summary>One thread, so that the counters are the same each time.</summary>
    public static CompilationWithAnalyzers With(Compilation compilation, params ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        compilation.WithAnalyzers(
            analyzers,
            new CompilationWithAnalyzersOptions(new([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));

    private static CSharpCompilation Empty(ImmutableArray<MetadataReference> references) =>
        CSharpCompilation.Create("Analysed", references: references, options: TestCompilation.Options);
}
