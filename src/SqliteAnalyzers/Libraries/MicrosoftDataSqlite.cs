using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// Microsoft.Data.Sqlite, also where it is called through System.Data.Common and the IDb interfaces: what was made as a SQLite
/// object is one under any type.
/// </summary>
internal sealed class MicrosoftDataSqlite : Library
{
    private static readonly string[] s_otherProviders =
    [
        "Npgsql.NpgsqlConnection", "Microsoft.Data.SqlClient.SqlConnection", "System.Data.SqlClient.SqlConnection",
        "MySqlConnector.MySqlConnection", "MySql.Data.MySqlClient.MySqlConnection", "Oracle.ManagedDataAccess.Client.OracleConnection",
        "FirebirdSql.Data.FirebirdClient.FbConnection", "DuckDB.NET.Data.DuckDBConnection", "System.Data.SQLite.SQLiteConnection",
        "System.Data.Odbc.OdbcConnection", "System.Data.OleDb.OleDbConnection",
    ];

    private readonly (INamedTypeSymbol Type, ObjectKind Kind)[] _types;
    private readonly (INamedTypeSymbol Type, ObjectKind Kind)[] _commonTypes;
    private readonly bool _isOnlyProvider;
    private readonly IAssemblySymbol _project;
    private readonly INamedTypeSymbol? _connectionStringBuilder;

    private MicrosoftDataSqlite(INamedTypeSymbol connection, Compilation compilation)
    {
        ConnectionType = connection;
        _project = compilation.Assembly;
        _connectionStringBuilder = compilation.GetTypeByMetadataName("System.Data.Common.DbConnectionStringBuilder");
        _types = Find(
            compilation,
            ("Microsoft.Data.Sqlite.SqliteConnection", ObjectKind.Connection),
            ("Microsoft.Data.Sqlite.SqliteCommand", ObjectKind.Command),
            ("Microsoft.Data.Sqlite.SqliteTransaction", ObjectKind.Transaction),
            ("Microsoft.Data.Sqlite.SqliteDataReader", ObjectKind.Reader),
            ("Microsoft.Data.Sqlite.SqliteConnectionStringBuilder", ObjectKind.ConnectionStringBuilder));
        _commonTypes = Find(
            compilation,
            ("System.Data.Common.DbConnection", ObjectKind.Connection),
            ("System.Data.IDbConnection", ObjectKind.Connection),
            ("System.Data.Common.DbCommand", ObjectKind.Command),
            ("System.Data.IDbCommand", ObjectKind.Command),
            ("System.Data.Common.DbTransaction", ObjectKind.Transaction),
            ("System.Data.IDbTransaction", ObjectKind.Transaction),
            ("System.Data.Common.DbDataReader", ObjectKind.Reader),
            ("System.Data.IDataReader", ObjectKind.Reader));
        _isOnlyProvider = !s_otherProviders.Any(name => compilation.GetTypeByMetadataName(name) is not null);
    }

    public INamedTypeSymbol ConnectionType { get; }

    public override IEnumerable<string> Names =>
    [
        "SqliteConnection", "SqliteCommand", "SqliteTransaction", "SqliteDataReader", "SqliteConnectionStringBuilder",
        "DbConnection", "IDbConnection", "DbCommand", "IDbCommand", "DbTransaction", "IDbTransaction",
        "Open", "OpenAsync", "CreateCommand", "BeginTransaction", "BeginTransactionAsync", "Commit", "CommitAsync", "Rollback", "RollbackAsync",
        "ExecuteNonQuery", "ExecuteNonQueryAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteReader", "ExecuteReaderAsync",
    ];

