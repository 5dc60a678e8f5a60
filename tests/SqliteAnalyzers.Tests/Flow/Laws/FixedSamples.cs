using CsCheck;

namespace SqliteAnalyzers.Tests.Flow.Laws;

/// <summary>The same random samples in every run, so that a law that fails once fails always.</summary>
internal static class FixedSamples
{
    public static void ForAll<T>(Gen<T> generator, int count, Action<T> check)
    {
        var random = new PCG(stream: 1, seed: 20);
        for (var number = 0; number < count; number++)
        {
            var sample = generator.Generate(random, null, out _);
            try
            {
                check(sample);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Sample {number}: {sample}\n{exception.Message}", exception);
            }
        }
    }
}
