using System.Data;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// The ADO.NET providers for SQLite, also where they are called through System.Data.Common and the IDb interfaces: what was made as a
/// SQLite object is one under any type.
/// </summary>
internal static class AdoNet
{
    private static readonly string[] s_otherProviders =
    [
        "Npgsql.NpgsqlConnection", "Microsoft.Data.SqlClient.SqlConnection", "System.Data.SqlClient.SqlConnection",
        "MySqlConnector.MySqlConnection", "MySql.Data.MySqlClient.MySqlConnection", "Oracle.ManagedDataAccess.Client.OracleConnection",
        "FirebirdSql.Data.FirebirdClient.FbConnection", "DuckDB.NET.Data.DuckDBConnection",
        "System.Data.Odbc.OdbcConnection", "System.Data.OleDb.OleDbConnection",
    ];

    private static readonly HashSet<string> s_counts = new(StringComparer.OrdinalIgnoreCase) { "log", "checkpointed" };

    /// <summary>The providers, the one first that speaks for objects of which only ADO.NET's own type is known.</summary>
    private static readonly AdoNetProvider[] s_providers = [MicrosoftDataSqlite.Provider, SystemDataSqlite.Provider];

    /// <summary>The connection types of the providers that a compilation references.</summary>
    public static IEnumerable<INamedTypeSymbol> ConnectionTypesIn(Compilation compilation) =>
        s_providers.Select(provider => provider.ConnectionTypeIn(compilation)).OfType<INamedTypeSymbol>();

    /// <summary>Whether a connection of which only ADO.NET's own type is known may be one to another database.</summary>
    public static bool HasOtherProvider(Compilation compilation) =>
        ConnectionTypesIn(compilation).Skip(1).Any() || !IsOnlyDatabase(compilation);

    /// <summary>Whether a connection of which only ADO.NET's own type is known is one to SQLite, whichever provider made it.</summary>
    public static bool IsOnlyDatabase(Compilation compilation) =>
        ConnectionTypesIn(compilation).Any() && !s_otherProviders.Any(name => compilation.GetTypeByMetadataName(name) is not null);

    /// <summary>Whether the types of a table are those of a compilation that knows no other database.</summary>
    public static bool IsOnlyProvider(LibraryTable table) => !s_otherProviders.Any(name => table.Find(name) is not null);

    /// <summary>The providers that a compilation references.</summary>
    public static IEnumerable<AdoNetProvider> ProvidersIn(LibraryTable table) => s_providers.Where(provider => provider.Find(table, "Connection") is not null);

    public static void Describe(LibraryTable table)
    {
        var isOnlyProvider = IsOnlyProvider(table);
        var providers = ProvidersIn(table).ToArray();
        foreach (var (kind, name, common) in s_kinds)
        {
            foreach (var provider in providers)
            {
                table.Kind(provider.Find(table, name), kind, Words.Sqlite);
            }

            foreach (var type in common.Select(table.Find))
            {
                if (isOnlyProvider)
                {
                    table.Kind(type, kind, Words.Sqlite, isExact: true);
                }
                else if (type is not null)
                {
                    table.Mention(type.Name, Words.Sqlite);
                }
            }
        }

        foreach (var provider in providers)
        {
            table.Mention($"{provider.Prefix}Factory", Words.Sqlite);
            table.Kind(provider.Find(table, "ConnectionStringBuilder"), ObjectKind.ConnectionStringBuilder, Words.Sqlite);
            Describe(table, provider, (name, common) => [provider.Find(table, name), .. provider == providers[0] ? common.Select(table.Find) : []]);
        }

        table.AnyMethod(["Dispose", "DisposeAsync"], Dispose);
        DescribeWords(table.Sieve);
    }

