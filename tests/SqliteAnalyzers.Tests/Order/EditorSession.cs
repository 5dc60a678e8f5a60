using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>A program in an editor, which asks for the documents that are open, and for nothing else.</summary>
internal sealed class EditorSession
{
    /// <summary>Each document that is asked for costs as much as a small program.</summary>
    private const int MaxOpen = 6;

    private readonly ProgramSource _source;
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly ImmutableArray<string> _names;
    private CompiledProgram _program;

    /// <param name="source">The program.</param>
    /// <param name="order">Its documents by their numbers, those that are opened first.</param>
    /// <param name="analyzers">The analyzers, which live as long as the session.</param>
    public EditorSession(ProgramSource source, IEnumerable<int> order, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        _source = source;
        _analyzers = analyzers;
        _names = [.. source.Files.Select(file => file.Name)];
        _program = CompiledProgram.Of(source);
        Open = [.. order.Take(MaxOpen)];
    }

    /// <summary>The numbers of the documents that are open.</summary>
    public ImmutableArray<int> Open { get; }

    /// <summary>The program as it is now.</summary>
    public ProgramSource Source => _source with { Files = [.. _source.Files.Zip(_program.Compilation.SyntaxTrees, WithTextOf)] };

    public Analysis InOpenDocuments(Analysis whole) =>
        new(whole.Diagnostics.Where(diagnostic => Open.Contains(NumberOf(diagnostic.Location))));

    /// <summary>The line on which a finding begins.</summary>
    public (int Document, TextSpan Line) LineOf(Diagnostic finding) => (
        NumberOf(finding.Location), finding.Location.SourceTree!.GetText().Lines.GetLineFromPosition(finding.Location.SourceSpan.Start).Span);

    /// <summary>The open documents one after the other.</summary>
    public async Task<Analysis> AskAsync(CancellationToken cancellation)
    {
        var driver = NewDriver();
        var diagnostics = new List<Diagnostic>();
        foreach (var number in Open)
        {
            diagnostics.AddRange(await AskAsync(driver, _program.Compilation.SyntaxTrees[number], line: null, cancellation));
        }

        return new(diagnostics);
    }

    /// <summary>Some lines one after the other, as the light bulb asks for the one it is on.</summary>
    /// <param name="lines">The lines by the numbers of their documents and their places.</param>
    /// <param name="cancellation">Ends this with an exception.</param>
    public async Task<Analysis> AskAsync(IEnumerable<(int Document, TextSpan Line)> lines, CancellationToken cancellation)
    {
        var driver = NewDriver();
        var diagnostics = new List<Diagnostic>();
        foreach (var (document, line) in lines)
        {
            var answer = await AskAsync(driver, _program.Compilation.SyntaxTrees[document], line, cancellation);

            // The driver repeats what it has said of the method at an earlier line.
            diagnostics.AddRange(answer.Where(diagnostic => line.Contains(diagnostic.Location.SourceSpan.Start)).DistinctBy(ReportedFinding.Of));
        }

        return new(diagnostics);
    }

    /// <summary>Gives a document another text; the others stay the very objects they were.</summary>
    public void Edit(int document, string text) => _program = _program.With(_program.Compilation.SyntaxTrees[document], SourceText.From(text));

    private CompilationWithAnalyzers NewDriver() => _program.With(_analyzers, concurrent: true);

    private static async Task<IEnumerable<Diagnostic>> AskAsync(
        CompilationWithAnalyzers driver, SyntaxTree document, TextSpan? line, CancellationToken cancellation)
    {
        var syntactic = line is null ? await driver.GetAnalyzerSyntaxDiagnosticsAsync(document, cancellation) : [];
        return syntactic.Concat(await driver.GetAnalyzerSemanticDiagnosticsAsync(driver.Compilation.GetSemanticModel(document), line, cancellation));
    }

    private int NumberOf(Location location) => location.SourceTree is { } tree ? _names.IndexOf(tree.FilePath) : -1;

    private static SourceFile WithTextOf(SourceFile file, SyntaxTree tree) => file with { Text = tree.ToString() };
}
