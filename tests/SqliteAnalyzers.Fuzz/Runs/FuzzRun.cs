using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using SqliteAnalyzers.Fuzz.Mutations;
using SqliteAnalyzers.Fuzz.Pieces;

namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>Makes mutants on all processors and examines each.</summary>
internal sealed class FuzzRun(ImmutableArray<Piece> pieces, Examiner examiner, Arguments arguments, Action<string> log)
{
    private const int DefaultCount = 100_000;

    private static readonly TimeSpan s_logEvery = TimeSpan.FromSeconds(20);

    private readonly FuzzResult _result = new();
    private readonly FailureFolder _folder = new(arguments.Output, arguments.Seed);
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly int _end = (int)Math.Min(int.MaxValue, arguments.First + (long)(arguments.Count ?? DefaultCount));
    private int _next = arguments.First - 1;
    private TimeSpan _logAt = s_logEvery;

    public async Task<FuzzResult> RunAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(worker => Task.Run(() => WorkAsync(worker))));
        return _result;
    }

    private async Task WorkAsync(int worker)
    {
        while (_time.Elapsed < arguments.Time && Interlocked.Increment(ref _next) is var number && number < _end)
        {
            _folder.Remember(worker, number);
            await ExamineAsync(number);
            if (worker == 0 && _time.Elapsed > _logAt)
            {
                _logAt = _time.Elapsed + s_logEvery;
                log(string.Create(CultureInfo.InvariantCulture, $"{_result.Mutants} mutants, {_result.Failures.Count} failures"));
            }
        }

        _folder.Remember(worker, number: null);
    }

    private async Task ExamineAsync(int number)
    {
        var mutant = Mutant.Make(pieces, new Random(SeedOf(number)));
        var start = _time.Elapsed;
        var verdict = await examiner.ExamineAsync(mutant);
        var reordered = verdict is null && arguments.OrderEvery > 0 && number % arguments.OrderEvery == 0;
        _result.Add(number, mutant, _time.Elapsed - start, reordered);
        if (verdict is not null)
        {
            // To wait for a hang again and again would take minutes.
            await FailAsync(number, mutant, verdict, verdict.Kind == Verdict.Hang ? null : examiner.ExamineAsync);
        }
        else if (reordered && await examiner.ExamineOrderAsync(mutant, number) is { } difference)
        {
            await FailAsync(number, mutant, difference, smaller => examiner.ExamineOrderAsync(smaller, number));
        }
    }

    private async Task FailAsync(int number, Mutant mutant, Verdict verdict, Func<Mutant, Task<Verdict?>>? examine)
    {
        var failure = new Failure(number, examine is null ? mutant : await Shrinker.ShrinkAsync(mutant, verdict, examine), verdict);
        _folder.Save(failure, _result.Add(failure));
    }

    /// <summary>Another seed for each mutant, and the same in each process.</summary>
    private int SeedOf(int number) => unchecked((arguments.Seed * 397) ^ (number * 1_000_003));
}
