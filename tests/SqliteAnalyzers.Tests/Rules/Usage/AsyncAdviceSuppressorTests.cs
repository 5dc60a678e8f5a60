using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Rules.Usage;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Rules.Usage;

/// <summary>What other analyzers say of synchronous calls is suppressed where it is wrong, and nowhere else.</summary>
public sealed class AsyncAdviceSuppressorTests
{
    public static TheoryData<string> Ids => [.. new AsyncAdviceSuppressor().SupportedSuppressions.Select(suppression => suppression.SuppressedDiagnosticId)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Each_id_is_suppressed_wherever_its_analyzer_puts_it(string id)
    {
        foreach (var place in Enum.GetValues<Place>())
        {
            await VerifyAsync(isSuppressed: true, "connection.Open();", id, place);
            await VerifyAsync(isSuppressed: false, "File.ReadAllText(\"a\");", id, place);
        }
    }

    [Theory]
    [InlineData("connection.Open();")]
    [InlineData("connection.Close();")]
    [InlineData("connection.BeginTransaction();")]
    [InlineData("using var command = new SqliteCommand(\"SELECT 1\"); command.ExecuteNonQuery();")]
    [InlineData("using var command = new SqliteCommand(\"SELECT 1\"); command.ExecuteReader();")]
    [InlineData("void Read(SqliteDataReader reader) => reader.Read();")]
    [InlineData("void Commit(SqliteTransaction transaction) => transaction.Commit();")]
    [InlineData("DbConnection other = connection; other.Open();")]
    [InlineData("connection?.Open();")]
    public Task Calls_of_the_driver(string statements) => VerifyAsync(isSuppressed: true, statements, "CA1849", Place.Call);

    [Theory]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("File.ReadAllText(\"a\");")]
    [InlineData("connection.Execute(\"SELECT 1\");")]
    [InlineData("void Open(DbConnection other) => other.Open();")]
    [InlineData("void Open(Own.SqliteConnection other) => other.Open();")]
    [InlineData("Task.Run(connection.Open);")]
    public Task Calls_of_others(string statements) => VerifyAsync(isSuppressed: false, statements, "CA1849", Place.Call);

    [Fact]
    public Task Without_the_driver_nothing_is_suppressed() =>
        RunAsync(isSuppressed: false, "class Program { void Run() => System.Threading.Thread.Sleep(1); }", "CA1849", Place.Call, TestReferences.Net);

    [Fact]
    public Task Other_ids_are_left() => VerifyAsync(isSuppressed: false, "connection.Open();", "CA2007", Place.Call);

    /// <summary>Where an analyzer puts what it says of a call.</summary>
    public enum Place
    {
        Call,
        Expression,
        Name,
    }

    private static Task VerifyAsync(bool isSuppressed, string statements, string id, Place place) => RunAsync(
        isSuppressed,
        $$"""
        using System.Data.Common;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.Data.Sqlite;

        class Program
        {
            async Task RunAsync(SqliteConnection connection)
            {
                {{statements}}
                await Task.CompletedTask;
            }
        }

        namespace Own
        {
            class SqliteConnection
            {
                public void Open() { }
            }
        }
        """,
        id,
        place,
        TestReferences.All);

    /// <summary>Checks of each call of the source whether what another analyzer says of it is suppressed.</summary>
    private static async Task RunAsync(bool isSuppressed, string source, string id, Place place, ImmutableArray<MetadataReference> references)
    {
        var compilation = CSharpCompilation.Create(
            TestCompilation.NewProjectName(),
            [CSharpSyntaxTree.ParseText(source, TestCompilation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken)],
            references,
            TestCompilation.Options);
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), problem => problem.Severity == DiagnosticSeverity.Error);
        var run = compilation.WithAnalyzers(
            [new Adviser(id, place), new AsyncAdviceSuppressor()],
            new CompilationWithAnalyzersOptions(new([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));
        var said = await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        var only = Assert.Single(said);
        Assert.Equal((id, isSuppressed), (only.Id, only.IsSuppressed));
    }

    /// <summary>Says of every call that it should be asynchronous.</summary>
#pragma warning disable RS1001, RS1017, RS1036 // It is made here, and no compiler is to find it.
    private sealed class Adviser(string id, Place place) : DiagnosticAnalyzer
    {
        private readonly DiagnosticDescriptor _rule = new(id, "Title", "Message", "Category", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(
                node =>
                {
                    var call = (InvocationExpressionSyntax)node.Node;
                    SyntaxNode at = place switch
                    {
                        Place.Call => call,
                        Place.Expression => call.Expression,
                        _ => call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression,
                    };
                    node.ReportDiagnostic(Diagnostic.Create(_rule, at.GetLocation()));
                },
                SyntaxKind.InvocationExpression);
        }
    }
#pragma warning restore RS1001, RS1017, RS1036
}
