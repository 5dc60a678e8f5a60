namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>What the producers of one measurement share.</summary>
internal abstract class Writing : IDisposable
{
    /// <summary>Prepares one producer, on the thread on which it begins.</summary>
    /// <returns>Writes a unit of one row under a key, and is completed when it is durable.</returns>
    public abstract Func<long, Task> NewProducer();

    public abstract void Dispose();
}
