using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>Our own runtime library: it does the thing right, and that is what the flow must see.</summary>
internal sealed class Runtime : Library
{
    /// <summary>What a configured open sets, as <c>SqliteConnectionOptions.Default</c> does.</summary>
    private static readonly (string Pragma, string Value)[] s_configured =
        [("busy_timeout", "30000"), ("journal_mode", "wal"), ("synchronous", "normal"), ("temp_store", "memory"), ("cache_size", "-64000")];

    private readonly INamedTypeSymbol? _extensions;
    private readonly INamedTypeSymbol? _worker;
    private readonly INamedTypeSymbol? _dataSource;

    private Runtime(Compilation compilation)
    {
        _extensions = compilation.GetTypeByMetadataName("SqliteAnalyzers.Runtime.SqliteConnectionExtensions");
        _worker = compilation.GetTypeByMetadataName("SqliteAnalyzers.Runtime.SqliteWorker");
        _dataSource = compilation.GetTypeByMetadataName("SqliteAnalyzers.Runtime.SqliteDataSource");
    }

    public override IEnumerable<string> Names => ["OpenConfigured", "Checkpoint", "TryCheckpoint", "SqliteWorker", "SqliteDataSource", "OpenConnection"];

    public static Runtime? For(Compilation compilation) => new Runtime(compilation) is { _extensions: not null } runtime ? runtime : null;

    public override ObjectKind? KindOf(ITypeSymbol type) => type.IsOrDerivesFrom(_dataSource) ? ObjectKind.DataSource : null;

    public override Value? Create(LibraryCall call)
    {
        if (!call.Method.IsMemberOf(_dataSource))
        {
            return null;
        }

        var dataSource = call.Machine.Allocate(ObjectKind.DataSource, call.Operation);
        call.Machine.Link(dataSource, Slot.ConnectionString, call.Argument("connectionString"));
        return Value.Of(dataSource);
    }

    public override Value? Invoke(LibraryCall call)
    {
        var machine = call.Machine;
        if (call.Method.IsMemberOf(_worker))
        {
            machine.RaiseOn(call.Argument("connection"), connection => new Checkpoints(call.Operation, connection, CheckpointMode.Full, null, ResultUse.Checked));
            machine.Raise(new StartsProcess(call.Operation));
            return Value.Unknown;
        }

        if (call.Method.Name is "OpenConnection" or "CreateConnection" or "OpenConnectionAsync"
            && call.Instance?.Objects(ObjectKind.DataSource).FirstOrDefault() is { } dataSource)
        {
            return FromDataSource(call, dataSource);
        }

        if (!call.Method.IsMemberOf(_extensions))
        {
            return null;
        }

        switch (call.Method.Name)
        {
            case "OpenConfigured":
                machine.RaiseOn(call.Receiver, connection => new Opens(call.Operation, connection, Configured: true));
                Configure(machine, call.Operation, call.Receiver);
                break;
            case "Configure":
                Configure(machine, call.Operation, call.Receiver);
                break;
            case "BackupTo":
                machine.RaiseOn(call.Receiver, connection => new BacksUp(call.Operation, connection));
                break;
            case "Checkpoint" or "TryCheckpoint":
                var mode = call.ArgumentOperation("mode") is null ? CheckpointMode.Full
                    : call.Argument("mode")?.Only<Constant>() is { Value: int number } ? (CheckpointMode)number
                    : default(CheckpointMode?);
                var result = call.Method.Name == "Checkpoint" ? ResultUse.Checked : ResultUse.Returned;
                machine.RaiseOn(call.Receiver, connection => new Checkpoints(call.Operation, connection, mode, null, result));
                break;
        }

        return Value.Unknown;
    }

    private static Value FromDataSource(LibraryCall call, AbstractObject dataSource)
    {
        var machine = call.Machine;
        var connection = machine.Allocate(ObjectKind.Connection, call.Operation);
        machine.State = machine.State.With(connection, ObjectState.Bottom
            .Set(Component.Opening, Typestate.Closed, Evidence.At(call.Operation))
            .Set(Component.Transaction, Typestate.NoTransaction, Evidence.At(call.Operation))
            .Set(Component.Reader, Typestate.NoReader, Evidence.At(call.Operation)));
        Connections.SetConnectionString(machine, connection, machine.State.Get(dataSource, Slot.ConnectionString) ?? Value.Unknown);
        var value = Value.Of(connection);
        if (call.Method.Name != "CreateConnection")
        {
            machine.RaiseOn(value, item => new Opens(call.Operation, item, Configured: true));
        }

        Configure(machine, call.Operation, value);
        return value;
    }

    private static void Configure(Interpreter machine, IOperation operation, Value connections)
    {
        foreach (var (pragma, value) in s_configured)
        {
            machine.RaiseOn(connections, connection => new Configures(operation, connection, pragma, value));
        }
    }
}
