using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// Entity Framework Core: the SQL text that it is given to execute, and, where SQLite is its only provider, what its contexts save
/// and the transactions it begins. A context has a connection of its own, and puts the databases it makes in WAL mode.
/// </summary>
internal static class EntityFrameworkCore
{
    private static readonly string[] s_executions =
    [
        "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSql", "ExecuteSqlAsync", "ExecuteSqlInterpolated", "ExecuteSqlInterpolatedAsync",
    ];

    /// <summary>Methods of a set that change what its context has in memory, or read a row into it.</summary>
    private static readonly string[] s_tracks =
    [
        "Find", "FindAsync",
        "Add", "AddAsync", "AddRange", "AddRangeAsync", "Update", "UpdateRange", "Remove", "RemoveRange", "Attach", "AttachRange", "Entry",
    ];

    private static readonly string[] s_otherProviders =
    [
        "Microsoft.EntityFrameworkCore.SqlServerDbContextOptionsExtensions", "Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions",
        "Microsoft.EntityFrameworkCore.MySqlDbContextOptionsBuilderExtensions", "Microsoft.EntityFrameworkCore.MySQLDbContextOptionsExtensions",
        "Microsoft.EntityFrameworkCore.CosmosDbContextOptionsExtensions", "Microsoft.EntityFrameworkCore.OracleDbContextOptionsBuilderExtensions",
    ];

    /// <summary>Calls by which a context is one of another database.</summary>
    private static readonly string[] s_usesOther = ["UseSqlServer", "UseNpgsql", "UseMySql", "UseMySQL", "UseCosmos", "UseOracle"];

    /// <summary>The type with UseSqlite.</summary>
    public const string SqliteProvider = "Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions";

    /// <summary>Whether each context is one of a SQLite database.</summary>
    public static bool IsOnlySqlite(Compilation compilation) =>
        compilation.GetTypeByMetadataName(SqliteProvider) is not null && s_otherProviders.All(name => compilation.GetTypeByMetadataName(name) is null);

    public static void Describe(LibraryTable table)
    {
        var facadeExtensions = table.Find("Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions");
        if (facadeExtensions is null)
        {
            return;
        }

        table.Sieve.AddWord("usesqlite", Words.SetsWal | Words.SqliteProvider);
        foreach (var name in s_usesOther)
        {
            table.Sieve.AddWord(name, Words.OtherProvider);
        }

        // All of them answer with the number of rows changed, and drop the rows of the statement.
        table.Method(
            facadeExtensions,
            s_executions,
            call =>
            {
                StatementRunner.Run(call.Effects, ConnectionsOf(call.Receiver, call.Effects), call.Argument("sql"), new(ResultUse.Dropped, ResultUse.Dropped));
                return Value.Unknown;
            },
            Words.Executes);
        foreach (var name in s_executions)
        {
            table.Sieve.AddType(name, Words.Sqlite);
        }

        var context = table.Find("Microsoft.EntityFrameworkCore.DbContext");
        var facade = table.Find("Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade");
        table.Property(context, "Database", get: (item, _) => Value.Of(item));
        table.Method(facadeExtensions, ["GetDbConnection"], call => ConnectionsOf(call.Receiver, call.Effects));
        Runtime.DescribeMaintenance(
            table, table.Find("Microsoft.EntityFrameworkCore.SqliteAnalyzersDatabaseFacadeExtensions"), call => ConnectionsOf(call.Receiver, call.Effects));
        if (table.Find(SqliteProvider) is null || s_otherProviders.Any(name => table.Find(name) is not null))
        {
            return;
        }

        table.Kind(context, ObjectKind.Context, Words.Sqlite);
        table.Kind(facade, ObjectKind.Context, Words.Sqlite);
        table.Kind(table.Find("Microsoft.EntityFrameworkCore.DbSet`1"), ObjectKind.Query, Words.Sqlite);
        var transaction = table.Find("Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction");
        table.Kind(transaction, ObjectKind.Transaction, Words.Sqlite);
        table.Method(table.Find("Microsoft.EntityFrameworkCore.IDbContextFactory`1"), ["CreateDbContext", "CreateDbContextAsync"], call => Value.Of(Make(call.Effects)));
        table.Method(context, ["SaveChanges", "SaveChangesAsync"], call => Write(call, "SaveChanges"), Words.Executes);
        table.Method(context, ["Set"], call => call.Instance);
        table.Method(facade, ["Migrate", "EnsureCreated", "EnsureCreatedAsync"], call => Write(call, call.Method.Name), Words.Executes);
        table.Method(facadeExtensions, ["Migrate", "MigrateAsync"], call => Write(call, "Migrate"), Words.Executes);
        foreach (var extensions in new[] { "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions", "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions" })
        {
            table.Method(table.Find(extensions), ["ExecuteUpdate", "ExecuteUpdateAsync", "ExecuteDelete", "ExecuteDeleteAsync"], call => Write(call, call.Method.Name), Words.Executes);
        }

        DescribeQueries(table);
        table.Method(facade, ["BeginTransaction", "BeginTransactionAsync"], BeginTransaction, Words.Begins | Words.Transacts);
        table.Method(facadeExtensions, ["BeginTransaction", "BeginTransactionAsync"], BeginTransaction, Words.Begins | Words.Transacts);
        table.Method(facade, ["CommitTransaction", "CommitTransactionAsync"], call => OnConnection(call, item => new Commits(call.At, item)));
        table.Method(facade, ["RollbackTransaction", "RollbackTransactionAsync"], call => OnConnection(call, item => new RollsBack(call.At, item)));
        table.Method(transaction, ["Commit", "CommitAsync"], call => End(call, item => new Commits(call.At, item)), Words.Executes);
        table.Method(transaction, ["Rollback", "RollbackAsync"], call => End(call, item => new RollsBack(call.At, item)));
    }

