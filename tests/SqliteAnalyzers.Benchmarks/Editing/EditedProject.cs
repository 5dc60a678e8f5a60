using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Programs;

namespace SqliteAnalyzers.Benchmarks.Editing;

/// <summary>
/// A project as an editor holds it: after a keystroke only the tree of that file is new, and the editor asks for the diagnostics of the file it shows.
/// </summary>
internal sealed class EditedProject(ProjectSettings settings, GeneratedProgram program, AnalyzerSet analyzers)
{
    private readonly Compilation _saved = settings.Compile(program);

    private Compilation _current = null!;
    private int _position;

    /// <summary>Goes to the place of a keystroke. What was typed elsewhere is taken back.</summary>
    public void GoTo(Keystroke keystroke)
    {
        _current = _saved;
        var start = Tree(keystroke.File).ToString().IndexOf(keystroke.After, StringComparison.Ordinal);
        _position = start >= 0 ? start + keystroke.After.Length : throw new InvalidOperationException($"{keystroke.File} has no '{keystroke.After}'.");
    }

    /// <summary>Types the character behind the last one.</summary>
    public KeystrokeCost Type(Keystroke keystroke)
    {
        var before = Tree(keystroke.File);
        var text = before.GetText().WithChanges(new TextChange(new TextSpan(_position++, 0), keystroke.Character.ToString()));
        GC.Collect();

        var meter = Meter.Start();
        _current = _current.ReplaceSyntaxTree(before, before.WithChangedText(text));
        var watched = Tree(keystroke.Watched);
        var model = _current.GetSemanticModel(watched);
        model.GetDiagnostics();
        var findings = analyzers.IsCompilerAlone ? [] : Analyze(watched, model);
        return new(meter.Read(), findings.Count(Lineup.IsOurs));
    }

    private IReadOnlyList<Diagnostic> Analyze(SyntaxTree watched, SemanticModel model)
    {
        var analysis = settings.WithAnalyzers(_current, analyzers, concurrently: false);
        return
        [
            .. analysis.GetAnalyzerSyntaxDiagnosticsAsync(watched, CancellationToken.None).GetAwaiter().GetResult(),
            .. analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult(),
        ];
    }

    private SyntaxTree Tree(string file) => _current.SyntaxTrees.Single(t => t.FilePath == file);
}
