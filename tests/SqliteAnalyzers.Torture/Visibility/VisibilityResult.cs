namespace SqliteAnalyzers.Torture;

/// <summary>What the workers have seen.</summary>
/// <param name="Rows">How many rows were written.</param>
/// <param name="Workers">How many workers read them.</param>
/// <param name="Repeat">How often.</param>
/// <param name="Situations">Everything the workers did.</param>
/// <param name="Writing">How long each writing of all rows took.</param>
/// <param name="Refusals">How often a hand-over was refused because of an old snapshot, as it must be.</param>
internal sealed record VisibilityResult(int Rows, int Workers, int Repeat, IReadOnlyList<Situation> Situations, IReadOnlyList<TimeSpan> Writing, int Refusals)
{
    public IReadOnlyList<string> Problems => [.. Situations.SelectMany(s => s.Problems)];
}
