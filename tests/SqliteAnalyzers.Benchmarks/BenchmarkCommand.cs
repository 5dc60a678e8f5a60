using System.CommandLine;
using SqliteAnalyzers.Commands;

namespace SqliteAnalyzers.Benchmarks;

/// <summary>The command line of the program.</summary>
internal static class BenchmarkCommand
{
    private const int MostRows = 100_000_000;
    private const int MostRounds = 100;

    /// <param name="parts">The parts there are.</param>
    /// <param name="run">Does what is asked for.</param>
    public static RootCommand Create(IReadOnlyList<Part> parts, Action<BenchmarkOptions> run)
    {
        var names = new Argument<string[]>("part")
        {
            Description = $"Which parts to measure; all of them if none is named. {string.Join("; ", parts.Select(p => $"{p.Name}: {p.Description}"))}",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. parts.Select(p => p.Name)]);
        var rows = CommandOptions.Number("--rows", "Rows for the fast contenders; slow ones get a share", 1_000_000, 1, MostRows);
        var rounds = CommandOptions.Number("--rounds", "How often everything is measured", 7, 1, MostRounds);
        var quick = new Option<bool>("--quick")
        {
            Description = "One small program of each kind for the analyzers and moments for the writers, to see that it works: the numbers mean nothing, and no page is written unless a folder is given",
        };
        var output = new Option<string?>("--output") { Description = "Write the page and its charts there, even if not all parts are measured", HelpName = "FOLDER" };

        var root = new RootCommand(
            "Measures the helper library and the analyzers beside others, and prints what it found. All parts together write docs/benchmarks.md too. "
            + "The databases are made in the folder for temporary files (TMPDIR) and deleted.")
        {
            names,
            rows,
            rounds,
            quick,
            output,
        };
        root.SetAction(result =>
        {
            var named = result.GetValue(names) ?? [];
            var isAll = named.Length == 0;
            run(new(isAll ? parts : [.. parts.Where(p => named.Contains(p.Name))], isAll, result.GetValue(rows), result.GetValue(rounds), result.GetValue(quick), result.GetValue(output)));
        });
        return root;
    }
}