    /// <summary>What an object is, the provider's name for its type, and the types that ADO.NET itself has for it.</summary>
    private static readonly (ObjectKind Kind, string Name, string[] Common)[] s_kinds =
    [
        (ObjectKind.Connection, "Connection", ["System.Data.Common.DbConnection", "System.Data.IDbConnection"]),
        (ObjectKind.Command, "Command", ["System.Data.Common.DbCommand", "System.Data.IDbCommand"]),
        (ObjectKind.Transaction, "Transaction", ["System.Data.Common.DbTransaction", "System.Data.IDbTransaction"]),
        (ObjectKind.Reader, "DataReader", ["System.Data.Common.DbDataReader", "System.Data.IDataReader", "System.Data.IDataRecord"]),
    ];

    private static void DescribeWords(WordSieve sieve)
    {
        foreach (var word in new[] { "for", "foreach", "while", "do" })
        {
            sieve.AddWord(word, Words.Repeats);
        }

        sieve.AddPair("data", "source", Words.DataSource | Words.Handed)
            .AddWord("datasource", Words.DataSource | Words.Handed)
            .AddWord("filename", Words.DataSource)
            .AddWord("memory", Words.OtherAccess)
            .AddPair("mode", "ro", Words.OtherAccess)
            .AddWord("pragma", Words.Pragma)
            .AddWord("journal_mode", Words.Pragma)
            .AddWord("synchronous", Words.Pragma)
            .AddWord("busy_timeout", Words.Pragma)
            .AddWord("foreign_keys", Words.Pragma)
            .AddWord("wal_checkpoint", Words.Checkpoint)
            .AddWord("wal", Words.WalFile)
            .AddWord("shm", Words.WalFile)
            .AddType("File", Words.Files)
            .AddType("FileInfo", Words.Files)
            .AddType("FileStream", Words.Files)
            .AddWord("createentryfromfile", Words.Files)
            .AddWord("begin", Words.Begins | Words.Transacts)
            .AddWord("savepoint", Words.Begins | Words.Transacts);
        foreach (var verb in new[] { "insert", "update", "delete", "replace", "commit", "rollback", "pragma", "wal_checkpoint", "begin", "savepoint", "release", "select", "create", "drop", "alter" })
        {
            sieve.AddWord(verb, Words.Sql);
        }
    }

    /// <param name="table">The table.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="typesOf">The types of a kind of object that behave as the provider's, of which the first is its own.</param>
    private static void Describe(LibraryTable table, AdoNetProvider provider, Func<string, string[], INamedTypeSymbol?[]> typesOf)
    {
        var types = s_kinds.ToDictionary(kind => kind.Kind, kind => typesOf(kind.Name, kind.Common));
        DescribeConnection(table, provider, types[ObjectKind.Connection]);
        DescribeCommand(table, provider, types[ObjectKind.Command]);
        DescribeTransactions(table, types[ObjectKind.Transaction]);
        DescribeReaders(table, types[ObjectKind.Reader]);
        foreach (var type in typesOf("ParameterCollection", ["System.Data.Common.DbParameterCollection", "System.Data.IDataParameterCollection"]))
        {
            table.Own(type);
        }

        DescribeBuilder(table, typesOf("ConnectionStringBuilder", ["System.Data.Common.DbConnectionStringBuilder"]));
    }

    private static void DescribeConnection(LibraryTable table, AdoNetProvider provider, INamedTypeSymbol?[] types)
    {
        table.Constructor(types[0], call =>
        {
            if (call.Operation is IInvocationOperation)
            {
                // base("Data Source=…") of a derived connection.
                foreach (var item in call.Instance?.Objects(ObjectKind.Connection) ?? [])
                {
                    provider.SetConnectionString(call.Effects, item, call.Argument("connectionString") ?? Value.Unknown);
                }

                return Value.Unknown;
            }

            return Value.Of(MakeConnection(call, provider));
        });
        table.Method(types[0], ["ClearAllPools", "ClearPool"], ClearPool);
        table.Method(provider.Find(table, "Factory"), ["CreateConnection"], call => Value.Of(MakeConnection(call, provider)));
        foreach (var type in types)
        {
            table.Method(type, ["Open", "OpenAsync"], Open, Words.Opens);
            table.Method(type, ["Close", "CloseAsync", "Dispose", "DisposeAsync"], Close);
            table.Method(type, ["CreateCommand"], call => CreateCommand(call, provider.EnlistsEveryCommand ? Slot.EnlistsByItself : Slot.IsMadeByConnection));
            table.Method(type, ["BeginTransaction", "BeginTransactionAsync"], call => BeginTransaction(call, provider), Words.Begins | Words.Transacts);
            table.Method(type, ["BackupDatabase"], BackUp);
            table.Property(
                type,
                "ConnectionString",
                get: (item, _) => item.Kind == ObjectKind.Connection ? Value.Of(item) : null,
                set: (item, value, _, effects) => provider.SetConnectionString(effects, item, value));
            table.Property(type, "DataSource", get: (item, _) => item.Kind == ObjectKind.Connection ? Value.Of(item) : null);
            table.Property(type, "State", get: (item, effects) => item.Kind == ObjectKind.Connection ? StateOf(item, effects) : null);
        }
    }

