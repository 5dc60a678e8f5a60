using System.Collections.Concurrent;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>Each producer has a connection, and SQLite waits for the lock.</summary>
internal sealed class OwnConnections(SharedDatabase database) : Writing
{
    private readonly ConcurrentBag<UnitCommand> _commands = [];

    public override Func<long, Task> NewProducer()
    {
        var command = new UnitCommand(database.Open());
        _commands.Add(command);
        return key =>
        {
            command.WriteInTransaction(key);
            return Task.CompletedTask;
        };
    }

    public override void Dispose()
    {
        foreach (var command in _commands)
        {
            command.Dispose();
        }
    }
}
