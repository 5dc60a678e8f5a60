namespace SqliteAnalyzers.Benchmarks;

/// <summary>What was asked for.</summary>
/// <param name="Parts">The parts to measure.</param>
/// <param name="AllParts">Whether these are all there are.</param>
/// <param name="Rows">How many rows the fastest contenders insert.</param>
/// <param name="Rounds">How often everything is measured.</param>
/// <param name="Quick">Whether it only has to be seen that everything works.</param>
/// <param name="Output">The folder for the page and its charts.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<Part> Parts, bool AllParts, int Rows, int Rounds, bool Quick, string? Output);
