using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using SqliteAnalyzers.Tests.Order.Analyses;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Order;

/// <summary>Whether what analyzers find is a function of the program alone, and not of the order in which it is written and analysed.</summary>
/// <param name="newAnalyzers">Analyzers that have seen nothing yet.</param>
internal sealed class OrderHarness(Func<ImmutableArray<DiagnosticAnalyzer>> newAnalyzers)
{
    /// <summary>Where the variations with this seed change what is found.</summary>
    public async Task<IReadOnlyList<OrderDifference>> FindDifferencesAsync(
        ProgramSource program, int seed, ImmutableArray<Variation> variations, CancellationToken cancellation)
    {
        var differences = new List<OrderDifference>();
        var expected = await Analysis.OfAllAsync(CompiledProgram.Of(program), newAnalyzers(), concurrent: false, cancellation);
        foreach (var variation in variations)
        {
            var trial = new Trial(program, expected, newAnalyzers, new Random(seed), cancellation);
            if (await variation.FindDifferenceAsync(trial) is { } difference)
            {
                differences.Add(new(program, seed, variation.Name, trial.Varied, difference));
            }
        }

        return differences;
    }
}
