using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>An editor cancels with each key press: the engine stops at the next block and keeps nothing half done.</summary>
public sealed class CancellationTests
{
    private static readonly string Code = Source.Class(
        """
        static void Caller()
        {
            using var connection = new SqliteConnection("Data Source=app.db");
            connection.Open();
            connection.Execute("PRAGMA journal_mode=WAL");
            Write(connection);
            Process.Start("worker");
        }

        static void Write(SqliteConnection connection)
        {
            for (var i = 0; i < 10; i++)
            {
                connection.Execute("INSERT INTO t VALUES (1)");
            }
        }
        """);

    [Fact]
    public async Task Cancelled_analysis_throws_and_a_later_one_works()
    {
        var compilation = FlowRun.Compile(Code);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FlowRun.Of(compilation, new CancellationToken(canceled: true)));

        Assert.Contains(await Ids(compilation), id => id == "SQLITE1001");
    }

    /// <summary>One engine serves the whole compilation: what a cancelled search has left in it must not spoil the next.</summary>
    [Fact]
    public void Engine_works_on_after_a_search_was_cancelled()
    {
        var compilation = FlowRun.Compile(Code);
        var finder = new StartFinder();
        var engine = new FlowEngine(compilation, LibrarySet.For(compilation)!, new FlowOptionsProvider(null), [finder], new FlowCounters());
        var (declaration, block, method) = MethodNamed(compilation, "Caller");

        foreach (var cancelled in Enumerable.Range(0, 3).Select(_ => new CancellationToken(canceled: true)))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => engine.Analyze(block, method, cancelled));
        }

        Assert.Equal(0, finder.Starts);
        engine.Analyze(block, method, TestContext.Current.CancellationToken);
        Assert.Equal(1, finder.Starts);
        Assert.True(finder.SawWrite);
    }

    private static async Task<IEnumerable<string>> Ids(Compilation compilation) =>
        (await FlowRun.Of(compilation)).Findings.Select(finding => finding.Id);

    private static (SyntaxNode Declaration, IOperation Block, IMethodSymbol Method) MethodNamed(Compilation compilation, string name)
    {
        var method = (IMethodSymbol)compilation.GetSymbolsWithName(name).Single();
        var declaration = method.DeclaringSyntaxReferences.Single().GetSyntax();
        return (declaration, compilation.GetSemanticModel(declaration.SyntaxTree).GetOperation(declaration)!, method);
    }

    private sealed class StartFinder : FlowRule
    {
        public int Starts { get; private set; }

        public bool SawWrite { get; private set; }

        public override DiagnosticDescriptor Descriptor => throw new NotSupportedException();

        public override void Visit(SqliteEvent e, State before, FindingSink sink)
        {
            if (e is StartsProcess)
            {
                Starts++;
                SawWrite = before.Objects.Values.Any(state => state.May(Typestate.WalWritten));
            }
        }
    }
}
