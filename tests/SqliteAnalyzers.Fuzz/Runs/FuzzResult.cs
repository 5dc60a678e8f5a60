using System.Globalization;
using SqliteAnalyzers.Fuzz.Mutations;

namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>What a run of mutants came to.</summary>
internal sealed class FuzzResult
{
    private const int SlowestShown = 5;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<(int Number, Mutant Mutant, TimeSpan Time), TimeSpan> _slowest = new();
    private readonly List<Failure> _failures = [];

    public int Mutants { get; private set; }

    public int Reordered { get; private set; }

    public IReadOnlyList<Failure> Failures => _failures;

    public void Add(int number, Mutant mutant, TimeSpan time, bool reordered)
    {
        lock (_lock)
        {
            Mutants++;
            Reordered += reordered ? 1 : 0;
            _slowest.Enqueue((number, mutant, time), time);
            if (_slowest.Count > SlowestShown)
            {
                _slowest.Dequeue();
            }
        }
    }

    /// <returns>How many failed for the same reason before.</returns>
    public int Add(Failure failure)
    {
        lock (_lock)
        {
            var same = _failures.Count(other => other.Verdict.Signature == failure.Verdict.Signature);
            _failures.Add(failure);
            return same;
        }
    }

    public void Write(TextWriter writer, TimeSpan time)
    {
        writer.WriteLine(Line($"{Mutants} mutants in {time.TotalSeconds:0} s, {Mutants / time.TotalSeconds:0} a second; {Reordered} of them reordered."));
        writer.WriteLine("The slowest:");
        foreach (var (number, mutant, taken) in _slowest.UnorderedItems.Select(item => item.Element).OrderByDescending(item => item.Time))
        {
            writer.WriteLine(Line($"  {taken.TotalMilliseconds,6:0} ms  {number}  {mutant}"));
        }

        writer.WriteLine(Line($"{_failures.Count} failures."));
        foreach (var reason in _failures.GroupBy(failure => (failure.Verdict.Kind, failure.Verdict.Signature)).OrderByDescending(reason => reason.Count()))
        {
            writer.WriteLine(Line($"  {reason.Count(),6} {reason.Key.Kind}: {reason.Key.Signature}"));
            writer.WriteLine(Line($"         for example {reason.First().Number}  {reason.First().Mutant}"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