    public static MicrosoftDataSqlite? For(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Microsoft.Data.Sqlite.SqliteConnection") is { } connection
        && connection.ContainingAssembly.Identity.Name == "Microsoft.Data.Sqlite"
            ? new(connection, compilation)
            : null;

    public override bool Owns(IMethodSymbol method) => IsSqliteType(method.ContainingType) || _commonTypes.Any(pair => method.IsMemberOf(pair.Type));

    public override ObjectKind? KindOf(ITypeSymbol type)
    {
        foreach (var (known, kind) in _types)
        {
            if (type.IsOrDerivesFrom(known))
            {
                return kind;
            }
        }

        foreach (var (known, kind) in _commonTypes)
        {
            if (_isOnlyProvider && SymbolEqualityComparer.Default.Equals(type, known))
            {
                return kind;
            }
        }

        return null;
    }

    public override Value? Create(LibraryCall call)
    {
        var machine = call.Machine;
        switch (KindOf(call.Method.ContainingType))
        {
            case ObjectKind.Connection:
                var connection = Connections.Make(machine, call.Operation);
                Connections.SetConnectionString(machine, connection, call.Argument("connectionString") ?? FirstText(call) ?? ConnectionStringOf(call));
                return Value.Of(connection);

            case ObjectKind.Command:
                var command = machine.Allocate(ObjectKind.Command, call.Operation);
                machine.Link(command, Slot.CommandText, call.Argument("commandText"));
                machine.Link(command, Slot.Connection, call.Argument("connection"));
                machine.Link(command, Slot.Transaction, call.Argument("transaction"));
                return Value.Of(command);

            case ObjectKind.ConnectionStringBuilder:
                var builder = machine.Allocate(ObjectKind.ConnectionStringBuilder, call.Operation);
                machine.Link(builder, Slot.ConnectionString, call.Argument("connectionString"));
                return Value.Of(builder);

            default:
                return null;
        }
    }

    public override Value? Invoke(LibraryCall call)
    {
        if (call.Method.IsMemberOf(ConnectionType) && call.Method.IsStatic)
        {
            if (call.Method.Name is "ClearAllPools" or "ClearPool")
            {
                ClearPool(call);
            }

            return Value.Unknown;
        }

        if (call.Instance is not { } instance || !IsOurs(call.Method))
        {
            return null;
        }

        if (call.Method.MethodKind == MethodKind.Constructor)
        {
            // base("Data Source=…") of a derived connection.
            foreach (var item in instance.Objects(ObjectKind.Connection))
            {
                Connections.SetConnectionString(call.Machine, item, FirstText(call) ?? Value.Unknown);
            }

            return Value.Unknown;
        }

        var result = default(Value);
        foreach (var item in instance.Atoms.OfType<AbstractObject>())
        {
            var one = item.Kind switch
            {
                ObjectKind.Connection => InvokeOnConnection(call, item),
                ObjectKind.Command => InvokeOnCommand(call, item),
                ObjectKind.Transaction => InvokeOnTransaction(call, item),
                ObjectKind.Reader => InvokeOnReader(call, item),
                ObjectKind.ConnectionStringBuilder when call.Method.Name == "ToString" => Value.Of(item),
                _ => null,
            };
            result = one is null ? result : result?.Join(one) ?? one;
        }

        // What is left of the library's own methods changes nothing that is tracked.
        return result ?? (IsSqliteType(call.Method.ContainingType) ? Value.Unknown : null);
    }

    public override Value? GetProperty(IPropertyReferenceOperation reference, Value? instance, Interpreter machine)
    {
        if (!IsOurs(reference.Property) || instance is null)
        {
            return null;
        }

        Slot? slot = reference.Property.Name switch
        {
            "Connection" => Slot.Connection,
            "Transaction" => Slot.Transaction,
            "CommandText" => Slot.CommandText,
            "ConnectionString" => Slot.ConnectionString,
            "DataSource" => Slot.DataSource,
            _ => null,
        };
        var result = default(Value);
        foreach (var item in instance.Atoms.OfType<AbstractObject>())
        {
            var one = item.Kind is ObjectKind.ConnectionStringBuilder or ObjectKind.Connection && slot == Slot.ConnectionString ? Value.Of(item)
                : slot is { } known ? machine.State.Get(item, known)
                : null;
            result = one is null ? result : result?.Join(one) ?? one;
        }

        return result ?? (instance.Atoms.Any(atom => atom is AbstractObject) || IsSqliteType(reference.Property.ContainingType) ? Value.Unknown : null);
    }

    public override bool SetProperty(IPropertyReferenceOperation reference, Value? instance, Value value, Interpreter machine)
    {
        if (!IsOurs(reference.Property) || instance is null)
        {
            return false;
        }

        foreach (var item in instance.Atoms.OfType<AbstractObject>())
        {
            switch (reference.Property.Name)
            {
                case "CommandText":
                    machine.Link(item, Slot.CommandText, value);
                    break;
                case "Connection":
                    machine.Link(item, Slot.Connection, value);
                    break;
                case "Transaction":
                    machine.Link(item, Slot.Transaction, value);
                    break;
                case "ConnectionString" when item.Kind == ObjectKind.Connection:
                    Connections.SetConnectionString(machine, item, value);
                    break;
                case "ConnectionString":
                    machine.Link(item, Slot.ConnectionString, value);
                    break;
                case "DataSource":
                    machine.Link(item, Slot.DataSource, value);
                    break;
                case "Mode":
                    machine.Link(item, Slot.Mode, value);
                    break;
                case "Pooling":
                    machine.Link(item, Slot.Pooling, value);
                    break;
            }
        }

        return true;
    }

    /// <summary>new SqliteConnection() opens a temporary database until it is given a connection string.</summary>
    private Value ConnectionStringOf(LibraryCall call) =>
        call.Method.IsMemberOf(ConnectionType) && call.Method.Parameters.IsEmpty ? Value.Of(SqlSource.FromConstant("", call.Operation.Syntax)) : Value.Unknown;

    private static Value? FirstText(LibraryCall call) =>
        call.Arguments.FirstOrDefault(argument => argument.Atoms.Any(atom => atom is SqlSource or AbstractObject { Kind: ObjectKind.ConnectionStringBuilder or ObjectKind.Connection }));

    private static (INamedTypeSymbol, ObjectKind)[] Find(Compilation compilation, params (string Name, ObjectKind Kind)[] names) =>
        (from pair in names
         let type = compilation.GetTypeByMetadataName(pair.Name)
         where type is not null
         select (type, pair.Kind)).ToArray();

    /// <summary>A member of the library, or of the framework types and interfaces it is called through.</summary>
    private bool IsOurs(ISymbol member) =>
        IsSqliteType(member.ContainingType)
        || _commonTypes.Any(pair => member.IsMemberOf(pair.Type))
        || (member.Name is "Dispose" or "DisposeAsync" or "ToString" && !SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _project))
        || member.IsMemberOf(_connectionStringBuilder);

