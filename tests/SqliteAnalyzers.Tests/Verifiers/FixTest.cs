using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// One run of a rule and its fix: the marked findings are reported, the fix makes of the source what the test expects, one by one
/// and by FixAll in document, project and solution, and the result compiles and is clean.
/// </summary>
internal sealed class FixTest : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    private readonly DiagnosticDescriptor _rule;
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers = PackageParts.Analyzers();

    /// <param name="rule">The rule whose findings are fixed; other rules are off.</param>
    /// <param name="equivalenceKey">The variant: <c>RuleName.Helper</c> or <c>RuleName.Plain</c>, with <c>.Once</c> where it is left out of FixAll; null: any.</param>
    public FixTest(DiagnosticDescriptor rule, string? equivalenceKey)
    {
        _rule = rule;
        CodeActionEquivalenceKey = equivalenceKey;
        if (equivalenceKey?.EndsWith(".Once", StringComparison.Ordinal) == true)
        {
            CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck;
        }

        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(TestReferences.All);
        TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
        DisabledDiagnostics.AddRange(
            _analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Where(id => id != rule.Id));
    }

    /// <summary>Adds a document, before and after the fix. The first with top-level statements makes the project a program.</summary>
    public void AddDocument(string source, string expected)
    {
        if (TestCompilation.OutputKindOf(source) == OutputKind.ConsoleApplication)
        {
            TestState.OutputKind = OutputKind.ConsoleApplication;
        }

        TestState.Sources.Add(source);
        FixedState.Sources.Add(expected);
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => _analyzers;

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() =>
        PackageParts.CodeFixes().Where(fix => fix.FixableDiagnosticIds.Contains(_rule.Id));

    protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => _rule;

    protected override ParseOptions CreateParseOptions() => TestCompilation.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => TestCompilation.Options;
}
