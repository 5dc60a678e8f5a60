namespace SqliteAnalyzers.Torture;

/// <summary>Which units a database holds, by author, and what is wrong with them.</summary>
internal sealed record UnitsFound(IReadOnlyDictionary<int, (long First, long Last)> ByAuthor, IReadOnlyList<string> Problems)
{
    public long Last(int author) => ByAuthor.TryGetValue(author, out var found) ? found.Last : 0;

    /// <summary>The last of the author's units that is deleted.</summary>
    public long LastDeleted(int author) => ByAuthor.TryGetValue(author, out var found) ? found.First - 1 : 0;
}