    private bool IsSqliteType(ITypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, ConnectionType.ContainingAssembly);

    private static void ClearPool(LibraryCall call)
    {
        if (call.Argument("connection") is not { } connections)
        {
            call.Machine.Raise(new ClearsPool(call.Operation, null));
            return;
        }

        foreach (var connection in connections.Objects(ObjectKind.Connection))
        {
            call.Machine.Raise(new ClearsPool(call.Operation, connection));
        }
    }

    private static Value? InvokeOnConnection(LibraryCall call, AbstractObject connection)
    {
        var machine = call.Machine;
        var target = Only(call, connection);
        switch (call.Method.Name)
        {
            case "Open" or "OpenAsync":
                machine.RaiseOn(target, item => new Opens(call.Operation, item));
                return Value.Unknown;

            case "Close" or "CloseAsync" or "Dispose" or "DisposeAsync":
                machine.RaiseOn(target, item => new Closes(call.Operation, item));
                return Value.Unknown;

            case "CreateCommand":
                var command = machine.Allocate(ObjectKind.Command, call.Operation);
                machine.Link(command, Slot.Connection, Value.Of(connection));
                return Value.Of(command);

            case "BeginTransaction" or "BeginTransactionAsync":
                var transaction = machine.Allocate(ObjectKind.Transaction, call.Operation);
                machine.Link(transaction, Slot.Connection, Value.Of(connection));
                machine.RaiseOn(target, item => new Begins(call.Operation, item, IsDeferred(call) ? SqlBeginKind.Deferred : SqlBeginKind.Immediate));
                return Value.Of(transaction);

            case "BackupDatabase":
                machine.RaiseOn(target, item => new BacksUp(call.Operation, item));
                machine.RaiseOn(call.Arguments.Count > 0 ? call.Arguments[0] : null, item => new BacksUp(call.Operation, item));
                return Value.Unknown;

            default:
                foreach (var argument in call.Arguments.Where(argument => argument.Atoms.Any(atom => atom is Closure)))
                {
                    machine.Escape(argument);
                }

                return Value.Unknown;
        }
    }

