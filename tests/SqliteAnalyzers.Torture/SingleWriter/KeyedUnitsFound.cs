namespace SqliteAnalyzers.Torture;

/// <summary>The keys of the units that a database holds, and what is wrong with them.</summary>
internal sealed record KeyedUnitsFound(IReadOnlySet<long> Keys, IReadOnlyList<string> Problems);
