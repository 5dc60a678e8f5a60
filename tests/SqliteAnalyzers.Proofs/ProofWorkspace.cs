using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Proofs;

/// <summary>
/// A program under all our analyzers and code fixes.
/// </summary>
internal static class ProofWorkspace
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = PackageParts.Analyzers();

    private static readonly ImmutableArray<CodeFixProvider> s_fixes = PackageParts.CodeFixes();

    public static Document Open(string source) =>
        new AdhocWorkspace().AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Program",
            "Program",
            LanguageNames.CSharp,
            compilationOptions: ProofProgram.CompilationOptions,
            parseOptions: ProofProgram.ParseOptions,
            metadataReferences: ProofProgram.References))
        .AddDocument("Program.cs", SourceText.From(source));

    /// <summary>The findings of the rule, and the errors and warnings of all our rules and of the compiler.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Document document, DiagnosticDescriptor rule, CancellationToken cancellationToken)
    {
        var compilation = await document.Project.GetCompilationAsync(cancellationToken);
        var diagnostics = await compilation!.WithAnalyzers(s_analyzers).GetAllDiagnosticsAsync(cancellationToken);
        return [.. diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning || diagnostic.Id == rule.Id)];
    }

    /// <summary>
    /// Applies one variant of the rule's fix: to all its findings, as an editor and dotnet format do; one that is offered for one finding
    /// alone to the first of them.
    /// </summary>
    public static async Task<Document> FixAsync(Document document, DiagnosticDescriptor rule, string equivalenceKey, CancellationToken cancellationToken)
    {
        var fix = s_fixes.Single(fix => fix.FixableDiagnosticIds.Contains(rule.Id));
        var findings = (await DiagnoseAsync(document, rule, cancellationToken)).Where(diagnostic => diagnostic.Id == rule.Id).ToArray();
        if (equivalenceKey.EndsWith(".Once", StringComparison.Ordinal))
        {
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, findings[0], (offered, _) => actions.Add(offered), cancellationToken));
            return await ApplyAsync(document, actions.Single(offered => offered.EquivalenceKey == equivalenceKey), cancellationToken);
        }

        var context = new FixAllContext(
            document, fix, FixAllScope.Document, equivalenceKey, [rule.Id], new GivenFindings([.. findings]), cancellationToken);

        return await ApplyAsync(document, (await fix.GetFixAllProvider()!.GetFixAsync(context))!, cancellationToken);
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action, CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }
}
