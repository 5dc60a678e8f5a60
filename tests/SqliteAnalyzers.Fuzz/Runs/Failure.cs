using SqliteAnalyzers.Fuzz.Mutations;

namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>A mutant that shows a fault of the analyzers.</summary>
/// <param name="Number">The mutant's number.</param>
/// <param name="Mutant">The mutant, without the mutations that the fault does not need.</param>
/// <param name="Verdict">The fault.</param>
internal sealed record Failure(int Number, Mutant Mutant, Verdict Verdict);