    /// <summary>Open or closed: no provider for SQLite answers anything else.</summary>
    private static Value? StateOf(AbstractObject connection, IEffects effects) => connection.IsMany ? null
        : effects.Get(connection, Slot.IsOpen)?.Select(static atom => atom is Constant { Value: bool isOpen } ? new Constant((int)(isOpen ? ConnectionState.Open : ConnectionState.Closed)) : Atom.Unknown);

    private static void DescribeCommand(LibraryTable table, AdoNetProvider provider, INamedTypeSymbol?[] types)
    {
        table.Constructor(types[0], call => MakeCommand(call, provider));
        foreach (var type in types)
        {
            table.Method(type, ["ExecuteNonQuery", "ExecuteNonQueryAsync"], call => Execute(call, new(ResultUse.Dropped, ResultUse.Dropped)), Words.Executes);
            table.Method(type, ["ExecuteScalar", "ExecuteScalarAsync"], call => Execute(call, new(ResultUse.Returned, ResultUse.Dropped)), Words.Executes | Words.Begins);
            table.Method(type, ["ExecuteReader", "ExecuteReaderAsync"], call => OpenReader(call, provider), Words.Executes | Words.Begins);
            table.Property(type, "Connection", (item, effects) => effects.Get(item, Slot.Connection), (item, value, _, effects) => effects.Set(item, Slot.Connection, value));
            table.Property(type, "Transaction", (item, effects) => effects.Get(item, Slot.Transaction), (item, value, _, effects) => effects.Set(item, Slot.Transaction, value));
            table.Property(type, "CommandText", (item, effects) => effects.Get(item, Slot.CommandText), (item, value, _, effects) => effects.Set(item, Slot.CommandText, value));
        }
    }

    public static Value MakeCommand(LibraryCall call, AdoNetProvider provider)
    {
        var made = call.Effects.Allocate(ObjectKind.Command);
        call.Effects.Set(made, Slot.CommandText, call.Argument("commandText"));
        call.Effects.Set(made, Slot.Connection, call.Argument("connection"));
        call.Effects.Set(made, Slot.Transaction, call.Argument("transaction"));
        call.Effects.Set(made, Slot.EnlistsByItself, provider.EnlistsEveryCommand ? Value.True : null);
        call.Effects.Set(made, Slot.IsCompleted, Value.False);
        return Value.Of(made);
    }

    private static void DescribeTransactions(LibraryTable table, INamedTypeSymbol?[] types)
    {
        foreach (var type in types)
        {
            table.Method(type, ["Commit", "CommitAsync"], call => End(call, (at, connection) => new Commits(at, connection)), Words.Executes);
            table.Method(
                type,
                ["Rollback", "RollbackAsync"],
                call => call.Method.Parameters.Any(parameter => parameter.Type.SpecialType == SpecialType.System_String)
                    ? Value.Unknown
                    : End(call, (at, connection) => new RollsBack(at, connection)));
            table.Property(type, "Connection", ConnectionOf);
        }
    }

