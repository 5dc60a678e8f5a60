namespace SqliteAnalyzers.FixTorture.Runs;

/// <summary>
/// What one run of a program came to, as far as somebody outside can see.
/// </summary>
/// <param name="Exception">The type of the exception it ended with, and SQLite's error code; empty if there was none.</param>
/// <param name="Message">The exception's message.</param>
/// <param name="Rows">The tables of its databases, with their rows and what is set on the file for good.</param>
/// <param name="Notes">What it said, in order.</param>
/// <param name="Copies">How many rows each process that it started found in the database file alone; -1: no table.</param>
internal sealed record Outcome(string Exception, string Message, string Rows, string Notes, IReadOnlyList<long> Copies)
{
    /// <summary>Whether a checkpoint ran into the program's own transaction, or the program said so: no fixed one needs to do that again.</summary>
    public bool IsLocked => Exception == "SqliteException 6" || Notes.Contains("not stored", StringComparison.Ordinal);

    /// <summary>
    /// Whether this is no wronger than <paramref name="before"/>: the same rows, words and exception, and no started process that sees less.
    /// </summary>
    public bool IsNoWronger(Outcome before) =>
        (Exception, Rows, Notes) == (before.Exception, before.Rows, before.Notes)
        && Copies.Count == before.Copies.Count
        && Copies.Zip(before.Copies, (now, then) => now >= then).All(isEnough => isEnough);

    /// <summary>Whether this ends without an exception, or with the one that <paramref name="before"/> ended with.</summary>
    public bool FailsNotAnew(Outcome before) => Exception.Length == 0 || Exception == before.Exception;

    public override string ToString() =>
        $"{(Exception.Length == 0 ? "ended" : $"threw {Exception} ({Message})")}; rows {Rows}; said [{Notes}]; processes saw [{string.Join(", ", Copies)}]";
}
