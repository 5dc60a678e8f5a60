using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>The verifier itself: what it must let pass, and what must fail a test.</summary>
public sealed class RuleVerifierTests
{
    private const string Program =
        """
        using Dapper;
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=app.db");
        connection.Execute("SELECT 1");
        """;

    [Fact]
    public Task Source_with_all_libraries_compiles() =>
        RunAsync(new NamesOfMethods(), Program);

    [Fact]
    public Task A_marked_finding_is_expected() =>
        RunAsync(new NamesOfMethods(), "class C { void [|M|]() { } }");

    [Fact]
    public Task An_unmarked_finding_fails() =>
        Assert.ThrowsAnyAsync<Exception>(() => RunAsync(new NamesOfMethods(), "class C { void M() { } }"));

    [Fact]
    public Task A_mark_without_a_finding_fails() =>
        Assert.ThrowsAnyAsync<Exception>(() => RunAsync(new NamesOfMethods(), "class [|C|] { }"));

    [Fact]
    public Task A_compile_error_fails() =>
        Assert.ThrowsAnyAsync<Exception>(() => RunAsync(new NamesOfMethods(), "class C { int [|M|]() => missing; }"));

    [Fact]
    public async Task An_analyzer_that_throws_fails()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => RunAsync(new NamesOfMethods { Throws = true }, "class C { void M() { } }"));

        Assert.Contains("AD0001", failure.ToString(), StringComparison.Ordinal);
    }

    private static Task RunAsync(NamesOfMethods analyzer, string source) =>
        new RuleTest(NamesOfMethods.Rule, source) { Analyzers = [analyzer] }.RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Reports every method's name.</summary>
#pragma warning disable RS1001, RS2008 // It is not part of a package.
    private sealed class NamesOfMethods : DiagnosticAnalyzer
    {
        public static readonly DiagnosticDescriptor Rule = new("T1", "Method", "Method", "Test", DiagnosticSeverity.Warning, true);
#pragma warning restore RS1001, RS2008

        public bool Throws { get; init; }

        public override System.Collections.Immutable.ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSyntaxNodeAction(Report, SyntaxKind.MethodDeclaration);
        }

        private void Report(SyntaxNodeAnalysisContext context)
        {
            if (Throws)
            {
                throw new InvalidOperationException("thrown by the analyzer");
            }

            context.ReportDiagnostic(Diagnostic.Create(Rule, ((MethodDeclarationSyntax)context.Node).Identifier.GetLocation()));
        }
    }
}
