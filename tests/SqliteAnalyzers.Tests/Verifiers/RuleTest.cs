using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// One run of all analyzers of the package over marked-up source: <c>[|…|]</c> is a finding of the rule under test,
/// <c>{|SQLITE2002:…|}</c> one of a named rule. Anything else reported by the rule under test, a compile error and an
/// analyzer that throws (AD0001) fail the test.
/// </summary>
internal sealed class RuleTest : CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier>
{
    private readonly DiagnosticDescriptor? _rule;

    /// <param name="rule">The rule under test, the only one whose findings count; null: the findings of all rules count that are on by default.</param>
    /// <param name="source">Marked-up C#; top-level statements make it a program.</param>
    public RuleTest(DiagnosticDescriptor? rule, string source)
    {
        _rule = rule;
        TestCode = source;
        TestState.OutputKind = TestCompilation.OutputKindOf(WithoutMarks(source));
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        References = TestReferences.All;
        TestBehaviors |= TestBehaviors.SkipSuppressionCheck;

        DisabledDiagnostics.AddRange(
            Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)
                .Where(descriptor => rule is null ? !descriptor.IsEnabledByDefault : descriptor.Id != rule.Id)
                .Select(descriptor => descriptor.Id));
    }

    /// <summary>The analyzers that run; all of the package unless a test says otherwise.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; init; } = PackageParts.Analyzers();

    /// <summary>What the source is compiled with.</summary>
    public ImmutableArray<MetadataReference> References
    {
        private get;
        set
        {
            field = value;
            TestState.AdditionalReferences.Clear();
            TestState.AdditionalReferences.AddRange(value);
        }
    }

    /// <summary>Lines for a <c>[*.cs]</c> section of an .editorconfig, such as <c>name = value</c>.</summary>
    public string EditorConfig
    {
        set => TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{value}\n"));
    }

    /// <summary>The same program for the harness that analyses it in other orders.</summary>
    public ProgramSource ToProgram() => new(
        "the source of this test",
        [.. TestState.Sources.Select(source => new SourceFile(Path.GetFileName(source.filename), WithoutMarks(source.content.ToString())))])
    {
        References = References,
        EditorConfig = string.Concat(TestState.AnalyzerConfigFiles.Select(file => file.content.ToString())),
    };

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Analyzers;

    protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => _rule;

    protected override ParseOptions CreateParseOptions() => TestCompilation.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => TestCompilation.Options;

    private static string WithoutMarks(string source)
    {
        TestFileMarkupParser.GetSpans(source, out var clean, out ImmutableArray<TextSpan> _);
        return clean;
    }
}
