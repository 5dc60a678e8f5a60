using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// linq2db, where it is known that its database is one of SQLite: by how a connection is made, or because the project names no other
/// provider. What it does was measured (Linq2DbFactsTests): a connection opens by itself when it is first used, takes part in the pool,
/// sets no pragma, and enlists each command; a table or query that is enumerated is read row by row.
/// </summary>
internal static class Linq2Db
{
    /// <summary>The type with UseSQLite.</summary>
    public const string OptionsExtensions = "LinqToDB.DataOptionsExtensions";

    /// <summary>The type with CreateDataConnection.</summary>
    public const string Tools = "LinqToDB.DataProvider.SQLite.SQLiteTools";

    private const string Sqlite = "SQLite";

    /// <summary>What methods do, by what their names begin with.</summary>
    private static readonly (string Prefix, string Verb)[] s_writes =
    [
        ("Insert", "INSERT"), ("Upsert", "INSERT"), ("Update", "UPDATE"), ("Delete", "DELETE"), ("Truncate", "DELETE"), ("CreateTable", "CREATE"), ("Drop", "DROP"),
    ];

    /// <summary>Parameters that say to what the options of a connection lead.</summary>
    private static readonly string[] s_destinations =
        ["connectionString", "configurationString", "providerName", "dataProvider", "connection", "transaction", "connectionFactory", "dataProviderFactory"];

    /// <summary>The text is executed at once, and its rows are all read.</summary>
    private static readonly string[] s_queries = ["QueryAsync", "QueryToListAsync", "QueryToArrayAsync", "QueryMultiple", "QueryMultipleAsync", "ExecuteReader", "ExecuteReaderAsync"];

    public static void Describe(LibraryTable table)
    {
        var connections = new[] { table.Find("LinqToDB.Data.DataConnection"), table.Find("LinqToDB.DataContext") };
        if (connections[0] is null || AdoNet.ProvidersIn(table).FirstOrDefault() is not { } provider)
        {
            return;
        }

        var isOnlyProvider = AdoNet.IsOnlyProvider(table);
        foreach (var type in connections)
        {
            Kind(type, ObjectKind.Connection, Words.Sqlite | Words.Opens);
            DescribeConnection(table, type, provider);
        }

        DescribeProviders(table, provider);
        DescribeOptions(table, Kind);
        DescribeTransactions(table, Kind);
        DescribeTexts(table, Kind);
        DescribeTables(table);

        void Kind(INamedTypeSymbol? type, ObjectKind kind, Words mention)
        {
            if (isOnlyProvider)
            {
                table.Kind(type, kind, mention);
            }
            else if (type is not null)
            {
                table.Mention(type.Name, mention);
            }
        }
    }

    private static void DescribeConnection(LibraryTable table, INamedTypeSymbol? type, AdoNetProvider provider)
    {
        table.Method(type, [".ctor"], call => Make(call, provider), Words.Opens);
        table.Method(type, ["Close", "CloseAsync", "Dispose", "DisposeAsync"], OnSqlite(AdoNet.Close));
        table.Method(type, ["CreateCommand"], OnSqlite(call => AdoNet.CreateCommand(call, Slot.EnlistsByItself)));
        table.Method(type, ["OpenDbConnection", "OpenDbConnectionAsync", "TryGetDbConnection"], OnSqlite(call => call.Receiver));
        table.Property(type, "Connection", get: (item, effects) => IsSqlite(item, effects) ? Value.Of(item) : null);
        table.Method(type, ["BeginTransaction", "BeginTransactionAsync"], OnSqlite(call => AdoNet.BeginTransaction(call, provider)), Words.Begins | Words.Transacts);
        table.Method(type, ["CommitTransaction", "CommitTransactionAsync"], OnSqlite(call => EndPending(call, (at, connection) => new Commits(at, connection))), Words.Executes);
        table.Method(type, ["RollbackTransaction", "RollbackTransactionAsync", "DisposeTransaction", "DisposeTransactionAsync"], OnSqlite(call => EndPending(call, (at, connection) => new RollsBack(at, connection))));
    }

