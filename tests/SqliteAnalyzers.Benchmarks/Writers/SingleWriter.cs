using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>All producers hand their units to one writer.</summary>
internal sealed class SingleWriter(SharedDatabase database, bool asStatement) : Writing
{
    private readonly SqliteSingleWriter _writer = new(database.ConnectionString, connectionOptions: database.Options);

    public override Func<long, Task> NewProducer() => asStatement
        ? key => _writer.ExecuteAsync(SharedDatabase.Insert, [key, SharedDatabase.Text])
        : key => _writer.RunAsync(unit => unit.Execute(SharedDatabase.Insert, key, SharedDatabase.Text));

    public override void Dispose() => _writer.Dispose();
}
