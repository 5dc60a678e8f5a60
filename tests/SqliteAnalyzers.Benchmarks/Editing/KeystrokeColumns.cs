using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Editing;

/// <summary>The columns of the table of keystrokes.</summary>
internal sealed class KeystrokeColumns(Lineup lineup)
{
    public IReadOnlyList<Column<KeystrokeResult>> All =>
    [
        new("", r => r.Keystroke.Title),
        .. lineup.SdkAndOurs is null ? [] : new[] { CpuRatio(lineup.SdkAndOurs, lineup.Sdk!) },
        CpuRatio(lineup.Ours, lineup.Empty),
        .. lineup.Sdk is null ? [] : new[] { AddedRatio(lineup.Ours, lineup.Sdk) },
        .. WithAnalyzers.Select(set => Added(set)),
        new($"CPU ms: {lineup.CompilerAlone.Title}", r => Numbers.OneDigit(r.Costs.Of(lineup.CompilerAlone, KeystrokeCost.CpuMilliseconds).Median)),
        .. lineup.All.Where(set => set == lineup.CompilerAlone || set == lineup.Empty || set == lineup.Ours).Select(Allocated),
        new("keystrokes", r => Numbers.Whole(r.Costs.Rounds(lineup.Ours))),
        new("findings", r => Numbers.Whole(r.Costs.Of(lineup.Ours, c => c.Findings).Median)),
    ];

    private IEnumerable<AnalyzerSet> WithAnalyzers => lineup.All.Where(set => !set.IsCompilerAlone);

    private static Column<KeystrokeResult> CpuRatio(AnalyzerSet set, AnalyzerSet other) =>
        new($"CPU: {set.Title} × {other.Title}", r => Numbers.Ratio(r.Costs.Ratio(set, other, KeystrokeCost.CpuMilliseconds)));

    private static Column<KeystrokeResult> Allocated(AnalyzerSet set) =>
        new($"MiB allocated: {set.Title}", r => Numbers.MiB(r.Costs.Of(set, KeystrokeCost.Allocated).Median));

    private Column<KeystrokeResult> AddedRatio(AnalyzerSet set, AnalyzerSet other) => new(
        $"CPU over the compiler: {set.Title} × {other.Title}",
        r => $"**{Numbers.Ratio(OverTheCompiler(r, set).Median / OverTheCompiler(r, other).Median)}**");

    private Column<KeystrokeResult> Added(AnalyzerSet set) => new(
        $"CPU ms over the compiler: {set.Title}",
        r => $"{Numbers.OneDigit(OverTheCompiler(r, set).Median)} ({Numbers.OneDigit(LeastOverTheCompiler(r, set))})");

    private Spread OverTheCompiler(KeystrokeResult result, AnalyzerSet set) => result.Costs.Difference(set, lineup.CompilerAlone, KeystrokeCost.CpuMilliseconds);

    private double LeastOverTheCompiler(KeystrokeResult result, AnalyzerSet set) =>
        result.Costs.Of(set, KeystrokeCost.CpuMilliseconds).Min - result.Costs.Of(lineup.CompilerAlone, KeystrokeCost.CpuMilliseconds).Min;
}