    /// <summary>By what words a project says of which databases its connections are.</summary>
    private static void DescribeProviders(LibraryTable table, AdoNetProvider provider)
    {
        var tools = table.Find(Tools);
        table.Mention("SQLiteTools", Words.Sqlite);
        table.Sieve.AddWord("sqlitetools", Words.SqliteProvider);
        table.Method(tools, ["CreateDataConnection"], call => Make(call, provider), Words.Opens);
        table.Method(tools, ["GetDataProvider"], _ => Value.Of(Text.Of(Sqlite)));
        table.Method(tools, ["ClearAllPools"], call =>
        {
            call.Effects.Raise(new ClearsPool(call.At, null));
            return Value.Unknown;
        });
        foreach (var name in table.Find("LinqToDB.ProviderName")?.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => field.Name) ?? [])
        {
            table.Sieve.AddPair("providername", name.ToLowerInvariant(), NamesSqlite(name) ? Words.SqliteProvider | Words.Opens : Words.OtherProvider);
        }

        foreach (var method in table.Find(OptionsExtensions)?.GetMembers().OfType<IMethodSymbol>().Where(NamesProvider) ?? [])
        {
            table.Sieve.AddWord(method.Name, NamesSqlite(method.Name) ? Words.SqliteProvider | Words.Opens : Words.OtherProvider);
        }

