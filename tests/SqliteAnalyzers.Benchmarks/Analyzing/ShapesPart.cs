using SqliteAnalyzers.Benchmarks.Programs.Shapes;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>What the analyzers add to the compilation of programs that use SQLite in one way, and how it grows.</summary>
internal static class ShapesPart
{
    private static readonly ProgramShape[] s_shapes = [StoringMethods.Shape, HelperCalls.Shape, Wrappers.Shape, ManyServices.Shape, CallChains.Shape];

    public static void Run(PartContext context)
    {
        var bench = new AnalysisBench(context);
        var columns = new ProgramColumns(bench.Lineup);
        bench.WarmUp([.. s_shapes.Select(s => s.Create(s.Sizes[0]))]);
        ShapeResult[] shapes = [.. s_shapes.Select(shape => new ShapeResult(shape, context.Quick ? [MeasureSample(bench, shape)] : Measure(bench, shape)))];

        context.Page.Heading(2, "Compiling programs of one kind");
        context.Page.Paragraph("""
            Programs that use SQLite in one way and do nothing else, each kind in several sizes, compiled and measured as those above. "Growth" is what ours add
            to an empty analyzer for each method, text, repository, service or step, as a multiple of what they add in the smallest program of the kind: 1.00 is a
            cost that grows no faster than the program. Where findings are lost as a program grows, ours gave up on it, and the cost says little.
            """);
        if (!context.Quick)
        {
            context.Page.Chart("benchmarks-growth.svg", "What the analyzers add for a unit, by the size of the program", GrowthChart.Draw(bench.Lineup, shapes));
        }

        context.Page.Table(
            [
                ProgramColumns.Title, Growth("CPU", CompilationCost.CpuMilliseconds), Growth("allocated", CompilationCost.Allocated), .. columns.CpuRatios, .. columns.OtherRatios,
                .. columns.CpuMilliseconds, columns.Rounds, columns.Findings,
            ],
            shapes.SelectMany(s => s.Programs));

        Column<ProgramResult> Growth(string title, Func<CompilationCost, double> value) =>
            new($"growth: {title}", r => $"**{Numbers.Ratio(shapes.Single(s => s.Programs.Contains(r)).Growth(bench.Lineup, r, value))}**");
    }

    private static ProgramResult[] Measure(AnalysisBench bench, ProgramShape shape) =>
        [.. shape.Sizes.Select(n => bench.Measure($"{Numbers.Whole(n)} {shape.Title}", shape.Create(n), shape.UnitsOf(n)))];

    private static ProgramResult MeasureSample(AnalysisBench bench, ProgramShape shape) => bench.Measure($"a few {shape.Title}", shape.CreateSample(), units: 1);
}
