using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Programs.Shapes;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>What one program cost.</summary>
/// <param name="Units">How many of what is counted are in it.</param>
internal sealed record ProgramResult(string Title, int Units, RoundCosts<AnalyzerSet, CompilationCost> Costs)
{
    /// <summary>What ours add to an empty analyzer, for each unit.</summary>
    public double AddedPerUnit(Lineup lineup, Func<CompilationCost, double> value) => Costs.Difference(lineup.Ours, lineup.Empty, value).Median / Units;
}

/// <summary>What the programs of one kind cost, the smallest first.</summary>
internal sealed record ShapeResult(ProgramShape Shape, IReadOnlyList<ProgramResult> Programs)
{
    /// <summary>What ours add for a unit of a program, beside the smallest program.</summary>
    public double Growth(Lineup lineup, ProgramResult program, Func<CompilationCost, double> value) =>
        program.AddedPerUnit(lineup, value) / Programs[0].AddedPerUnit(lineup, value);
}
