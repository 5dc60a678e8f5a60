namespace SqliteAnalyzers.Torture;

/// <summary>Which generation a database holds, and what is wrong with it.</summary>
internal sealed record GenerationFound(long Generation, IReadOnlyList<string> Problems);
