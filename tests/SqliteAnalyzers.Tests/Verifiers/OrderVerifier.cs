using System.Collections.Immutable;
using SqliteAnalyzers.Tests.Order;
using SqliteAnalyzers.Tests.Order.Programs;

namespace SqliteAnalyzers.Tests.Verifiers;

/// <summary>Checks that the analyzers of the package find the same in a program in some other orders.</summary>
internal static class OrderVerifier
{
    /// <summary>Tries some variations of one of many programs, others for each of them.</summary>
    public static Task VerifyAsync(ImmutableArray<ProgramSource> programs, string name)
    {
        const int Tried = 4;
        var program = programs.Single(program => program.Name == name);
        return VerifyAsync(program, Variations.All, Tried, seed: programs.IndexOf(program));
    }

    /// <param name="program">The program.</param>
    /// <param name="variations">The variations that come into question.</param>
    /// <param name="count">How many of them are tried.</param>
    /// <param name="seed">Which ones, and which random numbers they get.</param>
    public static async Task VerifyAsync(ProgramSource program, ImmutableArray<Variation> variations, int count, int seed)
    {
        var tried = variations.ToArray();
        new Random(seed).Shuffle(tried);

        var differences = await new OrderHarness(PackageParts.Analyzers)
            .FindDifferencesAsync(program, seed, [.. tried.Take(count)], TestContext.Current.CancellationToken);

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
