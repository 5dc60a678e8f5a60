using SqliteAnalyzers.Fuzz.Mutations;

namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>Takes away from a mutant what its fault does not need.</summary>
internal static class Shrinker
{
    /// <param name="mutant">The mutant.</param>
    /// <param name="verdict">What is wrong with it.</param>
    /// <param name="examine">Finds that out.</param>
    public static async Task<Mutant> ShrinkAsync(Mutant mutant, Verdict verdict, Func<Mutant, Task<Verdict?>> examine)
    {
        foreach (var mutation in mutant.Mutations)
        {
            var smaller = mutant with { Mutations = mutant.Mutations.Remove(mutation) };
            if (await examine(smaller) is { } same && same.Signature == verdict.Signature)
            {
                mutant = smaller;
            }
        }

        return mutant;
    }
}