    /// <summary>The connection of a transaction that somebody else has begun is in it, unless it has ended.</summary>
    private static Value? ConnectionOf(AbstractObject transaction, IEffects effects)
    {
        var connections = effects.Get(transaction, Slot.Connection);
        if (transaction.ExistsAtEntry)
        {
            foreach (var connection in connections?.Objects(ObjectKind.Connection).Where(connection => connection.ExistsAtEntry) ?? [])
            {
                effects.Set(connection, Slot.PendingTransaction, Value.Of(transaction));
            }
        }

        return connections;
    }

    private static void DescribeReaders(LibraryTable table, INamedTypeSymbol?[] types)
    {
        foreach (var type in types)
        {
            table.Method(type, ["Read", "ReadAsync"], call =>
                Value.Of(call.Receivers(ObjectKind.Reader).Select(reader => new ReadResult(reader))) ?? Value.Unknown);
            table.Method(type, ["Close", "CloseAsync"], Dispose);
            table.Property(type, "IsClosed", get: (item, effects) => item.Kind == ObjectKind.Reader ? effects.State.Get(item, Slot.IsCompleted) ?? Value.Unknown : null);
            table.Property(type, "HasRows", get: (item, _) => item.Kind == ObjectKind.Reader ? Value.Of(new ReadResult(item)) : null);
            table.Method(type, ["NextResult", "NextResultAsync"], _ => Value.Unknown);
            table.Method(type, s_columnReads, ReadColumn);
            table.Method(type, ["GetValues"], call =>
            {
                call.Effects.Read(call.Receiver);
                return Value.Unknown;
            });
            table.Method(type, ["GetOrdinal"], call => call.Arguments.Count > 0 ? call.Arguments[0] : Value.Unknown);
        }
    }

    private static readonly string[] s_columnReads =
    [
        "GetInt32", "GetInt64", "GetInt16", "GetByte", "GetBoolean", "GetString", "GetValue", "GetFieldValue", "GetFieldValueAsync", "GetDouble", "GetFloat",
        "GetDecimal", "IsDBNull", "IsDBNullAsync", "get_Item",
    ];

    private static void DescribeBuilder(LibraryTable table, INamedTypeSymbol?[] types)
    {
        table.Constructor(types[0], call =>
        {
            var made = call.Effects.Allocate(ObjectKind.ConnectionStringBuilder);
            call.Effects.Set(made, Slot.ConnectionString, call.Argument("connectionString"));
            return Value.Of(made);
        });
        foreach (var type in types)
        {
            table.Property(type, "ConnectionString", (item, _) => Value.Of(item), (item, value, _, effects) => effects.Set(item, Slot.ConnectionString, value));
            table.Property(type, "DataSource", (item, effects) => effects.Get(item, Slot.DataSource), (item, value, _, effects) => effects.Set(item, Slot.DataSource, value));
            table.Property(type, "Pooling", set: (item, value, _, effects) => effects.Set(item, Slot.Pooling, AsSet(value, effects)));
            table.Property(type, "Cache", set: (item, value, _, effects) => effects.Set(item, Slot.Cache, value));
            table.Method(type, ["ToString"], call => call.Instance);
            table.Method(type, ["Add", "set_Item"], call =>
            {
                SetKeyword(call.Receiver, call.Arguments.Count > 0 ? call.Arguments[0] : null, call.Arguments.Count > 1 ? call.Arguments[1] : null, call.Effects);
                return Value.Unknown;
            });
        }
    }

    /// <summary>A value of which nothing is known is another thing than none.</summary>
    private static Value AsSet(Value value, IEffects effects) => value.IsUnknown ? Value.Of(Text.OfHole(new(null, effects.At))) : value;

    /// <summary><c>builder["Mode"] = "ReadOnly"</c>.</summary>
    private static void SetKeyword(Value builders, Value? keyword, Value? value, IEffects effects)
    {
        Slot? slot = keyword?.Only<Text>()?.Flat.Replace(" ", "").ToUpperInvariant() switch
        {
            "DATASOURCE" or "FILENAME" => Slot.DataSource,
            "MODE" => Slot.Mode,
            "POOLING" => Slot.Pooling,
            "CACHE" => Slot.Cache,
            _ => null,
        };
        foreach (var builder in builders.Objects(ObjectKind.ConnectionStringBuilder))
        {
            if (slot is { } known)
            {
                effects.Set(builder, known, known == Slot.Pooling && value is not null ? AsSet(value, effects) : value);
            }
        }
    }

