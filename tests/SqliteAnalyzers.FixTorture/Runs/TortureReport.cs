namespace SqliteAnalyzers.FixTorture.Runs;

/// <summary>How a fix failed.</summary>
internal enum FailureKind
{
    /// <summary>The fixed program stores, rejects or throws something else.</summary>
    Wrong,

    /// <summary>The fixed program, or the one it was made from, is none.</summary>
    DoesNotCompile,

    /// <summary>The fix threw.</summary>
    Crash,

    /// <summary>Applied again, it changes its own result.</summary>
    DoesNotSettle,
}

/// <param name="Fix">The key of the fix.</param>
/// <param name="Program">The program it was applied to.</param>
/// <param name="Kind">How it failed.</param>
/// <param name="Text">What was different.</param>
/// <param name="Source">What the fix made.</param>
internal sealed record Failure(string Fix, string Program, FailureKind Kind, string Text, string Source);

/// <summary>What a run came to, by fix.</summary>
internal sealed class TortureReport
{
    private readonly SortedDictionary<string, int> _applied = new(StringComparer.Ordinal);
    private readonly List<Failure> _failures = [];

    public int Programs { get; set; }

    public int Findings { get; set; }

    public int Applied => _applied.Values.Sum();

    public IReadOnlyList<Failure> Failures => _failures;

    public void CountApplied(string fix) => _applied[fix] = _applied.GetValueOrDefault(fix) + 1;

    public void Add(Failure failure) => _failures.Add(failure);

    public void Write(TextWriter writer)
    {
        writer.WriteLine($"{Programs} programs, {Findings} findings, {Applied} fixes applied.");
        writer.WriteLine($"{"fix",-58} {"applied",8} {"wrong",6} {"no code",8} {"crash",6} {"unsettled",10}");
        foreach (var fix in _applied.Keys.Union(_failures.Select(failure => failure.Fix)).Order(StringComparer.Ordinal))
        {
            writer.WriteLine(
                $"{fix,-58} {_applied.GetValueOrDefault(fix),8} {Count(fix, FailureKind.Wrong),6} {Count(fix, FailureKind.DoesNotCompile),8} {Count(fix, FailureKind.Crash),6} {Count(fix, FailureKind.DoesNotSettle),10}");
        }
    }

    private int Count(string fix, FailureKind kind) => _failures.Count(failure => failure.Fix == fix && failure.Kind == kind);
}
