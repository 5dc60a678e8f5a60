using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Order.Programs;

/// <summary>A program as the compiler has it before it has bound anything, with trees that no other compilation has.</summary>
internal sealed class CompiledProgram
{
    /// <summary>One for each set of references, so that these are read once in a process.</summary>
    private static readonly ConcurrentDictionary<ImmutableArray<MetadataReference>, CSharpCompilation> s_empty = new();

    private CompiledProgram(CSharpCompilation compilation, AnalyzerOptions options)
    {
        Compilation = compilation;
        Options = options;
    }

    public CSharpCompilation Compilation { get; }

    public AnalyzerOptions Options { get; }

    public static CompiledProgram Of(ProgramSource program) => Of(program, program.Files.Select(Parse));

    /// <summary>The same program with trees that there are already.</summary>
    public static CompiledProgram Of(ProgramSource program, IEnumerable<SyntaxTree> trees)
    {
        var parsed = trees.ToArray();
        var settings = new EditorConfigSettings(program.EditorConfig);
        var empty = s_empty.GetOrAdd(
            program.References, references => CSharpCompilation.Create("Analysed", references: references, options: TestCompilation.Options));
        return new(
            empty.AddSyntaxTrees(parsed).WithAssemblyName(TestCompilation.NewProjectName()).WithOptions(
                TestCompilation.Options
                    .WithOutputKind(parsed.Any(HasTopLevelStatements) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
                    .WithSyntaxTreeOptionsProvider(settings.Severities)),
            new AnalyzerOptions([], settings));
    }

    public static SyntaxTree Parse(SourceFile file) =>
        CSharpSyntaxTree.ParseText(SourceText.From(file.Text), TestCompilation.ParseOptions, file.Name);

    /// <summary>The program after one of its files was typed in: its other trees stay the very objects they were.</summary>
    public CompiledProgram With(SyntaxTree old, SourceText text) =>
        new(Compilation.ReplaceSyntaxTree(old, old.WithChangedText(text)), Options);

    public CompilationWithAnalyzers With(ImmutableArray<DiagnosticAnalyzer> analyzers, bool concurrent) =>
        Compilation.WithAnalyzers(
            analyzers,
            new CompilationWithAnalyzersOptions(Options, onAnalyzerException: null, concurrentAnalysis: concurrent, logAnalyzerExecutionTime: false));

    private static bool HasTopLevelStatements(SyntaxTree tree) =>
        tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
}