    /// <summary>A connection without a connection string opens a temporary database until it is given one.</summary>
    private static AbstractObject MakeConnection(LibraryCall call, AdoNetProvider provider)
    {
        var connection = Connections.Make(call.Effects);
        provider.SetConnectionString(call.Effects, connection, call.Argument("connectionString") ?? call.Argument("connection") ?? Value.Of(Text.Of("")));
        return connection;
    }

    private static Value? ClearPool(LibraryCall call)
    {
        if (call.Argument("connection") is not { } connections)
        {
            call.Effects.Raise(new ClearsPool(call.At, null));
            return Value.Unknown;
        }

        foreach (var connection in connections.Objects(ObjectKind.Connection))
        {
            call.Effects.Raise(new ClearsPool(call.At, connection));
        }

        return Value.Unknown;
    }

    public static Value? Open(LibraryCall call)
    {
        OnConnections(call, connection => new Opens(call.At, connection));
        foreach (var connection in call.Receivers(ObjectKind.Connection).ToArray())
        {
            if (call.State.Get(connection, Slot.OpeningSql) is { } sql)
            {
                StatementRunner.Run(call.Effects, call.Certainty(connection), sql, new(ResultUse.Dropped, ResultUse.Dropped));
            }
        }

        return Value.Unknown;
    }

    public static Value? Close(LibraryCall call)
    {
        // Whether the transaction stays open in the pool depends on how it was begun, which a caller may know.
        foreach (var connection in call.Receivers(ObjectKind.Connection).ToArray())
        {
            call.Effects.Set(connection, Slot.IsBegunBySql, call.Effects.Get(connection, Slot.IsBegunBySql));
        }

        return OnConnections(call, connection => new Closes(call.At, connection));
    }

    private static Value? OnConnections(LibraryCall call, Func<AbstractObject, ConnectionEvent> make)
    {
        foreach (var connection in call.Receivers(ObjectKind.Connection).ToArray())
        {
            call.Effects.RaiseOn(call.Certainty(connection), make);
        }

        return Value.Unknown;
    }

    /// <param name="call">The call.</param>
    /// <param name="enlists">Why the command runs in the transaction that is pending.</param>
    public static Value? CreateCommand(LibraryCall call, Slot enlists)
    {
        var command = call.Effects.Allocate(ObjectKind.Command);
        call.Effects.Set(command, Slot.Connection, call.Receiver.Where(atom => atom is AbstractObject));
        call.Effects.Set(command, enlists, Value.True);
        call.Effects.Set(command, Slot.IsCompleted, Value.False);
        return Value.Of(command);
    }

    public static Value? BeginTransaction(LibraryCall call, AdoNetProvider provider)
    {
        var connections = call.Receiver.Where(atom => atom is AbstractObject { Kind: ObjectKind.Connection });
        if (connections is null)
        {
            return Value.Unknown;
        }

        var transaction = call.Effects.Allocate(ObjectKind.Transaction);
        call.Effects.Set(transaction, Slot.Connection, connections);
        call.Effects.Set(transaction, Slot.IsCompleted, Value.False);
        OnConnections(call, connection => new Begins(call.At, connection, IsDeferred(call, provider) ? SqlBeginKind.Deferred : SqlBeginKind.Immediate));
        foreach (var connection in connections.Objects(ObjectKind.Connection))
        {
            call.Effects.Set(connection, Slot.PendingTransaction, Value.Of(transaction));
        }

        LeaveOut(call, provider);
        return Value.Of(transaction);
    }

