using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// sqlite-net: the package, or its one source file among those of the project. A connection is open from the moment it is made, has no
/// pool, and is in no WAL mode unless it is told (SqliteNetFactsTests). Its asynchronous connection does the same in the order in which
/// it is awaited.
/// </summary>
internal static class SqliteNet
{
    private const string Connection = "SQLite.SQLiteConnection";
    private const string AsyncConnection = "SQLite.SQLiteAsyncConnection";
    private const string Command = "SQLite.SQLiteCommand";
    private const string Query = "SQLite.TableQuery`1";
    private const string AsyncQuery = "SQLite.AsyncTableQuery`1";

    /// <summary>By this name the transaction of a delegate is known from one that was open before.</summary>
    private const string OwnTransaction = "sqlite-net's own";

    private static readonly string[] s_types = [Connection, AsyncConnection, Command, Query, AsyncQuery];

    private static readonly string[] s_writes =
    [
        "Insert", "InsertAsync", "InsertOrReplace", "InsertOrReplaceAsync", "Update", "UpdateAsync", "Delete", "DeleteAsync", "DeleteAll", "DeleteAllAsync",
    ];

    /// <summary>They answer a part of a table, of which nothing is read yet.</summary>
    private static readonly string[] s_parts = ["Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Skip", "Take", "Deferred"];

    /// <summary>They read a part of a table, all of it at once.</summary>
    private static readonly string[] s_reads =
    [
        "ToList", "ToListAsync", "ToArray", "ToArrayAsync", "Count", "CountAsync", "First", "FirstAsync", "FirstOrDefault", "FirstOrDefaultAsync", "ElementAt", "ElementAtAsync", "GetEnumerator",
    ];

    private static readonly string[] s_definitions =
    [
        "CreateTable", "CreateTableAsync", "CreateTables", "CreateTablesAsync", "DropTable", "DropTableAsync", "CreateIndex", "CreateIndexAsync",
    ];

    /// <summary>They begin a transaction of their own, unless told not to.</summary>
    private static readonly string[] s_writesOfMany = ["InsertAll", "InsertAllAsync", "UpdateAll", "UpdateAllAsync"];

    /// <summary>Null if the compilation does not have it.</summary>
    public static IAssemblySymbol? AssemblyIn(Compilation compilation) =>
        compilation.GetTypeByMetadataName(Connection) is { } connection && IsConnection(connection) ? connection.ContainingAssembly : null;

