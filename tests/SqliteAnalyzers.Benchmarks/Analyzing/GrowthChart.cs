using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>How the cost of a unit grows with the program: a line for each shape, and a flat one is a cost that grows no faster than the program.</summary>
internal static class GrowthChart
{
    private static readonly double[] s_sizes = [1, 2, 4, 8];

    public static string Draw(Lineup lineup, IEnumerable<ShapeResult> shapes) => LineChart.Draw(
        "CPU time that ours add for a unit × the smallest program, by the size of the program × the smallest",
        s_sizes,
        shapes.Where(IsDoubled).Select(s => new Series(s.Shape.Name, [.. s.Programs.Select(p => s.Growth(lineup, p, CompilationCost.CpuMilliseconds))])));

    private static bool IsDoubled(ShapeResult shape) => shape.Programs.Select(p => (double)p.Units / shape.Programs[0].Units).SequenceEqual(s_sizes);
}
