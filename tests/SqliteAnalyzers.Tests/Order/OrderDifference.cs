using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>A program in which something else is found when it is written or analysed otherwise.</summary>
/// <param name="Program">The program.</param>
/// <param name="Seed">The seed with which the difference comes again.</param>
/// <param name="Variation">What was done differently.</param>
/// <param name="Varied">The program as it was then written.</param>
/// <param name="Text">What is found differently.</param>
internal sealed record OrderDifference(ProgramSource Program, int Seed, string Variation, ProgramSource Varied, string Text)
{
    public override string ToString() => $"{Program.Name}, {Variation}, seed {Seed}:\n{Text}";
}
