using SqliteAnalyzers.Benchmarks.Compiling;
using SqliteAnalyzers.Benchmarks.Measuring;
using SqliteAnalyzers.Benchmarks.Programs;
using SqliteAnalyzers.Benchmarks.Report;

namespace SqliteAnalyzers.Benchmarks.Analyzing;

/// <summary>Compiles programs with each set of analyzers in turn.</summary>
internal sealed class AnalysisBench
{
    private const int MostRounds = 5;
    private const int WarmUpRounds = 2;

    // One round of a program this big warms up nothing that is still cold.
    private const int BigProgram = 10_000;

    // What a program may take before its last round begins.
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(15);

    private readonly PartContext _context;
    private readonly SdkAnalyzers? _sdk = SdkAnalyzers.Find();
    private readonly CompilationRun _run;

    public AnalysisBench(PartContext context)
    {
        var settings = ProjectSettings.Default(_sdk);
        _context = context;
        _run = new CompilationRun(settings);
        Lineup = Lineup.OfBuild(_sdk, settings.CompilationOptions);
    }

    public Lineup Lineup { get; }

    /// <summary>Sentences for the page.</summary>
    public string DescriptionOfTheSdk => _sdk is null
        ? SdkAnalyzers.NotFound
        : $"{_sdk.Description} As in a build, only those run that could print something ({Lineup.Sdk!.Analyzers.Length}).";

    /// <summary>Until the code of the compiler and of the analyzers is compiled for good.</summary>
    public void WarmUp(IReadOnlyList<GeneratedProgram> programs)
    {
        if (!_context.Quick)
        {
            PartContext.Progress("warming up");
            Turns.Take(programs, WarmUpRounds, (_, program) => Turns.Take(Lineup.All, rounds: 1, (_, set) => _run.Measure(program, set)));
        }
    }

    /// <param name="units">How many of what is counted are in the program.</param>
    public ProgramResult Measure(string title, GeneratedProgram program, int units)
    {
        PartContext.Progress(title);
        var uncountedRounds = _context.Quick || units >= BigProgram ? 0 : 1;
        var rounds = Math.Min(_context.Rounds, MostRounds);
        var costs = RoundCosts<AnalyzerSet, CompilationCost>.Measure(Lineup.All, uncountedRounds, rounds, set => _run.Measure(program, set), s_enough);
        PartContext.Progress("  CPU ms: " + string.Join(", ", Lineup.All.Select(set => $"{set.Title} {Numbers.Whole(costs.Of(set, CompilationCost.CpuMilliseconds).Median)}")));
        return new(title, units, costs);
    }
}
