using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Programs;
using SqliteAnalyzers.Benchmarks.Report;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Projects;
using SqliteAnalyzers.Rules;
using SqliteAnalyzers.Rules.Usage;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>What each rule adds to the compilation of a program that is full of SQLite.</summary>
internal static class RulesPart
{
    private const int WarmUpRounds = 3;
    private const int MostRounds = 3;

    private static readonly ProgramSize s_program = new(Methods: 1_000, StoreFiles: 100);
    private static readonly ProgramSize s_smallProgram = new(Methods: 100, StoreFiles: 1);

    private static readonly RuleCatalog s_rules = SqliteFlowAnalyzer.AllRules;

    private static readonly AsyncCallIsSynchronous s_ownAnalyzer = new();

    private static readonly AnalyzerSet s_empty = new("empty", [new IdleAnalyzer()]);

    private static readonly AnalyzerSet s_none = Only("no rule", _ => false);

    private static readonly AnalyzerSet s_all = Only("all rules", _ => true);

    public static void Run(PartContext context)
    {
        var descriptors = s_rules.Descriptors.Concat(s_ownAnalyzer.SupportedDiagnostics).OrderBy(d => d.Id, StringComparer.Ordinal).ToArray();
        var paths = s_rules.Flow.Select(rule => rule.Descriptor).ToHashSet();
        RuleLine[] lines =
        [
            RuleLine.Of("the rules that look at paths", paths.Contains),
            RuleLine.Of("all other rules", d => !paths.Contains(d)),
            .. descriptors.Select(d => RuleLine.Of($"{d.Id}: {d.Title}", d.Equals)),
        ];
        AnalyzerSet[] sets = [s_empty, s_none, s_all, .. lines.SelectMany(line => new[] { line.Alone, line.Others })];
        var run = new CompilationRun(ProjectSettings.Showing(descriptors));
        var size = context.Quick ? s_smallProgram : s_program;
        var program = size.Create();
        PartContext.Progress("each rule alone, and all others without it");
        Turns.Take([s_empty, s_all], context.Quick ? 0 : WarmUpRounds, (_, set) => run.Measure(program, set));
        var costs = RoundCosts<AnalyzerSet, CompilationCost>.Measure(sets, uncountedRounds: 0, Math.Min(context.Rounds, MostRounds), set => run.Measure(program, set));

        context.Page.Heading(2, "The cost of each rule");
        context.Page.Paragraph($"""
            A program of {size.Title}, compiled with one rule alone and with all others ({costs.Rounds(s_all)} rounds), each rule switched on.
            "Alone" is what the rule needs over an analyzer of ours without any rule, and "beside the others" what is saved without it: rules share what the program does,
            and where the first one has asked for it, the next one asks for little. Both in hundredths of the processor time ({Numbers.Whole(Cpu(s_empty))} ms) and of the
            memory ({Numbers.MiB(costs.Of(s_empty, CompilationCost.Allocated).Median)} MiB allocated) of the compilation with an empty analyzer. Processor time differs
            from run to run by more than most rules need; allocated memory hardly does. Without any rule, ours add {Percent(s_none, s_empty, CompilationCost.CpuMilliseconds)}
            and {Percent(s_none, s_empty, CompilationCost.Allocated)}: the project is searched for SQLite; with all rules {Percent(s_all, s_empty, CompilationCost.CpuMilliseconds)} and
            {Percent(s_all, s_empty, CompilationCost.Allocated)}.
            """);
        context.Page.Table(
            [
                new("", line => line.Title),
                new("CPU alone", line => Percent(line.Alone, s_none, CompilationCost.CpuMilliseconds)),
                new("CPU beside the others", line => Percent(s_all, line.Others, CompilationCost.CpuMilliseconds)),
                new("allocated alone", line => Percent(line.Alone, s_none, CompilationCost.Allocated)),
                new("allocated beside the others", line => Percent(s_all, line.Others, CompilationCost.Allocated)),
                new("findings", line => Numbers.Whole(costs.Of(line.Alone, cost => cost.Findings).Median)),
            ],
            lines);

        double Cpu(AnalyzerSet set) => costs.Of(set, CompilationCost.CpuMilliseconds).Median;

        // Of compilations in the same round, as a part of what the round's compilation with an empty analyzer needed.
        string Percent(AnalyzerSet set, AnalyzerSet without, Func<CompilationCost, double> value) =>
            Numbers.Percent(costs.Difference(set, without, value), costs.Of(s_empty, value).Median);
    }

    private static AnalyzerSet Only(string title, Func<DiagnosticDescriptor, bool> isAskedFor) => new(
        title,
        [new SqliteFlowAnalyzer(s_rules.Where(isAskedFor), new Counters()), .. s_ownAnalyzer.SupportedDiagnostics.Any(isAskedFor) ? [s_ownAnalyzer] : Array.Empty<AsyncCallIsSynchronous>()]);

    /// <summary>A line of the table: some rules without the others, and the others without them.</summary>
    private sealed record RuleLine(string Title, AnalyzerSet Alone, AnalyzerSet Others)
    {
        public static RuleLine Of(string title, Func<DiagnosticDescriptor, bool> isOne) => new(title, Only(title, isOne), Only($"all but {title}", d => !isOne(d)));
    }
}