    private static void DescribeQueries(LibraryTable table)
    {
        var set = table.Find("Microsoft.EntityFrameworkCore.DbSet`1");
        var relational = table.Find("Microsoft.EntityFrameworkCore.RelationalQueryableExtensions");
        table.Method(relational, ["FromSql", "FromSqlRaw", "FromSqlInterpolated"], call => StatementRunner.ReturnsWrittenRows(call.Argument("sql")) ? Value.Unknown : null);
        table.Method(
            table.Find("Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions"),
            ["SqlQuery", "SqlQueryRaw"],
            call => StatementRunner.ReturnsWrittenRows(call.Argument("sql")) ? Value.Unknown : Queries.On(call.Effects, ConnectionsOf(call.Receiver, call.Effects)));
        Queries.Describe(
            table,
            [table.Find("Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions"), relational],
            (queries, effects) => effects.ContextSource == ContextSource.Others ? null : ConnectionsOf(queries, effects));
        table.IsPassive = true;
        table.Method(set, ["AsQueryable", "AsAsyncEnumerable"], Queries.Compose);
        table.Method(set, s_tracks, _ => Value.Unknown);
        table.Method(table.Find("Microsoft.EntityFrameworkCore.DbContext"), s_tracks, _ => Value.Unknown);
        table.IsPassive = false;
    }

    /// <summary>The connection of a context, or of the context that a set is a member of: nobody saw it made.</summary>
    private static Value? ConnectionsOf(Value contexts, IEffects effects)
    {
        var connections = default(Value);
        foreach (var context in contexts.Objects(ObjectKind.Context).Concat(contexts.Objects(ObjectKind.Query)).Concat(contexts.Objects(ObjectKind.Plain)))
        {
            var path = context switch
            {
                EntryObject { Kind: ObjectKind.Query, Path.Parent: { } owner } => owner.Then(ObjectMember.Of(Slot.Connection)),
                EntryObject entry => entry.Path.Then(ObjectMember.Of(Slot.Connection)),
                MadeObject made => AccessPath.Of(made).Then(ObjectMember.Of(Slot.Connection)),
                _ => null,
            };
            if (path is null)
            {
                continue;
            }

            var connection = new EntryObject(ObjectKind.Connection, path);
            if (effects is { HasOneDataSource: true, ContextSource: ContextSource.Sqlite })
            {
                effects.Set(connection, Slot.Database, Value.Of(new DatabaseObject(DataSource.Single)));
            }

            connections = connections?.Join(Value.Of(connection)) ?? Value.Of(connection);
        }

        return connections;
    }

    /// <summary>A new context: its connection is in no transaction.</summary>
    public static AbstractObject Make(IEffects effects)
    {
        var context = effects.Allocate(ObjectKind.Context);
        foreach (var connection in ConnectionsOf(Value.Of(context), effects)?.Objects(ObjectKind.Connection) ?? [])
        {
            effects.State = effects.State.With(connection, effects.State.StateOf(connection)
                .Set(Component.Transaction, Typestate.NoTransaction, null)
                .Set(Component.Reader, Typestate.NoReader, null));
            effects.Set(context, Slot.Connection, Value.Of(connection));
        }

        return context;
    }

    /// <remarks>A context that overrides SaveChanges comes to that of Entity Framework Core by <c>base</c>: it saves what its caller has changed.</remarks>
    private static Value? Write(LibraryCall call, string verb) => OnConnection(call, item => new Executes(call.At, item, IsWrite: true, verb, "")
    {
        IsTextFromCaller = call is { Method.IsVirtual: true, Operation: IInvocationOperation { IsVirtual: false } },
    });

    private static Value? OnConnection(LibraryCall call, Func<AbstractObject, ConnectionEvent> make)
    {
        if (call.Effects.ContextSource != ContextSource.Others)
        {
            call.Effects.RaiseOn(ConnectionsOf(call.Receiver, call.Effects), make);
        }

        return Value.Unknown;
    }

    private static Value? BeginTransaction(LibraryCall call)
    {
        var connections = ConnectionsOf(call.Receiver, call.Effects);
        var transaction = call.Effects.Allocate(ObjectKind.Transaction);
        call.Effects.Set(transaction, Slot.IsCompleted, Value.False);
        call.Effects.Set(transaction, Slot.Connection, connections);
        var kind = AdoNet.HasLevel(call, MicrosoftDataSqlite.Provider.Deferred) ? SqlBeginKind.Deferred : SqlBeginKind.Immediate;
        call.Effects.RaiseOn(connections, item => new Begins(call.At, item, kind));
        return Value.Of(transaction);
    }

    private static Value? End(LibraryCall call, Func<AbstractObject, ConnectionEvent> make)
    {
        foreach (var transaction in call.Receivers(ObjectKind.Transaction).ToArray())
        {
            call.Effects.RaiseOn(call.Effects.Get(transaction, Slot.Connection), make);
            call.Effects.Set(transaction, Slot.IsCompleted, Value.True);
        }

        return Value.Unknown;
    }
}
