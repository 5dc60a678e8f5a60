using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Tests.Flow.Summaries;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>An editor cancels with each key press: the engine stops at the next block and keeps nothing half done.</summary>
public sealed class CancellationTests
{
    private static readonly string s_code = Source.Class(
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

    /// <summary>The programs of the summaries, one a file.</summary>
    private static readonly CSharpCompilation s_files = Files();

    [Fact]
    public async Task Cancelled_analysis_throws_and_a_later_one_works()
    {
        var compilation = FlowRun.Compile(s_code);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FlowRun.Of(compilation, new CancellationToken(canceled: true)));

        Assert.Contains((await FlowRun.Of(compilation, TestContext.Current.CancellationToken)).Findings, finding => finding.Id == "SQLITE1001");
    }

    /// <summary>One engine serves the whole compilation: what a cancelled search has left in it must not spoil the next.</summary>
    [Fact]
    public void Engine_works_on_after_a_search_was_cancelled()
    {
        var finder = new StartFinder();
        var run = EngineRun.With(FlowRun.Compile(s_code), finder);
        var caller = run.UnitOf("Caller");

        foreach (var cancelled in Enumerable.Range(0, 3).Select(_ => new CancellationToken(canceled: true)))
        {
            run.Cancellation = cancelled;
            Assert.ThrowsAny<OperationCanceledException>(() => run.SummaryOf(caller));
        }

        Assert.Equal(0, finder.Starts);
        run.Cancellation = TestContext.Current.CancellationToken;
        run.SummaryOf(caller);
        Assert.Equal(1, finder.Starts);
        Assert.True(finder.SawWrite);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(150)]
    public void Engine_that_was_cancelled_after_some_blocks_goes_on_as_a_fresh_one(int blocks)
    {
        var canceller = new Canceller();
        var (fresh, run) = (new EngineRun(s_files, canceller), new EngineRun(s_files, canceller));
        using var source = new CancellationTokenSource();
        canceller.CancelAfter(run, blocks, source);

        Assert.ThrowsAny<OperationCanceledException>(() => Array.ForEach([.. run.Units], unit => run.FindingsOf(unit)));

        Assert.InRange(run.Counters.BlocksVisited, blocks, blocks + 200);
        canceller.Rest(run);
        AssertPublishedAsIn(fresh, run);
        AssertSame(fresh, run);
    }

    /// <summary>As while somebody types: each search comes a little further than the last, in another method first.</summary>
    [Fact]
    public void Engine_that_was_cancelled_again_and_again_goes_on_as_a_fresh_one()
    {
        var canceller = new Canceller();
        var (fresh, run) = (new EngineRun(s_files, canceller), new EngineRun(s_files, canceller));
        for (var time = 0; time < 25; time++)
        {
            using var source = new CancellationTokenSource();
            canceller.CancelAfter(run, run.Counters.BlocksVisited + 1 + (time % 7), source);
            var order = run.Units.ToArray();
            new Random(time).Shuffle(order);
            try
            {
                Array.ForEach(order, unit => run.FindingsOf(unit));
                Assert.False(source.IsCancellationRequested && time == 0);
            }
            catch (OperationCanceledException)
            {
                Assert.True(source.IsCancellationRequested);
            }
        }

        canceller.Rest(run);
        AssertPublishedAsIn(fresh, run);
        AssertSame(fresh, run);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public async Task Analyzer_that_was_cancelled_after_some_files_goes_on_as_a_fresh_one(int files)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var expected = new Analysis(await FlowRun.With(s_files, new SqliteFlowAnalyzer()).GetAnalyzerDiagnosticsAsync(cancellation));
        using var source = new CancellationTokenSource();
        var (analyzer, canceller) = (new SqliteFlowAnalyzer(), new CancellingAnalyzer(files, source));
        var driver = FlowRun.With(s_files, canceller, analyzer);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => driver.GetAnalyzerDiagnosticsAsync(source.Token));

        Assert.NotEmpty(expected.Findings);
        Assert.Equal(expected.Findings, new Analysis(await driver.GetAnalyzerDiagnosticsAsync(cancellation)).Findings);
        Assert.Equal(expected.Findings, new Analysis(await FlowRun.With(s_files, analyzer).GetAnalyzerDiagnosticsAsync(cancellation)).Findings);
    }

    private static CSharpCompilation Files()
    {
        var compilation = FlowRun.Compile("");
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(SummaryPrograms.Names.Select((name, number) => CSharpSyntaxTree.ParseText(
            SummaryPrograms.SourceOf(name).Replace("Program", $"Program{number}", StringComparison.Ordinal),
            TestCompilation.ParseOptions,
            $"File{number}.cs")));
    }

    /// <summary>Whatever a cancelled search has left in the store is what a search that nobody cancels puts there.</summary>
    private static void AssertPublishedAsIn(EngineRun fresh, EngineRun run)
    {
        foreach (var unit in run.Units)
        {
            if (run.Engine.Summaries.TryGet(new(unit, Binding.None), out var published, TestContext.Current.CancellationToken))
            {
                Assert.True(fresh.SummaryOf(unit).Equals(published), $"{unit} was published when it was not done");
            }
        }
    }

    private static void AssertSame(EngineRun fresh, EngineRun run)
    {
        foreach (var unit in run.Units)
        {
            Assert.Equal(fresh.FindingsOf(unit), run.FindingsOf(unit), FindingComparer.Instance);
            Assert.True(fresh.SummaryOf(unit).Equals(run.SummaryOf(unit)), $"{unit} differs");
        }
    }

    private sealed class StartFinder : FlowRule
    {
        public int Starts { get; private set; }

        public bool SawWrite { get; private set; }

        public override DiagnosticDescriptor Descriptor => throw new NotSupportedException();

        public override ImmutableArray<FlowNeed> Needs { get; } = [new(Words.Process, 1)];

        public override void Visit(SqliteEvent e, State before, FindingSink sink)
        {
            if (e is StartsProcess)
            {
                Starts++;
                SawWrite = before.Objects.Keys.Any(item => before[item].May(Typestate.WalWritten));
            }
        }
    }

    /// <summary>Cancels at the first event after so many blocks.</summary>
    private sealed class Canceller : FlowRule
    {
        private Counters? _counters;
        private long _blocks;
        private CancellationTokenSource? _source;

        public override DiagnosticDescriptor Descriptor => throw new NotSupportedException();

        public override ImmutableArray<FlowNeed> Needs { get; } = [new(Words.Process, 1)];

        public void CancelAfter(EngineRun run, long blocks, CancellationTokenSource source) =>
            (_counters, _blocks, _source, run.Cancellation) = (run.Counters, blocks, source, source.Token);

        public void Rest(EngineRun run) => (_source, run.Cancellation) = (null, TestContext.Current.CancellationToken);

        public override void Visit(SqliteEvent e, State before, FindingSink sink)
        {
            if (_counters?.BlocksVisited >= _blocks)
            {
                _source?.Cancel();
            }
        }
    }

#pragma warning disable RS1001, RS1036 // It is no analyzer of a package.
    /// <summary>Cancels the first run when it has been shown so many files.</summary>
    private sealed class CancellingAnalyzer(int files, CancellationTokenSource source) : DiagnosticAnalyzer
    {
        private int _seen;

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new("TEST0001", "Test", "Test", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSemanticModelAction(_ =>
            {
                if (Interlocked.Increment(ref _seen) == files)
                {
                    source.Cancel();
                }
            });
        }
    }
#pragma warning restore RS1001, RS1036
}
