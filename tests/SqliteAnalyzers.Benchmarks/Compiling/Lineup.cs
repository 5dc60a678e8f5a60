using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Benchmarks.Compiling;

/// <summary>The contenders, which differ in nothing but their analyzers.</summary>
internal sealed class Lineup
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_ours =
    [
        .. Assembly.Load("SqliteAnalyzers").GetTypes()
            .Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract)
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    private Lineup(ImmutableArray<DiagnosticAnalyzer>? sdk)
    {
        All = [CompilerAlone, Empty, Ours];
        if (sdk is { } analyzers)
        {
            Sdk = new("SDK's", analyzers);
            SdkAndOurs = new("SDK's and ours", [.. analyzers, .. s_ours]);
            All = [.. All, Sdk, SdkAndOurs];
        }
    }

    public AnalyzerSet CompilerAlone { get; } = new("compiler", []);

    public AnalyzerSet Empty { get; } = new("empty", [new IdleAnalyzer()]);

    public AnalyzerSet Ours { get; } = new("ours", s_ours);

    /// <summary>Null if there is no SDK.</summary>
    public AnalyzerSet? Sdk { get; }

    public AnalyzerSet? SdkAndOurs { get; }

    public IReadOnlyList<AnalyzerSet> All { get; }

    public static string CompilerVersion { get; } = typeof(Compilation).Assembly.GetName().Version!.ToString(3);

    public static bool IsOurs(Diagnostic diagnostic) => diagnostic.Id.StartsWith("SQLITE", StringComparison.Ordinal);

    /// <summary>The compiler leaves out the analyzers that have nothing to say that a build would print, and a build those for style.</summary>
    public static Lineup OfBuild(SdkAnalyzers? sdk, CompilationOptions options) =>
        new(sdk?.Quality.Where(a => a.SupportedDiagnostics.Any(d => d.GetEffectiveSeverity(options) is ReportDiagnostic.Warn or ReportDiagnostic.Error)).ToImmutableArray());

    /// <summary>An editor runs all of them: it shows hints and grey text too.</summary>
    public static Lineup OfEditor(SdkAnalyzers? sdk) => new(sdk is null ? null : [.. sdk.Quality, .. sdk.Style]);
}
