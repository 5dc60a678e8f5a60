using System;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>Our own runtime library: it does the thing right, and that is what the flow must see.</summary>
internal static class Runtime
{
    private const string Namespace = "SqliteAnalyzers.Runtime.";

    /// <summary>What a configured open sets, as <c>SqliteConnectionOptions.Default</c> does.</summary>
    private static readonly (string Pragma, string Value)[] s_configured =
        [("busy_timeout", "30000"), ("journal_mode", "wal"), ("synchronous", "normal")];

    public static void Describe(LibraryTable table)
    {
        if (table.Find(Namespace + "SqliteConnectionExtensions") is not { } extensions)
        {
            return;
        }

        DescribeConnections(table, extensions);
        DescribeDataSource(table);
        table.Sieve.AddWord("sqlitebatchwriter", Words.Batches);
        DescribeBatch(table);
        DescribeSingleWriter(table);
        table.Mention("SqliteWorker", Words.Process | Words.Sqlite);
        table.Sieve.AddWord("sqliteworker", Words.Checkpoint);
        table.Method(table.Find(Namespace + "SqliteWorker"), ["Start"], call =>
        {
            Checkpoint(call, call.Argument("connection"), CheckpointMode.Full, ResultUse.Checked);
            call.Effects.Raise(StartsProcess.Worker(call.At));
            return Value.Unknown;
        });
    }

    private static void DescribeConnections(LibraryTable table, Microsoft.CodeAnalysis.INamedTypeSymbol extensions)
    {
        table.Method(
            extensions,
            ["OpenConfigured"],
            call =>
            {
                call.Effects.RaiseOn(call.Receiver, connection => new Opens(call.At, connection, IsConfigured: true));
                return Configure(call, call.Receiver);
            },
            Words.Opens | Words.Pragma);
        table.Method(extensions, ["Configure", "ConfigureOpened"], call => Configure(call, call.Receiver), Words.Pragma);
        DescribeMaintenance(table, extensions, call => call.Receiver);
    }

    /// <summary>Checkpoints and copies, of connections or of what has one.</summary>
    public static void DescribeMaintenance(LibraryTable table, Microsoft.CodeAnalysis.INamedTypeSymbol? extensions, Func<LibraryCall, Value?> connectionsOf)
    {
        table.Method(extensions, ["BackupTo", "BackupToAsync"], call =>
        {
            call.Effects.RaiseOn(connectionsOf(call), connection => new BacksUp(call.At, connection));
            return Value.Unknown;
        });
        table.Method(extensions, ["Checkpoint", "CheckpointAsync"], call => Checkpoint(call, connectionsOf(call), ModeOf(call), ResultUse.Checked), Words.Checkpoint);
        table.Method(extensions, ["TryCheckpoint", "TryCheckpointAsync"], call => Checkpoint(call, connectionsOf(call), ModeOf(call), ResultUse.Returned), Words.Checkpoint);
        table.Own(extensions);
    }

    private static void DescribeDataSource(LibraryTable table)
    {
        var dataSource = table.Find(Namespace + "ConfiguredSqliteDataSource");
        table.Kind(dataSource, ObjectKind.DataSource, Words.Sqlite);
        table.Sieve.AddWord("configuredsqlitedatasource", Words.Pragma);
        table.Constructor(dataSource, call =>
        {
            var made = call.Effects.Allocate(ObjectKind.DataSource);
            call.Effects.Set(made, Slot.ConnectionString, call.Argument("connectionString"));
            return Value.Of(made);
        });
        table.Method(dataSource, ["OpenConnection", "CreateConnection", "OpenConnectionAsync"], FromDataSource, Words.Opens | Words.Pragma);
        table.Own(dataSource);
    }

    private static void DescribeBatch(LibraryTable table)
    {
        var batch = table.Find(Namespace + "SqliteBatchWriter");
        var statement = table.Find(Namespace + "SqlitePreparedStatement");
        table.Kind(batch, ObjectKind.Batch, Words.Sqlite);
        table.Kind(statement, ObjectKind.Command, Words.Sqlite);
        table.Constructor(batch, call =>
        {
            var made = call.Effects.Allocate(ObjectKind.Batch);
            call.Effects.Set(made, Slot.Connection, call.Argument("connection"));
            call.Effects.Set(made, Slot.IsCompleted, Value.False);
            foreach (var connection in call.Argument("connection")?.Objects(ObjectKind.Connection) ?? [])
            {
                call.Effects.Set(connection, Slot.Batch, Value.Of(made));
            }

            return Value.Of(made);
        });
        foreach (var type in new[] { batch, statement })
        {
            table.Method(type, ["Prepare"], Prepare);
            table.Method(type, ["Bind", "BindText", "BindUtf8", "BindBlob", "BindNull"], call => call.Instance);
            table.Method(type, ["Execute", "ExecuteScalar"], Execute, Words.Executes | Words.Begins);
            table.Method(type, ["InsertMany", "InsertManyAsync", "InsertManyReturning", "InsertFrom"], InsertMany, Words.Executes | Words.Begins);
            table.Method(type, ["Commit"], call => On(call, connection => new Commits(call.At, connection)));
            table.Method(type, ["Rollback"], call => On(call, connection => new RollsBack(call.At, connection)));
            table.Method(
                type,
                ["CommitAndCheckpoint"],
                call =>
                {
                    On(call, connection => new Commits(call.At, connection));
                    return On(call, connection => new Checkpoints(call.At, connection, CheckpointMode.Full, null, ResultUse.Checked));
                },
                Words.Checkpoint);
            table.Own(type);
        }

        table.Method(batch, ["Dispose"], Dispose);
        table.AnyMethod(["Dispose"], call => call.Receivers(ObjectKind.Batch).Any() ? Dispose(call) : null);
    }

