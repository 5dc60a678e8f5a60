using System.Collections.Concurrent;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>Each producer has a connection, and waits for the lock without a thread.</summary>
internal sealed class OwnTransactions(SharedDatabase database) : Writing
{
    private readonly ConcurrentBag<UnitCommand> _commands = [];

    public override Func<long, Task> NewProducer()
    {
        var connection = database.Open();
        var command = new UnitCommand(connection);
        _commands.Add(command);
        return key => connection.InTransactionAsync((transaction, _) =>
        {
            command.Write(key, transaction);
            return Task.CompletedTask;
        });
    }

    public override void Dispose()
    {
        foreach (var command in _commands)
        {
            command.Dispose();
        }
    }
}
