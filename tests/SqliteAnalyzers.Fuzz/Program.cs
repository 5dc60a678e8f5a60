using System.Collections.Immutable;
using System.Diagnostics;
using SqliteAnalyzers.Commands;
using SqliteAnalyzers.Fuzz.Pieces;
using SqliteAnalyzers.Fuzz.Runs;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;
using SqliteAnalyzers.Tests.Verifiers;

namespace SqliteAnalyzers.Fuzz;

/// <summary>
/// Looks for programs over which the analyzers throw or hang, or whose findings depend on an order. Ends with 0 if there are none, 1 if there are,
/// 2 if it was called wrongly.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandProgram.RunAsync(FuzzCommand.Create(RunAsync), args);

    private static async Task<int> RunAsync(Arguments arguments)
    {
        var programs = With(arguments.Part == FuzzCommand.Mutants ? ProgramCatalog.Written : ProgramCatalog.All(arguments.Generated), arguments);
        if (programs.IsEmpty)
        {
            await Console.Error.WriteLineAsync($"No program has '{arguments.Only}' in its name.");
            return 2;
        }

        return arguments.Part switch
        {
            FuzzCommand.Mutants => await MutateAsync(programs, arguments),
            FuzzCommand.Order => await ReorderAsync(programs, arguments),
            _ => await ListAsync(programs),
        };
    }

    private static ImmutableArray<ProgramSource> With(ImmutableArray<ProgramSource> programs, Arguments arguments) =>
    [
        .. programs.Concat(arguments.Sources.SelectMany(ProgramFolder.ProgramsAt))
            .Where(program => program.Name.Contains(arguments.Only, StringComparison.Ordinal)),
    ];

    private static async Task<int> MutateAsync(ImmutableArray<ProgramSource> programs, Arguments arguments)
    {
        var time = Stopwatch.StartNew();
        ImmutableArray<Piece> pieces = [.. programs.SelectMany(PieceCutter.Cut)];
        Console.WriteLine($"Seed {arguments.Seed}; {pieces.Length} pieces of {programs.Length} programs.");
        var result = await new FuzzRun(pieces, new Examiner(PackageParts.Analyzers, arguments.Limit), arguments, ProgressDisplay.Line).RunAsync();
        result.Write(Console.Out, time.Elapsed);
        return result.Failures.Count == 0 ? 0 : 1;
    }

    private static async Task<int> ReorderAsync(ImmutableArray<ProgramSource> programs, Arguments arguments)
    {
        Console.WriteLine($"Seed {arguments.Seed}.");
        return await new OrderRun(programs, PackageParts.Analyzers, arguments).RunAsync(Console.Out) == 0 ? 0 : 1;
    }

    private static async Task<int> ListAsync(ImmutableArray<ProgramSource> programs)
    {
        foreach (var line in await FindingList.OfAsync(programs, PackageParts.Analyzers, CancellationToken.None))
        {
            Console.WriteLine(line);
        }

        return 0;
    }
}