    private static Value? Dispose(LibraryCall call)
    {
        foreach (var batch in call.Receivers(ObjectKind.Batch).ToArray())
        {
            call.Effects.RaiseOn(call.Effects.Get(batch, Slot.Connection), connection => new DisposesBatch(call.At, connection, batch));
            call.Effects.Set(batch, Slot.IsCompleted, Value.True);
        }

        return Value.Unknown;
    }

    /// <summary>It opens a configured connection of its own, on which it carries out what it is given at some time.</summary>
    private static void DescribeSingleWriter(LibraryTable table)
    {
        var writer = table.Find(Namespace + "SqliteSingleWriter");
        table.Sieve.AddWord("sqlitesinglewriter", Words.Pragma);
        table.Constructor(writer, call =>
        {
            var connectionString = call.Argument("connectionString")
                ?? call.Argument("dataSource")?.Objects(ObjectKind.DataSource).Select(source => call.Effects.Get(source, Slot.ConnectionString)).FirstOrDefault();
            OpenConfigured(call, connectionString, isOpen: true);
            return Value.Of(call.Effects.Allocate(ObjectKind.Plain));
        });
        table.Own(writer);
    }

    private static CheckpointMode? ModeOf(LibraryCall call) =>
        call.ArgumentOperation("mode") is null ? CheckpointMode.Full
        : call.Argument("mode") is { } mode && call.Effects.Ask(mode).Only<Constant>() is { Value: int number } ? (CheckpointMode)number
        : null;

    private static Value? Checkpoint(LibraryCall call, Value? connections, CheckpointMode? mode, ResultUse result)
    {
        call.Effects.RaiseOn(connections, connection => new Checkpoints(call.At, connection, mode, null, result));
        return Value.Unknown;
    }

    private static Value? On(LibraryCall call, Func<AbstractObject, ConnectionEvent> make)
    {
        foreach (var writer in Writers(call))
        {
            call.Effects.RaiseOn(call.Effects.Get(writer, Slot.Connection), make);
        }

        return Value.Unknown;
    }

    /// <summary>The batches and their statements that are called.</summary>
    private static AbstractObject[] Writers(LibraryCall call) => [.. call.Receivers(ObjectKind.Batch), .. call.Receivers(ObjectKind.Command)];

    private static Value? Prepare(LibraryCall call)
    {
        var statement = call.Effects.Allocate(ObjectKind.Command);
        foreach (var batch in call.Receivers(ObjectKind.Batch).ToArray())
        {
            call.Effects.Set(statement, Slot.Connection, call.Effects.Get(batch, Slot.Connection));
        }

        call.Effects.Set(statement, Slot.CommandText, call.Argument("sql"));
        return Value.Of(statement);
    }

    /// <summary>A batch begins its transaction with the first operation, and commits by itself every so many.</summary>
    private static Value? Execute(LibraryCall call)
    {
        On(call, connection => new Begins(call.At, connection, SqlBeginKind.Immediate, IsByBatch: true));
        foreach (var writer in Writers(call))
        {
            StatementRunner.Run(
                call.Effects,
                call.Effects.Get(writer, Slot.Connection),
                call.Argument("sql") ?? call.Effects.Get(writer, Slot.CommandText),
                new(ResultUse.Returned, ResultUse.Returned, Enlistment.Enlisted));
        }

        return Value.Unknown;
    }

    private static Value? InsertMany(LibraryCall call)
    {
        var table = call.Argument("table")?.Only<Text>() is { HasHoles: false } name ? name.Flat : "";
        On(call, connection => new Begins(call.At, connection, SqlBeginKind.Immediate, IsByBatch: true));
        return On(call, connection => new Executes(call.At, connection, IsWrite: true, "INSERT", table, Enlistment.Enlisted));
    }

    private static Value? FromDataSource(LibraryCall call)
    {
        if (call.Receivers(ObjectKind.DataSource).FirstOrDefault() is not { } dataSource)
        {
            return null;
        }

        return OpenConfigured(call, call.Effects.Get(dataSource, Slot.ConnectionString), isOpen: call.Method.Name != "CreateConnection");
    }

    private static Value OpenConfigured(LibraryCall call, Value? connectionString, bool isOpen)
    {
        var connection = Connections.Make(call.Effects);
        MicrosoftDataSqlite.Provider.SetConnectionString(call.Effects, connection, connectionString ?? Value.Unknown);
        var value = Value.Of(connection);
        if (isOpen)
        {
            call.Effects.RaiseOn(value, item => new Opens(call.At, item, IsConfigured: true));
        }

        Configure(call, value);
        return value;
    }

    private static Value? Configure(LibraryCall call, Value connections)
    {
        foreach (var (pragma, value) in s_configured)
        {
            call.Effects.RaiseOn(connections, connection => new Configures(call.At, connection, pragma, value));
        }

        return Value.Unknown;
    }
}
