namespace SqliteAnalyzers.Torture;

/// <summary>What the command line asks for.</summary>
/// <param name="Part">The part to run; empty for all.</param>
/// <param name="Count">How many kills of each kind.</param>
/// <param name="Rows">How many rows the workers read.</param>
/// <param name="Workers">How many workers read them.</param>
/// <param name="Repeat">How often they do.</param>
/// <param name="Seed">Where the random choices come from.</param>
/// <param name="Output">The file to write.</param>
internal sealed record Arguments(string Part, int Count, int Rows, int Workers, int Repeat, int Seed, string? Output)
{
    public bool Includes(string part) => Part.Length == 0 || Part == part;
}
