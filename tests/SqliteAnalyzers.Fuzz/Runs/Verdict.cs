namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>What is wrong with the analysis of a mutant.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="Signature">The same for mutants that fail for the same reason.</param>
/// <param name="Text">All of it.</param>
internal sealed record Verdict(string Kind, string Signature, string Text)
{
    public const string Exception = "exception";

    public const string Hang = "hang";

    public const string Order = "order";
}