    /// <summary>The files of the project that are the library's: they declare its types, and no others.</summary>
    public static ImmutableHashSet<SyntaxTree> SourcesIn(Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(AssemblyIn(compilation), compilation.Assembly)
            ? s_types.Select(compilation.Assembly.GetTypeByMetadataName).OfType<INamedTypeSymbol>()
                .SelectMany(type => type.DeclaringSyntaxReferences).Select(declaration => declaration.SyntaxTree).Where(DeclaresLibraryAlone).ToImmutableHashSet()
            : ImmutableHashSet<SyntaxTree>.Empty;

    private static bool DeclaresLibraryAlone(SyntaxTree tree) => tree.GetRoot().DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()
        .All(type => type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() == "SQLite");

    public static void Describe(LibraryTable table)
    {
        if (table.Find(Connection) is not { } connection || !IsConnection(connection))
        {
            return;
        }

        var asynchronous = table.Find(AsyncConnection);
        var command = table.Find(Command);
        table.Kind(connection, ObjectKind.Connection, Words.Sqlite);
        table.Kind(asynchronous, ObjectKind.Connection, Words.Sqlite);
        table.Kind(command, ObjectKind.Command, Words.Sqlite);
        table.Sieve.AddWord("enablewriteaheadlogging", Words.Pragma | Words.SetsWal).AddWord("enablewriteaheadloggingasync", Words.Pragma | Words.SetsWal);
        foreach (var type in new[] { connection, asynchronous })
        {
            DescribeConnection(table, type);
        }

        DescribeTransactions(table, connection, asynchronous);
        DescribeCommand(table, connection, command);
        DescribeTables(table, [connection, asynchronous], [table.Find(Query), table.Find(AsyncQuery)]);
    }

    private static bool IsConnection(INamedTypeSymbol type) => type.GetMembers("RunInTransaction").Length > 0;

    private static void DescribeConnection(LibraryTable table, INamedTypeSymbol? type)
    {
        table.Constructor(type, Make);
        table.Method(type, ["Close", "Dispose", "CloseAsync"], call => On(call, connection => new Closes(call.At, connection)));
        table.Method(type, ["EnableWriteAheadLogging", "EnableWriteAheadLoggingAsync"], call => On(call, connection => new Configures(call.At, connection, "journal_mode", "WAL")));
        table.Method(type, ["SetBusyTimeoutAsync"], call => On(call, connection => new Configures(call.At, connection, "busy_timeout", null)));
        table.Method(type, ["Backup", "BackupAsync"], call => On(call, connection => new BacksUp(call.At, connection)));
        table.Method(type, s_writes, call => Write(call, VerbOf(call.Method.Name)), Words.Executes);
        table.Method(type, s_definitions, call => Write(call, call.Method.Name.StartsWith("Drop", StringComparison.Ordinal) ? "DROP" : "CREATE"), Words.Executes);
        table.Method(type, s_writesOfMany, WriteMany, Words.Executes);
        table.Method(type, ["Find", "FindAsync", "Get", "GetAsync"], call => On(call, connection => Read(call, connection)));
        table.Method(type, ["Execute", "ExecuteAsync"], call => Execute(call, ResultUse.Checked), Words.Executes | Words.Begins | Words.Pragma);
        table.Method(type, ["ExecuteScalar", "ExecuteScalarAsync"], call => Execute(call, ResultUse.Returned), Words.Executes | Words.Begins | Words.Pragma);
        table.Method(type, ["Query", "QueryAsync", "QueryScalars", "QueryScalarsAsync", "FindWithQuery", "FindWithQueryAsync"], call => Execute(call, ResultUse.Returned), Words.Executes);
        table.Own(type);
    }

    private static void DescribeTransactions(LibraryTable table, INamedTypeSymbol connection, INamedTypeSymbol? asynchronous)
    {
        table.Method(connection, ["BeginTransaction"], call => On(call, item => new Begins(call.At, item, SqlBeginKind.Deferred)), Words.Begins | Words.Transacts);
        table.Method(connection, ["Commit"], call => On(call, item => new Commits(call.At, item)), Words.Executes);
        table.Method(connection, ["Rollback"], call => On(call, item => new RollsBack(call.At, item)));
        table.Method(connection, ["SaveTransactionPoint"], SaveTransactionPoint, Words.Begins | Words.Transacts);
        table.Method(connection, ["Release", "RollbackTo"], EndTransactionPoint);
        table.Method(connection, ["RunInTransaction"], call => RunInTransaction(call, call.Argument("action")), Words.Begins | Words.Transacts);
        table.Method(asynchronous, ["RunInTransactionAsync"], call => RunInTransaction(call, call.Argument("action"), call.Receiver), Words.Begins | Words.Transacts);
        table.Method(asynchronous, ["GetConnection"], call => call.Receiver);
        table.Property(connection, "IsInTransaction", get: (item, effects) => item.Kind == ObjectKind.Connection ? effects.AskForTransaction(item) : null);
    }

    private static Value? SaveTransactionPoint(LibraryCall call)
    {
        BeginUnlessBegun(call, StatementRunner.UnknownName);
        return Value.Unknown;
    }

    /// <summary>A savepoint is undone or released by its name: where one has begun the transaction, or may have, what is open then is not known.</summary>
    private static Value? EndTransactionPoint(LibraryCall call)
    {
        foreach (var connection in call.Receivers(ObjectKind.Connection).ToArray())
        {
            if (call.Effects.Get(connection, Slot.IsInTransaction)?.Only<Constant>() is not { Value: true } || call.Effects.Get(connection, Slot.OutermostSavepoint) is not null)
            {
                call.Effects.HandOver(Value.Of(connection));
            }
        }

        return Value.Unknown;
    }

    private static void DescribeCommand(LibraryTable table, INamedTypeSymbol connection, INamedTypeSymbol? command)
    {
        table.Method(connection, ["CreateCommand"], call =>
        {
            var made = call.Effects.Allocate(ObjectKind.Command);
            call.Effects.Set(made, Slot.Connection, call.Receiver);
            call.Effects.Set(made, Slot.CommandText, call.Argument("cmdText"));
            call.Effects.Set(made, Slot.EnlistsByItself, Value.True);
            return Value.Of(made);
        });
        table.Property(command, "CommandText", (item, effects) => effects.Get(item, Slot.CommandText), (item, value, _, effects) => effects.Set(item, Slot.CommandText, value));
        table.Method(command, ["ExecuteNonQuery"], call => ExecuteCommand(call, ResultUse.Checked), Words.Executes | Words.Begins | Words.Pragma);
        table.Method(command, ["ExecuteScalar", "ExecuteQuery", "ExecuteQueryScalars"], call => ExecuteCommand(call, ResultUse.Returned), Words.Executes | Words.Begins | Words.Pragma);
        table.Own(command);
    }

    /// <summary>A table, or a part of its rows, is a command that reads them at once or deletes them.</summary>
    private static void DescribeTables(LibraryTable table, INamedTypeSymbol?[] connections, INamedTypeSymbol?[] queries)
    {
        foreach (var connection in connections)
        {
            table.Method(connection, ["Table"], call =>
            {
                var made = call.Effects.Allocate(ObjectKind.Command);
                call.Effects.Set(made, Slot.Connection, call.Receiver);
                call.Effects.Set(made, Slot.EnlistsByItself, Value.True);
                return Value.Of(made);
            });
        }

        foreach (var query in queries)
        {
            table.Kind(query, ObjectKind.Command, Words.Sqlite);
            table.Method(query, s_parts, call => call.Receiver);
            table.Method(query, ["Delete", "DeleteAsync"], call => OnRows(call, connection => new Executes(call.At, connection, IsWrite: true, "DELETE", "", Enlistment.Enlisted)), Words.Executes);
            table.Method(query, s_reads, call => OnRows(call, connection => Read(call, connection)));
            table.Own(query);
        }
    }

    private static Value? OnRows(LibraryCall call, Func<AbstractObject, ConnectionEvent> make)
    {
        foreach (var rows in call.Receivers(ObjectKind.Command).ToArray())
        {
            call.Effects.RaiseOn(call.Effects.Get(rows, Slot.Connection), make);
        }

        return Value.Unknown;
    }

    private static Value? Make(LibraryCall call)
    {
        if (call.Operation is not Microsoft.CodeAnalysis.Operations.IObjectCreationOperation)
        {
            return null;
        }

        var connection = Connections.Make(call.Effects);
        var path = call.Effects.Allocate(ObjectKind.ConnectionStringBuilder);
        call.Effects.Set(path, Slot.DataSource, call.Argument("databasePath"));
        Connections.SetConnectionString(call.Effects, connection, Value.Of(path), isPooled: false);
        call.Effects.State = call.Effects.State.With(connection, call.Effects.State.StateOf(connection).Set(Component.Opening, Typestate.Open, Evidence.At(call.At)));
        return Value.Of(connection);
    }

    private static Value? On(LibraryCall call, Func<AbstractObject, ConnectionEvent> make)
    {
        call.Effects.RaiseOn(call.Receiver, make);
        return Value.Unknown;
    }

    private static string VerbOf(string method) =>
        method.StartsWith("Update", StringComparison.Ordinal) ? "UPDATE" : method.StartsWith("Delete", StringComparison.Ordinal) ? "DELETE" : "INSERT";

    private static Executes Read(LibraryCall call, AbstractObject connection) => new(call.At, connection, IsWrite: false, "SELECT", "", Enlistment.Enlisted);

    private static Value? Write(LibraryCall call, string verb) => On(call, connection => new Executes(call.At, connection, IsWrite: true, verb, "", Enlistment.Enlisted));

    private static Value? WriteMany(LibraryCall call)
    {
        if (call.Argument("runInTransaction") is { } own && call.Effects.Ask(own).Only<Constant>() is { Value: false })
        {
            return Write(call, VerbOf(call.Method.Name));
        }

        InTransaction(call, () => Write(call, VerbOf(call.Method.Name)));
        return Value.Unknown;
    }

    private static Value? RunInTransaction(LibraryCall call, Value? action, params Value[] arguments)
    {
        InTransaction(call, () => call.Effects.Invoke(action ?? Value.Unknown, arguments));
        return Value.Unknown;
    }

    /// <summary>A savepoint around what is done, which is a transaction where none is open.</summary>
    private static void InTransaction(LibraryCall call, Action act)
    {
        var begun = BeginUnlessBegun(call, OwnTransaction);
        act();
        foreach (var connection in begun)
        {
            if (call.Effects.Get(connection, Slot.OutermostSavepoint)?.Only<Constant>() is { Value: OwnTransaction })
            {
                call.Effects.RaiseOn(call.Certainty(connection), item => StatementRunner.Release(call.Effects, item));
            }
        }
    }

    /// <summary>The connections on which the savepoint may be the outermost.</summary>
    private static List<AbstractObject> BeginUnlessBegun(LibraryCall call, string savepoint)
    {
        var begun = new List<AbstractObject>();
        foreach (var connection in call.Receivers(ObjectKind.Connection).ToArray())
        {
            if (call.Effects.Get(connection, Slot.IsInTransaction)?.Only<Constant>() is not { Value: true } and var isInTransaction
                && !call.State.StateOf(connection).HasBegunUnlessBegun(connection))
            {
                begun.Add(connection);
                call.Effects.RaiseOn(
                    call.Certainty(connection),
                    item => StatementRunner.Savepoint(call.Effects, item, savepoint, isInTransaction is null));
            }
        }

        return begun;
    }

    /// <remarks>Of a statement that answers a row, Execute throws (SqliteNetFactsTests): nobody misses its answer.</remarks>
    private static Value Execute(LibraryCall call, ResultUse result)
    {
        var text = call.Argument("query");
        StatementRunner.Run(call.Effects, call.Receiver, text, new(result, ResultUse.Dropped, Enlistment.Enlisted));
        return result == ResultUse.Returned ? Connections.ScalarOf(call.Effects, text) : Value.Unknown;
    }

    private static Value ExecuteCommand(LibraryCall call, ResultUse result)
    {
        var texts = default(Value);
        foreach (var command in call.Receivers(ObjectKind.Command).ToArray())
        {
            var text = call.Effects.Get(command, Slot.CommandText);
            StatementRunner.Run(call.Effects, call.Effects.Get(command, Slot.Connection), text, new(result, ResultUse.Dropped, Enlistment.Enlisted, command));
            texts = text is null ? texts : texts?.Join(text) ?? text;
        }

        return result == ResultUse.Returned ? Connections.ScalarOf(call.Effects, texts) : Value.Unknown;
    }
}
