using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RoslynHost;

/// <summary>
/// Compiles a source and runs analyzers over it, as csc does, with the Roslyn this assembly is loaded beside.
/// </summary>
public static class AnalyzerRun
{
    private static readonly Dictionary<string, ReportDiagnostic> s_suppressedByEveryBuild = new()
    {
        ["CS1701"] = ReportDiagnostic.Suppress,
        ["CS1702"] = ReportDiagnostic.Suppress,
    };

    /// <returns>
    /// The version of Roslyn, then what the compiler, the analyzers and the loading of the analyzers reported, a line each.
    /// </returns>
    public static async Task<string[]> ExecuteAsync(string source, string fileName, string[] references, string[] analyzerPaths)
    {
        var compilation = CSharpCompilation.Create(
            "Program",
            [CSharpSyntaxTree.ParseText(source, path: fileName)],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication).WithSpecificDiagnosticOptions(s_suppressedByEveryBuild));

        var loader = new AnalyzerAssemblyLoader();
        var failures = new List<string>();
        var analyzers = ImmutableArray.CreateBuilder<DiagnosticAnalyzer>();
        foreach (string path in analyzerPaths)
        {
            var reference = new AnalyzerFileReference(path, loader);
            reference.AnalyzerLoadFailed += (_, e) => failures.Add($"{Path.GetFileName(path)}: {e.ErrorCode}: {e.Message}");
            analyzers.AddRange(reference.GetAnalyzers(LanguageNames.CSharp));
        }

        var diagnostics = analyzers.Count == 0
            ? compilation.GetDiagnostics()
            : await compilation.WithAnalyzers(analyzers.ToImmutable()).GetAllDiagnosticsAsync();

        return
        [
            typeof(CSharpCompilation).Assembly.GetName().Version!.ToString(3),
            .. failures,
            .. diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Info).Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal),
        ];
    }
}
