using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>The columns of the tables of programs.</summary>
internal sealed class ProgramColumns(Lineup lineup)
{
    public static Column<ProgramResult> Title { get; } = new("", r => r.Title);

    public Column<ProgramResult> Rounds { get; } = new("rounds", r => Numbers.Whole(r.Costs.Rounds(lineup.Ours)));

    public Column<ProgramResult> Findings { get; } = new("findings", r => Numbers.Whole(r.Costs.Of(lineup.Ours, c => c.Findings).Median));

    public IReadOnlyList<Column<ProgramResult>> CpuRatios =>
    [
        .. lineup.SdkAndOurs is null ? [] : new[] { CpuRatio(lineup.SdkAndOurs, lineup.Sdk!) },
        CpuRatio(lineup.Ours, lineup.Empty),
        CpuRatio(lineup.Empty, lineup.CompilerAlone),
        .. lineup.Sdk is null ? [] : new[] { CpuRatio(lineup.Sdk, lineup.CompilerAlone) },
    ];

    /// <summary>What else ours cost beside an empty analyzer.</summary>
    public IReadOnlyList<Column<ProgramResult>> OtherRatios =>
    [
        Ratio("time", CompilationCost.WallMilliseconds),
        Ratio("allocated", CompilationCost.Allocated),
        Ratio("held", CompilationCost.Held),
    ];

    public IReadOnlyList<Column<ProgramResult>> CpuMilliseconds => Middles("CPU ms", lineup.All, CompilationCost.CpuMilliseconds, Numbers.Whole);

    public IReadOnlyList<Column<ProgramResult>> MiBAllocated => Middles("MiB allocated", WithoutTheSdk, CompilationCost.Allocated, Numbers.MiB);

    public IReadOnlyList<Column<ProgramResult>> MiBHeld => Middles("MiB held", WithoutTheSdk, CompilationCost.Held, Numbers.MiB);

    private AnalyzerSet[] WithoutTheSdk => [lineup.CompilerAlone, lineup.Empty, lineup.Ours];

    private static Column<ProgramResult> CpuRatio(AnalyzerSet set, AnalyzerSet other) =>
        new($"CPU: {set.Title} × {other.Title}", r => Numbers.Ratio(r.Costs.Ratio(set, other, CompilationCost.CpuMilliseconds)));

    private static IReadOnlyList<Column<ProgramResult>> Middles(string title, IEnumerable<AnalyzerSet> sets, Func<CompilationCost, double> value, Func<double, string> text) =>
        [.. sets.Select(set => new Column<ProgramResult>($"{title}: {set.Title}", r => text(r.Costs.Of(set, value).Median)))];

    private Column<ProgramResult> Ratio(string title, Func<CompilationCost, double> value) =>
        new($"{title}: {lineup.Ours.Title} × {lineup.Empty.Title}", r => Numbers.Ratio(r.Costs.Ratio(lineup.Ours, lineup.Empty, value).Median));
}