    /// <summary>BeginTransaction is BEGIN IMMEDIATE unless told otherwise; ReadUncommitted is deferred too (measured).</summary>
    private static bool IsDeferred(LibraryCall call) =>
        call.Argument("deferred")?.Only<Constant>() is { Value: true }
        || call.Argument("isolationLevel")?.Only<Constant>() is { Value: (int)System.Data.IsolationLevel.ReadUncommitted };

    private static Value? InvokeOnCommand(LibraryCall call, AbstractObject command)
    {
        var machine = call.Machine;
        var connections = machine.State.Get(command, Slot.Connection);
        var text = machine.State.Get(command, Slot.CommandText);
        switch (call.Method.Name)
        {
            case "ExecuteNonQuery" or "ExecuteNonQueryAsync":
                Run(ResultUse.Dropped);
                return Value.Unknown;

            case "ExecuteScalar" or "ExecuteScalarAsync":
                Run(ResultUse.Returned);
                return Value.Unknown;

            case "ExecuteReader" or "ExecuteReaderAsync":
                Run(ResultUse.Returned);
                return Connections.OpenReader(machine, call.Operation, connections, text);

            default:
                return Value.Unknown;
        }

        void Run(ResultUse result) => StatementRunner.Run(
            machine, call.Operation, connections, text, result, Connections.IsUnknownTransaction(machine.State.Get(command, Slot.Transaction)));
    }

    private static Value? InvokeOnTransaction(LibraryCall call, AbstractObject transaction)
    {
        var machine = call.Machine;
        var connections = machine.State.Get(transaction, Slot.Connection);
        var isOver = machine.State.Get(transaction, Slot.IsCompleted);
        switch (call.Method.Name)
        {
            case "Commit" or "CommitAsync":
                machine.RaiseOn(connections, connection => new Commits(call.Operation, connection));
                break;

            case "Rollback" or "RollbackAsync" when call.Method.Parameters.All(parameter => parameter.Type.SpecialType != SpecialType.System_String):
                machine.RaiseOn(connections, connection => new RollsBack(call.Operation, connection));
                break;

            case "Dispose" or "DisposeAsync" when isOver is null:
                machine.RaiseOn(connections, connection => new RollsBack(call.Operation, connection));
                break;

            case "Dispose" or "DisposeAsync" when isOver.Only<Constant>() is null:
                var before = machine.State;
                machine.RaiseOn(connections, connection => new RollsBack(call.Operation, connection));
                machine.State = before.Join(machine.State);
                break;

            default:
                return Value.Unknown;
        }

        machine.Link(transaction, Slot.IsCompleted, Value.Of(Constant.True));
        return Value.Unknown;
    }

    private static Value? InvokeOnReader(LibraryCall call, AbstractObject reader)
    {
        var machine = call.Machine;
        switch (call.Method.Name)
        {
            case "Read" or "ReadAsync":
                return Value.Of(new ReadResult(reader));

            case "Close" or "CloseAsync" or "Dispose" or "DisposeAsync":
                machine.RaiseOn(machine.State.Get(reader, Slot.Connection), connection => new FinishesReader(call.Operation, connection));
                return Value.Unknown;

            default:
                return Value.Unknown;
        }
    }

    /// <summary>The connection as certain as the receiver is: one of several receivers is acted on only maybe.</summary>
    private static Value Only(LibraryCall call, AbstractObject connection) =>
        call.Instance!.Atoms.Count(atom => atom is not Constant) == 1 ? Value.Of(connection) : Value.Of(connection).Join(Value.Unknown);
}
