using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// How code under test is compiled: the newest C#, with nullable references, as a new project has it.
/// </summary>
internal static class TestCompilation
{
    private static int s_projects;

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Parse);

    /// <summary>CS1701 and CS1702, a reference built against an older .NET, are off as in the SDK.</summary>
    public static CSharpCompilationOptions Options { get; } =
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)
        .WithSpecificDiagnosticOptions(
        [
            KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress),
            KeyValuePair.Create("CS1702", ReportDiagnostic.Suppress),
        ]);

    /// <summary>A program if the source has top-level statements, else a library.</summary>
    public static OutputKind OutputKindOf(string source) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any()
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary;

    /// <summary>An assembly name that no other compilation of the process has, so that analyzers remember nothing of the project.</summary>
    public static string NewProjectName() => $"Analysed{Interlocked.Increment(ref s_projects)}";
}
