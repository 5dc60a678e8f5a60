namespace SqliteAnalyzers.Tests.Order;

/// <summary>Another way to write or to analyse the same program, which must not change what is found.</summary>
/// <param name="Name">What is done differently.</param>
/// <param name="FindDifferenceAsync">Says what is found differently; null if nothing is.</param>
/// <param name="IsCostly">Whether it takes much longer than an analysis of a small program.</param>
internal sealed record Variation(string Name, Func<Trial, Task<string?>> FindDifferenceAsync, bool IsCostly = false)
{
    public override string ToString() => Name;
}
