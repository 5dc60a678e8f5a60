namespace SqliteAnalyzers.Benchmarks.Bulk;

/// <summary>A row of the table that everybody inserts into.</summary>
public sealed class Measurement
{
    public long Id { get; init; }

    public required string Name { get; init; }

    public double Value { get; init; }

    public long Taken { get; init; }
}
