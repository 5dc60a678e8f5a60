using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.FixTorture.Programs;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.FixTorture.Runs;

/// <summary>
/// A program under the package's analyzers and fixes.
/// </summary>
internal sealed class FixedDocument
{
    private const string AnalysedAs = "/data/app.db";

    private static readonly ImmutableArray<CodeFixProvider> s_fixes = PackageParts.CodeFixes();

    private static readonly ImmutableArray<string> s_offByDefault =
        [.. PackageParts.Analyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Where(rule => !rule.IsEnabledByDefault).Select(rule => rule.Id)];

    private static readonly Regex s_checkpoint = new(@"PRAGMA (\w+\.)?wal_checkpoint[^""]*", RegexOptions.CultureInvariant);

    private readonly TortureProgram _program;
    private readonly Document _document;
    private Task<ImmutableArray<Diagnostic>>? _findings;

    private FixedDocument(TortureProgram program, Document document)
    {
        _program = program;
        _document = document;
    }

    public static IReadOnlyList<CodeFixProvider> Fixes => s_fixes;

    public static FixedDocument Open(TortureProgram program)
    {
        var project = new AdhocWorkspace().AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Program",
            "Program",
            LanguageNames.CSharp,
            compilationOptions: Options(program),
            parseOptions: new CSharpParseOptions(program.Language),
            metadataReferences: TestReferences.WithEntityFramework));
        project = project.AddDocument(Surroundings.File.Name, Surroundings.File.At(AnalysedAs)).Project;
        return new FixedDocument(program, project.AddDocument("Program.cs", SourceText.From(program.At(AnalysedAs))));
    }

    public async Task<string> TextAsync() => (await _document.GetTextAsync()).ToString();

    public async Task<IReadOnlyList<string>> ErrorsAsync()
    {
        var compilation = await _document.Project.GetCompilationAsync();
        return [.. compilation!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];
    }

    public Task<ImmutableArray<Diagnostic>> FindAsync() => _findings ??= AnalyzeAsync();

    /// <summary>What the light bulb offers at one finding.</summary>
    public async Task<IReadOnlyList<CodeAction>> OfferedAsync(CodeFixProvider fix, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(_document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    public async Task<FixedDocument> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return new FixedDocument(_program, operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(_document.Id)!);
    }

    /// <summary>All findings of a fix's rule fixed, as an editor and dotnet format do.</summary>
    public async Task<FixedDocument> FixAllAsync(CodeFixProvider fix, string? key)
    {
        var findings = (await FindAsync()).Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id)).ToImmutableArray();
        if (findings.IsEmpty)
        {
            return this;
        }

        var context = new FixAllContext(_document, fix, FixAllScope.Document, key!, fix.FixableDiagnosticIds, new GivenFindings(findings), CancellationToken.None);
        return await fix.GetFixAllProvider()!.GetFixAsync(context) is { } action ? await ApplyAsync(action) : this;
    }

    public async Task<Outcome> RunAsync(bool withoutCheckpoints = false)
    {
        var text = await TextAsync();
        if (withoutCheckpoints)
        {
            text = s_checkpoint.Replace(text, "SELECT 1");
        }

        return await ProgramRunner.RunAsync(database =>
            CSharpCompilation.Create(
                "Program" + Guid.NewGuid().ToString("N"),
                [Parse(text.Replace(AnalysedAs, database, StringComparison.Ordinal)), Parse(Surroundings.File.At(database))],
                TestReferences.WithEntityFramework,
                Options(_program)));

        SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(_program.Language));
    }

    private async Task<ImmutableArray<Diagnostic>> AnalyzeAsync()
    {
        var compilation = await _document.Project.GetCompilationAsync();
        var tree = await _document.GetSyntaxTreeAsync();
        var diagnostics = await compilation!.WithAnalyzers(PackageParts.Analyzers()).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static CSharpCompilationOptions Options(TortureProgram program) =>
        new CSharpCompilationOptions(
            OutputKind.ConsoleApplication,
            nullableContextOptions: program.IsNullable ? NullableContextOptions.Enable : NullableContextOptions.Disable)
        .WithSpecificDiagnosticOptions(
        [
            KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress),
            KeyValuePair.Create("CS1702", ReportDiagnostic.Suppress),
            .. s_offByDefault.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Info)),
        ]);
}