    /// <summary>A command that its connection made before has taken no transaction from it, and is not enlisted in this one (measured).</summary>
    private static void LeaveOut(LibraryCall call, AdoNetProvider provider)
    {
        if (provider.EnlistsEveryCommand || call.Receiver.Where(atom => atom is not Constant)?.Only<AbstractObject>() is not { IsMany: false } connection)
        {
            return;
        }

        foreach (var key in call.State.Variables.Keys.ToArray())
        {
            if (key is Cell { Object: { Kind: ObjectKind.Command } command, Member: var member }
                && member.Is(Slot.IsMadeByConnection)
                && connection.Equals(call.Effects.Get(command, Slot.Connection)?.Only<AbstractObject>()))
            {
                call.Effects.Set(command, Slot.IsMadeByConnection, null);
            }
        }
    }

    /// <summary>BeginTransaction is BEGIN IMMEDIATE unless told otherwise; one isolation level is deferred too (measured).</summary>
    private static bool IsDeferred(LibraryCall call, AdoNetProvider provider) =>
        (call.Argument("deferred") ?? call.Argument("deferredLock")) is { } deferred ? deferred.Only<Constant>() is { Value: true } : HasLevel(call, provider.Deferred);

    /// <summary>Whether a transaction is begun with this isolation level.</summary>
    public static bool HasLevel(LibraryCall call, System.Data.IsolationLevel level) =>
        call.Method.Parameters.FirstOrDefault(static parameter => parameter.Type.Name == nameof(System.Data.IsolationLevel)) is { Name: var name }
        && call.Argument(name)?.Only<Constant>() is { Value: int given } && given == (int)level;

    private static Value? BackUp(LibraryCall call)
    {
        OnConnections(call, connection => new BacksUp(call.At, connection));
        call.Effects.RaiseOn(call.Arguments.Count > 0 ? call.Arguments[0] : null, connection => new BacksUp(call.At, connection));
        return Value.Unknown;
    }

    public static Value? Execute(LibraryCall call, StatementRunner.Execution how)
    {
        var effects = call.Effects;
        var result = default(Value);
        var commands = call.Receivers(ObjectKind.Command).ToArray();
        var enlistment = EnlistmentOf(call, commands);
        foreach (var command in commands)
        {
            var connections = effects.Get(command, Slot.Connection);
            var text = effects.Get(command, Slot.CommandText);
            StatementRunner.Run(effects, connections, text, how with { Enlistment = enlistment, Command = command });
            var answer = how.Result == ResultUse.Dropped ? Value.Unknown
                : how.LaterResults == ResultUse.Returned ? Value.Of(Connections.OpenReader(effects, connections, text))
                : Connections.ScalarOf(effects, text);
            result = result?.Join(answer) ?? answer;
        }

        return result ?? Value.Unknown;
    }

    /// <summary>Whether the command runs in the transaction that is pending: where it may be one of several, as far as that is so of each.</summary>
    private static Enlistment EnlistmentOf(LibraryCall call, AbstractObject[] commands)
    {
        var enlistments = commands.Select(command => Connections.EnlistmentOf(call.Effects, command)).Distinct().ToArray();
        return enlistments is [var enlistment] && !call.Receiver.MayBeUnknown ? enlistment : Enlistment.Unknown;
    }

    private static Value? OpenReader(LibraryCall call, AdoNetProvider provider)
    {
        var reader = Execute(call, new(ResultUse.Returned, ResultUse.Returned));
        foreach (var command in provider.ClosesReaderWithCommand ? call.Receivers(ObjectKind.Command) : [])
        {
            call.Effects.Set(command, Slot.Reader, reader);
        }

        return reader;
    }

    public static Value? End(LibraryCall call, Func<Place, AbstractObject, ConnectionEvent> make)
    {
        foreach (var transaction in call.Receivers(ObjectKind.Transaction).ToArray())
        {
            if (IsAnyOfSeveral(transaction))
            {
                call.Effects.HandOver(Value.Of(transaction));
                continue;
            }

            LosePending(call, transaction);
            call.Effects.RaiseOn(call.Effects.Get(transaction, Slot.Connection), connection => make(call.At, connection));
            call.Effects.Set(transaction, Slot.IsCompleted, Value.True);
        }

        return Value.Unknown;
    }

