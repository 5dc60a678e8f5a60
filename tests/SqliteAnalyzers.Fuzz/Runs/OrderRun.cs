using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Tests.Order;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>Looks for programs in which something else is found in another order or in another process.</summary>
internal sealed class OrderRun(ImmutableArray<ProgramSource> programs, Func<ImmutableArray<DiagnosticAnalyzer>> newAnalyzers, Arguments arguments)
{
    private const int DefaultSeeds = 3;

    private readonly ConcurrentBag<OrderDifference> _differences = [];

    /// <returns>How many programs differ.</returns>
    public async Task<int> RunAsync(TextWriter writer)
    {
        await Parallel.ForEachAsync(programs, ReorderAsync);
        await CompareWithOtherProcessAsync();

        var byProgram = _differences.GroupBy(difference => difference.Program).OrderBy(group => group.Key.Name, StringComparer.Ordinal).ToArray();
        foreach (var variations in byProgram.SelectMany(program => program.GroupBy(difference => difference.Variation)))
        {
            Write(writer, [.. variations.OrderBy(difference => difference.Seed)]);
        }

        foreach (var program in byProgram)
        {
            writer.WriteLine($"{program.Key.Name}: {string.Join(", ", program.Select(difference => difference.Variation).Distinct())}");
        }

        writer.WriteLine($"{byProgram.Length} of {programs.Length} programs differ.");
        return byProgram.Length;
    }

    private async ValueTask ReorderAsync(ProgramSource program, CancellationToken cancellation)
    {
        foreach (var seed in Enumerable.Range(arguments.Seed, arguments.Count ?? DefaultSeeds))
        {
            foreach (var difference in await new OrderHarness(newAnalyzers).FindDifferencesAsync(program, seed, Variations.All, cancellation))
            {
                _differences.Add(difference);
            }
        }
    }

    private async Task CompareWithOtherProcessAsync()
    {
        var own = await FindingList.OfAsync(programs, newAnalyzers, CancellationToken.None);
        var other = await OtherProcess.FindingsAsync(typeof(OrderRun).Assembly.Location, arguments, CancellationToken.None);
        foreach (var program in programs)
        {
            var lines = FindingList.Difference([.. own.Where(IsOfProgram)], [.. other.Where(IsOfProgram)]).ToArray();
            if (lines.Length > 0)
            {
                _differences.Add(new(program, arguments.Seed, "in another process", program, string.Concat(lines.Select(line => $"  {line}\n"))));
            }

            bool IsOfProgram(string line) => line.StartsWith(FindingList.Head(program), StringComparison.Ordinal);
        }
    }

    /// <summary>Shows the first of these, and keeps the program as it is and as it was written then.</summary>
    private void Write(TextWriter writer, OrderDifference[] sameVariation)
    {
        var first = sameVariation[0];
        writer.WriteLine(first);
        if (sameVariation.Length > 1)
        {
            writer.WriteLine($"  and with {sameVariation.Length - 1} more seeds\n");
        }

        var folder = Path.Combine(arguments.Output, Path.GetFileNameWithoutExtension(first.Program.Name));
        ProgramFolder.Write(first.Program, Path.Combine(folder, "as it is"));
        ProgramFolder.Write(first.Varied, Path.Combine(folder, first.Variation));
    }
}
