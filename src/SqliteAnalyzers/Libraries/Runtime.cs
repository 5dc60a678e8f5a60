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
    private readonly INamedTypeSymbol? _batch;
    private readonly INamedTypeSymbol? _batchStatement;

    private Runtime(Compilation compilation)
    {
        _extensions = compilation.GetTypeByMetadataName("SqliteAnalyzers.Runtime.SqliteConnectionExtensions");
        _worker = compilation.GetTypeByMetadataName("SqliteAnalyzers.Runtime.SqliteWorker");
        _dataSource = compilation.GetTypeByMetadataName("SqliteAnalyzers.Runtime.SqliteDataSource");
        _batch = compilation.GetTypeByMetadataName("SqliteAnalyzers.Runtime.SqliteBatch");
        _batchStatement = compilation.GetTypeByMetadataName("SqliteAnalyzers.Runtime.SqliteBatchStatement");
    }

    public override IEnumerable<string> Names => ["OpenConfigured", "Checkpoint", "TryCheckpoint", "SqliteWorker", "SqliteDataSource", "OpenConnection", "SqliteBatch", "InsertMany"];

    public static Runtime? For(Compilation compilation) => new Runtime(compilation) is { _extensions: not null } runtime ? runtime : null;

    public override bool Owns(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _extensions!.ContainingAssembly);

    public override ObjectKind? KindOf(ITypeSymbol type) => type.IsOrDerivesFrom(_dataSource) ? ObjectKind.DataSource
        : type.IsOrDerivesFrom(_batch) || type.IsOrDerivesFrom(_batchStatement) ? ObjectKind.Batch
        : null;

    public override Value? Create(LibraryCall call)
    {
        if (call.Method.IsMemberOf(_batch))
        {
            var batch = call.Machine.Allocate(ObjectKind.Batch, call.Operation);
            call.Machine.Link(batch, Slot.Connection, call.Argument("connection"));
            return Value.Of(batch);
        }

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

        if (call.Instance?.Objects(ObjectKind.Batch).FirstOrDefault() is { } batch)
        {
            return InvokeOnBatch(call, batch);
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

    /// <summary>A batch begins its transaction with the first operation, and commits by itself every so many.</summary>
    private static Value? InvokeOnBatch(LibraryCall call, AbstractObject batch)
    {
        var machine = call.Machine;
        var connections = machine.State.Get(batch, Slot.Connection);
        switch (call.Method.Name)
        {
            case "Prepare":
                machine.Link(batch, Slot.CommandText, call.Argument("sql"));
                return Value.Of(batch);
            case "Bind" or "BindText" or "BindUtf8" or "BindBlob" or "BindNull":
                return Value.Of(batch);
            case "Execute" or "ExecuteScalar":
                machine.RaiseOn(connections, connection => new Begins(call.Operation, connection, SqlBeginKind.Immediate));
                StatementRunner.Run(machine, call.Operation, connections, call.Argument("sql") ?? machine.State.Get(batch, Slot.CommandText), ResultUse.Returned);
                return Value.Unknown;
            case "InsertMany":
                var table = call.Argument("table")?.Only<SqlSource>() is { HasHoles: false } name ? name.Text : "";
                machine.RaiseOn(connections, connection => new Begins(call.Operation, connection, SqlBeginKind.Immediate));
                machine.RaiseOn(connections, connection => new Executes(call.Operation, connection, IsWrite: true, "INSERT", table));
                return Value.Unknown;
            case "Commit":
                machine.RaiseOn(connections, connection => new Commits(call.Operation, connection));
                return Value.Unknown;
            case "CommitAndCheckpoint":
                machine.RaiseOn(connections, connection => new Commits(call.Operation, connection));
                machine.RaiseOn(connections, connection => new Checkpoints(call.Operation, connection, CheckpointMode.Full, null, ResultUse.Checked));
                return Value.Unknown;
            case "Rollback" or "Dispose":
                machine.RaiseOn(connections, connection => new RollsBack(call.Operation, connection));
                return Value.Unknown;
            default:
                return Value.Unknown;
        }
    }

    private static Value FromDataSource(LibraryCall call, AbstractObject dataSource)
    {
        var machine = call.Machine;
        var connection = Connections.Make(machine, call.Operation);
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
