using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>
/// A code fix by itself, without the analyzer: a made-up diagnostic at the <c>[|…|]</c> of a source, the fix applied, the text compared.
/// Checks besides that the source before and after compiles without errors and warnings.
/// </summary>
internal sealed class FixHarness(CodeFixProvider fix, DiagnosticDescriptor rule, string ruleName)
{
    /// <summary>What the source is compiled with.</summary>
    public ImmutableArray<MetadataReference> References { get; init; } = TestReferences.All;

    /// <summary>Checks that one variant turns the marked source into <paramref name="expected"/>.</summary>
    public async Task VerifyAsync(string variant, string marked, string expected, params (string Key, string Value)[] properties) =>
        Assert.Equal(expected, await ApplyAsync(variant, marked, properties));

    /// <summary>What one variant makes of the marked source.</summary>
    public async Task<string> ApplyAsync(string variant, string marked, params (string Key, string Value)[] properties)
    {
        var (document, span) = CreateDocument(marked);
        await AssertCompilesAsync(document);

        var action = (await ActionsAsync(document, span, properties)).SingleOrDefault(action => action.EquivalenceKey == $"{ruleName}.{variant}");
        Assert.True(action is not null, $"The {variant} variant is not offered.");

        var operations = await action!.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        var text = await changed.GetTextAsync(TestContext.Current.CancellationToken);

        await AssertCompilesAsync(changed);
        return text.ToString();
    }

    /// <summary>Checks what fixing all does with the marked source when it is not told which variant.</summary>
    public Task VerifyFixAllWithoutVariantAsync(string marked, string expected, params (string Key, string Value)[] properties) =>
        VerifyFixAllAsync(key: null, marked, expected, properties);

    /// <summary>Checks that a variant is offered for one finding only: fixing all with its key changes nothing.</summary>
    public async Task VerifyForOneOnlyAsync(string variant, string marked, params (string Key, string Value)[] properties)
    {
        Assert.Contains(variant + ".Once", await OfferedAsync(marked, properties));
        TestFileMarkupParser.GetSpan(marked, out var source, out _);
        await VerifyFixAllAsync($"{ruleName}.{variant}.Once", marked, source, properties);
        await VerifyFixAllAsync(key: null, marked, source, properties);
    }

    /// <summary>The titles that are offered, in order.</summary>
    public async Task<string[]> TitlesAsync(string marked, params (string Key, string Value)[] properties)
    {
        var (document, span) = CreateDocument(marked);
        return [.. (await ActionsAsync(document, span, properties)).Select(action => action.Title)];
    }

    private async Task VerifyFixAllAsync(string? key, string marked, string expected, (string Key, string Value)[] properties)
    {
        var (document, span) = CreateDocument(marked);
        var diagnostic = await CreateDiagnosticAsync(document, span, properties);
        var context = new FixAllContext(
            document, fix, FixAllScope.Document, codeActionEquivalenceKey: key!, [rule.Id], new GivenFindings(diagnostic), TestContext.Current.CancellationToken);

        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        var operations = await action!.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;

        Assert.Equal(expected, (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    /// <summary>The variants that are offered, in order: "Helper", "Plain".</summary>
    public async Task<string[]> OfferedAsync(string marked, params (string Key, string Value)[] properties)
    {
        var (document, span) = CreateDocument(marked);
        var actions = await ActionsAsync(document, span, properties);
        return [.. actions.Select(action => action.EquivalenceKey!.Substring(ruleName.Length + 1))];
    }

    private async Task<List<CodeAction>> ActionsAsync(Document document, TextSpan span, (string Key, string Value)[] properties)
    {
        var diagnostic = await CreateDiagnosticAsync(document, span, properties);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions;
    }

    private async Task<Diagnostic> CreateDiagnosticAsync(Document document, TextSpan span, (string Key, string Value)[] properties)
    {
        var tree = await document.GetSyntaxTreeAsync(TestContext.Current.CancellationToken);
        return Diagnostic.Create(
            rule,
            Location.Create(tree!, span),
            properties.ToImmutableDictionary(property => property.Key, property => (string?)property.Value));
    }

    private (Document Document, TextSpan Span) CreateDocument(string marked)
    {
        TestFileMarkupParser.GetSpan(marked, out var source, out var span);
        var project = new AdhocWorkspace().AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Test",
            "Test",
            LanguageNames.CSharp,
            compilationOptions: TestCompilation.Options.WithOutputKind(TestCompilation.OutputKindOf(source)),
            parseOptions: TestCompilation.ParseOptions,
            metadataReferences: References));
        return (project.AddDocument("Test.cs", SourceText.From(source)), span);
    }

    private static async Task AssertCompilesAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var problems = compilation!.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.Empty(problems);
    }
}