        static bool NamesProvider(IMethodSymbol method) =>
            method.Name.StartsWith("Use", StringComparison.Ordinal) && method.Name != "UseConnectionString" && method.Parameters.Any(parameter => parameter.Name == "connectionString");
    }

    /// <summary>Options hold the connection string that they were given for SQLite, and null where they lead elsewhere.</summary>
    private static void DescribeOptions(LibraryTable table, Action<INamedTypeSymbol?, ObjectKind, Words> kind)
    {
        var (options, ofContext) = (table.Find("LinqToDB.DataOptions"), table.Find("LinqToDB.DataOptions`1"));
        kind(options, ObjectKind.DataSource, Words.Sqlite | Words.Opens);
        kind(ofContext, ObjectKind.DataSource, Words.Sqlite | Words.Opens);
        table.Constructor(options, LeadElsewhere);
        table.Constructor(ofContext, call => call.Argument("options") ?? LeadElsewhere(call));
        table.Property(ofContext, "Options", get: (item, _) => Value.Of(item));

        var extensions = table.Find(OptionsExtensions);
        table.Method(extensions, ["UseSQLite"], call => call.Argument("connectionString") is { } connectionString ? OptionsOf(call.Effects, connectionString) : PassOn(call));
        table.Method(extensions, ["UseConnectionString"], call => NamesSqlite(call) && call.Argument("connectionString") is { } connectionString ? OptionsOf(call.Effects, connectionString) : LeadElsewhere(call));
        foreach (var overloads in extensions?.GetMembers().OfType<IMethodSymbol>().GroupBy(method => method.Name) ?? [])
        {
            table.Method(extensions, [overloads.Key], overloads.Any(IsDestination) ? LeadElsewhere : PassOn);
        }

        static bool IsDestination(IMethodSymbol method) => method.Parameters.Any(parameter => Array.IndexOf(s_destinations, parameter.Name) >= 0);
    }

    private static void DescribeTransactions(LibraryTable table, Action<INamedTypeSymbol?, ObjectKind, Words> kind)
    {
        foreach (var type in new[] { table.Find("LinqToDB.Data.DataConnectionTransaction"), table.Find("LinqToDB.DataContextTransaction") })
        {
            kind(type, ObjectKind.Transaction, Words.Sqlite);
            table.Method(type, ["Commit", "CommitAsync", "CommitTransaction", "CommitTransactionAsync"], call => End(call, (at, connection) => new Commits(at, connection)), Words.Executes);
            table.Method(type, ["Rollback", "RollbackAsync", "RollbackTransaction", "RollbackTransactionAsync"], call => End(call, (at, connection) => new RollsBack(at, connection)));
        }
    }

    /// <summary>Statements that are written as text.</summary>
    private static void DescribeTexts(LibraryTable table, Action<INamedTypeSymbol?, ObjectKind, Words> kind)
    {
        const Words Mention = Words.Executes | Words.Begins | Words.Pragma;
        foreach (var type in new[] { table.Find("LinqToDB.Data.DataContextExtensions"), table.Find("LinqToDB.Data.DataConnectionExtensions") })
        {
            table.Method(type, ["Execute", "ExecuteAsync"], call => Execute(call, ResultOf(call)), Mention);
            table.Method(type, s_queries, call => Execute(call, ResultUse.Returned), Mention);
            table.Method(type, ["Query"], Query, Mention);
            table.Method(type, ["SetCommand"], MakeCommand);
            table.Method(type, ["BulkCopy", "BulkCopyAsync"], call => Write(call, "BulkCopy"), Words.Executes);
        }

        var command = table.Find("LinqToDB.Data.CommandInfo");
        kind(command, ObjectKind.Command, Words.Sqlite);
        table.Method(command, ["Execute", "ExecuteAsync"], call => Execute(call, ResultOf(call)), Mention);
        table.Method(command, s_queries, call => Execute(call, ResultUse.Returned), Mention);
        table.Method(command, ["Query"], Query, Mention);
    }

    /// <summary>Tables, and the queries and statements that are composed of them.</summary>
    private static void DescribeTables(LibraryTable table)
    {
        var extensions = new[] { table.Find("LinqToDB.DataExtensions"), table.Find("LinqToDB.LinqExtensions") };
        foreach (var type in extensions)
        {
            foreach (var name in type?.GetMembers().OfType<IMethodSymbol>().Where(method => method.IsExtensionMethod).Select(method => method.Name).Distinct() ?? [])
            {
                if (VerbOf(name) is { } verb)
                {
                    table.Method(type, [name], call => Write(call, verb), Words.Executes);
                }
                else
                {
                    table.Method(type, [name], Compose);
                }
            }
        }

        table.Sieve.AddWord("gettable", Words.Executes | Words.Begins);
        table.Own(table.Find("LinqToDB.Async.AsyncExtensions"));
        table.Own(table.Find("LinqToDB.AsyncExtensions"));
        Queries.Describe(table, [table.Find("LinqToDB.Async.AsyncExtensions"), table.Find("LinqToDB.AsyncExtensions")]);
    }

    /// <remarks>Of a connection over one that is given, or of one of which it is not known that it is to SQLite, nothing is known.</remarks>
    private static Value? Make(LibraryCall call, AdoNetProvider provider)
    {
        // base(options) of a derived connection.
        var connections = call is { Operation: IInvocationOperation, Method.IsStatic: false, Instance: { } instance } ? instance : Value.Of(Connections.Make(call.Effects));
        if (ConnectionStringOf(call) is not { } connectionString)
        {
            call.Effects.HandOver((call.Argument("connection") ?? call.Argument("transaction"))?.Join(connections) ?? connections);
            return connections;
        }

        foreach (var connection in connections.Objects(ObjectKind.Connection))
        {
            provider.SetConnectionString(call.Effects, connection, connectionString);
            call.Effects.Set(connection, Slot.ConnectionString, connectionString);
            call.Effects.Raise(new Opens(call.At, connection));
        }

        return connections;
    }

    /// <summary>The connection string of a connection to SQLite that is made; null if another provider is named, or none.</summary>
    private static Value? ConnectionStringOf(LibraryCall call)
    {
        if (call.Method.Name == "CreateDataConnection" || NamesSqlite(call))
        {
            return call.Argument("connectionString");
        }

        var options = call.Argument("options") ?? (call.Argument("optionsSetter") is { } setter ? call.Effects.Invoke(setter, Value.Unknown) : null);
        var known = options?.Objects(ObjectKind.DataSource).Select(item => ConnectionStringOf(item, call.Effects)).ToArray() ?? [];
        return Array.IndexOf(known, null) >= 0 ? null : Value.Of(known.SelectMany(connectionString => connectionString!.Atoms));
    }

    private static Value? ConnectionStringOf(AbstractObject options, IEffects effects) => effects.Get(options, Slot.ConnectionString) is { } known
        ? known.Only<Constant>() is { Value: null } ? null : known
        : effects.ContextSource == ContextSource.Sqlite ? Value.Of(options) : null;

    private static Value OptionsOf(IEffects effects, Value connectionString)
    {
        var options = effects.Allocate(ObjectKind.DataSource);
        effects.Set(options, Slot.ConnectionString, connectionString);
        return Value.Of(options);
    }

    /// <summary>To another provider, to a configuration with a name, or to a connection that is given.</summary>
    private static Value? LeadElsewhere(LibraryCall call)
    {
        foreach (var given in new[] { call.Argument("connection"), call.Argument("transaction"), call.Argument("connectionFactory") }.OfType<Value>())
        {
            call.Effects.HandOver(given);
        }

        return OptionsOf(call.Effects, Value.Null);
    }

    private static Value? PassOn(LibraryCall call) => call.Receiver.Where(atom => atom is AbstractObject { Kind: ObjectKind.DataSource }) ?? Value.Unknown;

    private static bool NamesSqlite(LibraryCall call) =>
        (call.Argument("providerName") ?? call.Argument("dataProvider"))?.Only<Text>() is { HasHoles: false, Flat: var name } && NamesSqlite(name);

    private static bool NamesSqlite(string name) => name.IndexOf(Sqlite, StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsSqlite(AbstractObject connection, IEffects effects) =>
        effects.ContextSource == ContextSource.Sqlite || effects.State.Get(connection, Slot.ConnectionString) is not null;

    private static CallHandler OnSqlite(CallHandler handler) => call => call.Receivers(ObjectKind.Connection).All(item => IsSqlite(item, call.Effects)) ? handler(call) : Value.Unknown;

    private static Value? EndPending(LibraryCall call, Func<Place, AbstractObject, ConnectionEvent> make)
    {
        foreach (var connection in call.Receivers(ObjectKind.Connection).ToArray())
        {
            call.Effects.RaiseOn(call.Certainty(connection), item => make(call.At, item));
            foreach (var transaction in call.State.Get(connection, Slot.PendingTransaction)?.Objects(ObjectKind.Transaction) ?? [])
            {
                call.Effects.Set(transaction, Slot.IsCompleted, Value.True);
            }
        }

        return Value.Unknown;
    }

    private static Value? End(LibraryCall call, Func<Place, AbstractObject, ConnectionEvent> make) =>
        call.Receivers(ObjectKind.Transaction).All(transaction => call.Effects.Get(transaction, Slot.Connection)?.Objects(ObjectKind.Connection).All(item => IsSqlite(item, call.Effects)) == true)
            ? AdoNet.End(call, make)
            : Value.Unknown;

    /// <summary>The connections of what a call is made on: a connection, a query of one, or a command.</summary>
    private static Value? ConnectionsOf(LibraryCall call) => Value.Of(call.Receiver.Atoms
        .SelectMany(atom => atom is AbstractObject { Kind: ObjectKind.Query or ObjectKind.Command } made ? call.Effects.Get(made, Slot.Connection)?.Atoms ?? ImmutableArray<Atom>.Empty : ImmutableArray.Create(atom))
        .Where(atom => atom is not AbstractObject { Kind: ObjectKind.Connection } connection || IsSqlite(connection, call.Effects)));

    private static Value? Compose(LibraryCall call) =>
        Queries.Compose(call) ?? (call.Receivers(ObjectKind.Connection).Any() ? Queries.On(call.Effects, ConnectionsOf(call)) : null);

    private static string? VerbOf(string method) =>
        method.IndexOf("When", StringComparison.Ordinal) >= 0 ? null : s_writes.FirstOrDefault(write => method.StartsWith(write.Prefix, StringComparison.Ordinal)).Verb;

    private static Value? Write(LibraryCall call, string verb)
    {
        call.Effects.RaiseOn(ConnectionsOf(call), connection => new Executes(call.At, connection, IsWrite: true, verb, "", Enlistment.Enlisted));
        return Value.Unknown;
    }

    private static Value? MakeCommand(LibraryCall call)
    {
        var made = call.Effects.Allocate(ObjectKind.Command);
        call.Effects.Set(made, Slot.Connection, ConnectionsOf(call));
        call.Effects.Set(made, Slot.CommandText, call.Argument("commandText"));
        call.Effects.Set(made, Slot.EnlistsByItself, Value.True);
        return Value.Of(made);
    }

    /// <summary>Of what a statement answers, the first value is given back where its type is named, and else the number of rows changed.</summary>
    private static ResultUse ResultOf(LibraryCall call) => call.Method.IsGenericMethod ? ResultUse.Returned : ResultUse.Dropped;

    private static Value? Execute(LibraryCall call, ResultUse result)
    {
        var text = Run(call, result);
        return result == ResultUse.Returned ? Connections.ScalarOf(call.Effects, text) : Value.Unknown;
    }

    /// <summary>Rows that are read while they are enumerated, and not before.</summary>
    private static Value? Query(LibraryCall call)
    {
        var text = Run(call, ResultUse.Returned);
        if (StatementRunner.AnswersCheckpoint(text))
        {
            return Connections.ScalarOf(call.Effects, text);
        }

        var rows = call.Effects.Allocate(ObjectKind.Rows);
        call.Effects.Set(rows, Slot.Connection, ConnectionsOf(call));
        return Value.Of(rows);
    }

    /// <summary>Runs the text of a call, or that of its command.</summary>
    private static Value? Run(LibraryCall call, ResultUse result)
    {
        var text = call.Argument("sql") ?? Value.Of(call.Receivers(ObjectKind.Command).SelectMany(command => call.Effects.Get(command, Slot.CommandText)?.Atoms ?? ImmutableArray<Atom>.Empty));
        StatementRunner.Run(call.Effects, ConnectionsOf(call), text, new(result, ResultUse.Dropped, Enlistment.Enlisted));
        return text;
    }
}
