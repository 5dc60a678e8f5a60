using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Tests.Flow.Summaries;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Tests.Flow;

/// <summary>The compiler asks for the files of a project on all cores: what one thread is at, no other does, too.</summary>
public sealed class SharedWorkTests
{
    private const int Threads = 8;

    /// <summary>Far more than any of these takes: a test that hangs shall fail.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Summaries_that_threads_ask_for_in_different_orders_are_made_once(int seed)
    {
        var compilation = FlowRun.Compile(Pyramid(levels: 8, width: 6));
        var (alone, run) = (new EngineRun(compilation), new EngineRun(compilation));
        Array.ForEach([.. alone.Units], unit => alone.SummaryOf(unit));

        await AskAll(run, seed);

        Assert.InRange(alone.Counters.SummariesMade, 48, 200);
        Assert.Equal(alone.Counters.SummariesMade, run.Counters.SummariesMade);
        Assert.All(run.Units, unit => Assert.Equal(alone.SummaryOf(unit), run.SummaryOf(unit)));
    }

    /// <summary>Here threads come to wait for each other in a circle, which one of them has to leave.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Threads_that_meet_in_methods_that_call_each_other_all_come_to_an_end(int seed)
    {
        var compilation = FlowRun.Compile(Rings(rings: 6, length: 5));
        var (alone, run) = (new EngineRun(compilation), new EngineRun(compilation));

        await AskAll(run, seed);

        Assert.All(run.Units, unit => Assert.Equal(alone.SummaryOf(unit), run.SummaryOf(unit)));
    }

    [Fact]
    public async Task Who_waits_can_be_cancelled_and_goes_on_when_the_one_that_it_waits_for_is()
    {
        var holder = new Holder();
        var run = EngineRun.With(FlowRun.Compile(Source.Class(
            """
            static void Start()
            {
                new SqliteConnection("Data Source=app.db").Open();
                Process.Start("worker");
            }
            """)), holder);
        var unit = run.UnitOf("Start");
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();

        var making = Task.Run(() => run.Engine.SummaryOf(unit, first.Token), TestContext.Current.CancellationToken);
        await holder.IsHeld.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        var cancelled = Task.Run(() => run.Engine.SummaryOf(unit, second.Token), TestContext.Current.CancellationToken);
        var waiting = Task.Run(() => run.SummaryOf(unit), TestContext.Current.CancellationToken);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.False(waiting.IsCompleted);

        await first.CancelAsync();
        holder.LetGo();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        await waiting.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Equal(2, run.Counters.SummariesMade);
    }

    [Fact]
    public async Task Result_is_worked_out_by_one_and_prepared_by_those_that_wait()
    {
        var (made, prepared, workers) = (0, new ConcurrentDictionary<int, int>(), new ConcurrentDictionary<int, bool>());
        var result = new SharedResult<string>((ahead, _) =>
        {
            Interlocked.Increment(ref made);
            foreach (var item in ahead.Of(Enumerable.Range(0, 20), (number, _) => Prepare(number)))
            {
                Assert.True(item > 0 || SpinWait.SpinUntil(() => prepared.Count >= 10, s_patience));
            }

            return "done";
        });

        void Prepare(int number)
        {
            prepared.AddOrUpdate(number, 1, (_, times) => times + 1);
            workers[Environment.CurrentManagedThreadId] = true;
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => result.Get(TestContext.Current.CancellationToken)))).WaitAsync(s_patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, made);
        Assert.All(answers, answer => Assert.Same(answers[0], answer));
        Assert.All(prepared, pair => Assert.Equal(1, pair.Value));
        Assert.DoesNotContain(0, prepared.Keys);
        Assert.NotEmpty(workers);
    }

    [Fact]
    public async Task Result_of_a_thread_that_was_cancelled_is_worked_out_by_the_next()
    {
        using var began = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        var tries = 0;
        var result = new SharedResult<string>((_, cancellation) =>
        {
            if (Interlocked.Increment(ref tries) == 1)
            {
                began.Set();
                cancellation.WaitHandle.WaitOne(s_patience);
                cancellation.ThrowIfCancellationRequested();
            }

            return "done";
        });

        var first = Task.Run(() => result.Get(source.Token), TestContext.Current.CancellationToken);
        began.Wait(s_patience, TestContext.Current.CancellationToken);
        var second = Task.Run(() => result.Get(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.Equal("done", await second.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.Equal(2, tries);
    }

    private static async Task AskAll(EngineRun run, int seed)
    {
        using var start = new Barrier(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                var order = run.Units.ToArray();
                new Random((seed * 100) + thread).Shuffle(order);
                start.SignalAndWait();
                Array.ForEach(order, unit => run.SummaryOf(unit));
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))).WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    /// <summary>Each method of a level calls two of the level below it.</summary>
    private static string Pyramid(int levels, int width) => Source.Class(string.Concat(
        from level in Enumerable.Range(0, levels)
        from place in Enumerable.Range(0, width)
        select level == 0
            ? $"static void M0_{place}(SqliteConnection connection) {{ connection.Execute(\"INSERT INTO t VALUES ({place})\"); }}\n"
            : $"static void M{level}_{place}(SqliteConnection connection) {{ M{level - 1}_{place}(connection); M{level - 1}_{(place + 1) % width}(connection); }}\n"));

    /// <summary>Rings of methods each of which calls the next; each ring calls into the next, too.</summary>
    private static string Rings(int rings, int length) => Source.Class(string.Concat(
        from ring in Enumerable.Range(0, rings)
        from place in Enumerable.Range(0, length)
        select $$"""
            static void R{{ring}}_{{place}}(SqliteConnection connection, int n)
            {
                if (n > 0) R{{ring}}_{{(place + 1) % length}}(connection, n - 1);
                connection.Execute("INSERT INTO t VALUES ({{place}})");
                if (n > {{place}}) R{{ring}}_{{(place + 2) % length}}(connection, n - 2);
                {{(place == 0 && ring + 1 < rings ? $"R{ring + 1}_0(connection, n);" : "")}}
            }

            """));

    /// <summary>Holds the first thread that comes to the start of a process.</summary>
    private sealed class Holder : FlowRule
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _letGo = new();

        public Task IsHeld => _held.Task;

        public override DiagnosticDescriptor Descriptor => throw new NotSupportedException();

        public override ImmutableArray<FlowNeed> Needs { get; } = [new(Words.Process, 1)];

        public void LetGo() => _letGo.Set();

        public override void Visit(SqliteEvent e, State before, FindingSink sink)
        {
            if (e is StartsProcess)
            {
                _held.TrySetResult();
                _letGo.Wait(s_patience);
            }
        }
    }
}