    /// <summary>Which of those that a collection keeps a transaction is, and whether all of them are ended, its own code does not tell.</summary>
    private static bool IsAnyOfSeveral(AbstractObject transaction) =>
        transaction is EntryObject { Path.LeadsOverElement: true };

    /// <summary>A transaction that nobody saw begun, as one out of code that cannot be looked into, may be any that is pending.</summary>
    private static void LosePending(LibraryCall call, AbstractObject transaction)
    {
        if (transaction is EntryObject { Path.RootPath.Root: PathRoot.Result })
        {
            foreach (var connection in call.State.Objects.Keys.Where(item => item.Kind == ObjectKind.Connection).ToArray())
            {
                if (call.State.Get(connection, Slot.PendingTransaction)?.Where(atom => atom is MadeObject pending && !IsCompleted(call, pending)) is { } pending)
                {
                    call.Effects.HandOver(pending);
                }
            }
        }
    }

    private static Value? Dispose(LibraryCall call)
    {
        var isOurs = false;
        foreach (var atom in call.Receiver.Atoms)
        {
            switch (atom)
            {
                case AbstractObject { Kind: ObjectKind.Connection } connection:
                    call.Effects.RaiseOn(call.Certainty(connection), item => new Closes(call.At, item));
                    isOurs = true;
                    break;
                case AbstractObject { Kind: ObjectKind.Transaction } transaction:
                    DisposeTransaction(call, transaction);
                    isOurs = true;
                    break;
                case AbstractObject { Kind: ObjectKind.Reader or ObjectKind.Rows } reader:
                    CloseReader(call, reader);
                    isOurs = true;
                    break;
                case AbstractObject { Kind: ObjectKind.Command } command:
                    foreach (var reader in call.State.Get(command, Slot.Reader)?.Objects(ObjectKind.Reader).Where(reader => !IsCompleted(call, reader)) ?? [])
                    {
                        CloseReader(call, reader);
                    }

                    Complete(call, command);
                    isOurs = true;
                    break;
            }
        }

        return isOurs ? Value.Unknown : null;
    }

    private static void CloseReader(LibraryCall call, AbstractObject reader)
    {
        call.Effects.RaiseOn(call.Effects.Get(reader, Slot.Connection), connection => new FinishesReader(call.At, connection));
        Complete(call, reader);
    }

    private static bool IsCompleted(LibraryCall call, AbstractObject item) => call.State.Get(item, Slot.IsCompleted)?.Only<Constant>() is { Value: true };

    private static void Complete(LibraryCall call, AbstractObject item) =>
        call.Effects.Set(item, Slot.IsCompleted, call.Certainty(item).Atoms.Length == 1 && !item.IsMany ? Value.True : Value.True.Join(Value.False));

    /// <summary>Disposing rolls back what was neither committed nor rolled back.</summary>
    private static void DisposeTransaction(LibraryCall call, AbstractObject transaction)
    {
        var effects = call.Effects;
        if (IsCompleted(call, transaction))
        {
            return;
        }

        if (IsAnyOfSeveral(transaction))
        {
            effects.HandOver(Value.Of(transaction));
            return;
        }

        LosePending(call, transaction);
        effects.RaiseOn(effects.Get(transaction, Slot.Connection), connection => new RollsBack(call.At, connection));
        effects.Set(transaction, Slot.IsCompleted, Value.True);
    }

    /// <summary>The first column of a checkpoint's row tells whether it was blocked; the others only where they are compared.</summary>
    private static Value? ReadColumn(LibraryCall call)
    {
        var column = call.Arguments.Count > 0 ? call.Arguments[0] : Value.Unknown;
        var isCount = column.Only<Constant>() is { Value: int and > 0 }
            || (column.Only<Text>() is { Flat: var name } && s_counts.Contains(name));
        var answers = call.Receivers(ObjectKind.Reader)
            .Select(reader => call.State.Get(reader, Slot.Answer)?.Only<Answer>())
            .OfType<Answer>()
            .Select(answer => answer with { IsCount = isCount });
        return Value.Of(answers) ?? Value.Unknown;
    }
}
