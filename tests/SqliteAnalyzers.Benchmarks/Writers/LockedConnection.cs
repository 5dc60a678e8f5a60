namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>All producers share a connection, and take turns by a lock.</summary>
internal sealed class LockedConnection(SharedDatabase database) : Writing
{
    private readonly Lock _lock = new();
    private readonly UnitCommand _command = new(database.Open());

    public override Func<long, Task> NewProducer() => key =>
    {
        lock (_lock)
        {
            _command.WriteInTransaction(key);
        }

        return Task.CompletedTask;
    };

    public override void Dispose() => _command.Dispose();
}
