using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>The libraries a compilation references, looked up once. A new library is one class, and one line here.</summary>
internal sealed class LibrarySet
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, LibraryTable> s_tables = new();

    private readonly LibraryTable _table;
    private readonly IAssemblySymbol _own;
    private readonly IAssemblySymbol _library;
    private readonly ImmutableArray<INamedTypeSymbol> _connections;
    private readonly ImmutableHashSet<SyntaxTree> _sources;
    private readonly ConcurrentDictionary<ITypeSymbol, ObjectKind?> _kindOf = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, CallHandler[]> _handlersOf = new(SymbolEqualityComparer.Default);

    private LibrarySet(LibraryTable table, IAssemblySymbol own, IAssemblySymbol library, ImmutableArray<INamedTypeSymbol> connections, ImmutableHashSet<SyntaxTree> sources, WordSieve sieve) =>
        (_table, _own, _library, _connections, _sources, Sieve) = (table, own, library, connections, sources, sieve);

    /// <summary>The words by which code that uses the libraries is found.</summary>
    public WordSieve Sieve { get; }

    public HashSet<int> SqliteTypes => _table.SqliteTypes;

    public HashSet<int> ProcessTypes => _table.ProcessTypes;

    /// <summary>Whether a file of the project is a library's.</summary>
    public bool IsSource(SyntaxTree tree) => _sources.Contains(tree);

    /// <summary>Whether a symbol is of the project's own code, and not of a library. What the project overrides is looked into; what it leads to is the library's again.</summary>
    public bool IsOwnCode(ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition.ContainingAssembly, _own)
        && (_sources.IsEmpty || !symbol.OriginalDefinition.DeclaringSyntaxReferences.Any(declaration => IsSource(declaration.SyntaxTree)));

    /// <summary>The reference by which the compilation knows the SQLite library; null if it is part of the compilation itself.</summary>
    public MetadataReference? ReferenceIn(Compilation compilation) => compilation.GetMetadataReference(_library);

    /// <summary>Null if the compilation references no SQLite library: then there is nothing to do.</summary>
    public static LibrarySet? For(Compilation compilation)
    {
        var connections = AdoNet.ConnectionTypesIn(compilation).ToImmutableArray();
        if ((connections.IsEmpty ? SqliteNet.AssemblyIn(compilation) ?? SqlitePclRaw.AssemblyIn(compilation) : connections[0].ContainingAssembly) is not { } library)
        {
            return null;
        }

        var table = TableOf(compilation, library);
        return new(table, compilation.Assembly, library, connections, SqliteNet.SourcesIn(compilation), table.Sieve);
    }

    /// <param name="starters">The methods that the user names as such that start a worker, as Namespace.Type.Method.</param>
    public LibrarySet With(IReadOnlyCollection<string> starters)
    {
        if (starters.Count == 0)
        {
            return this;
        }

        var sieve = new WordSieve(Sieve);
        foreach (var method in starters)
        {
            sieve.AddWord(method.Substring(method.LastIndexOf('.') + 1), Words.Process | Words.Starts);
        }

        return new(_table, _own, _library, _connections, _sources, sieve);
    }

    private static LibraryTable TableOf(Compilation compilation, IAssemblySymbol assembly)
    {
        if (s_tables.TryGetValue(assembly, out var known) && known.IsTrueOf(compilation))
        {
            return known;
        }

        var table = LibraryTable.Of(compilation, Describe);
        if (table.HoldsNoCompilation(compilation))
        {
            s_tables.AddOrUpdate(assembly, table);
        }

        return table;
    }

    private static void Describe(LibraryTable table)
    {
        AdoNet.Describe(table);
        MicrosoftDataSqlite.Describe(table);
        SystemDataSqlite.Describe(table);
        Runtime.Describe(table);
        Dapper.Describe(table);
        EntityFrameworkCore.Describe(table);
        SqlitePclRaw.Describe(table);
        SqliteNet.Describe(table);
        Linq2Db.Describe(table);
        AmbientTransactions.Describe(table);
        Processes.Describe(table);
        CliWrap.Describe(table);
        MedallionShell.Describe(table);
        table.IsPassive = true;
        Processes.DescribeLists(table);
        BaseClassLibrary.Describe(table);
    }

    public Value? Invoke(LibraryCall call)
    {
        if (Processes.IsNamedByUser(call))
        {
            call.Effects.Raise(StartsProcess.Worker(call.At));
            return Value.Unknown;
        }

        foreach (var handler in HandlersOf(call.Method))
        {
            if (handler(call) is { } value)
            {
                return value;
            }
        }

        if (!IsSqliteType(call.Method.ContainingType) && !_table.IsOwned(call.Method.ContainingType))
        {
            return null;
        }

        // What is left of a library's own methods changes nothing that is tracked; a delegate that it is given runs at any time.
        foreach (var argument in call.Arguments)
        {
            if (argument.Atoms.Any(atom => atom is Closure))
            {
                call.Effects.HandOver(argument);
            }
        }

        return Value.Unknown;
    }

    /// <summary>Whether a call of the method may mean something on an object of which it is not known yet what it is.</summary>
    public bool MayKnow(IMethodSymbol method) => HandlersOf(method).Length > 0;

    public Value? GetProperty(IPropertyReferenceOperation reference, Value? instance, IEffects effects)
    {
        if (instance is null || IsOwnCode(reference.Property) || _table.GetterOf(reference.Property) is not { } getter)
        {
            return IsSqliteType(reference.Property.ContainingType) ? Value.Unknown : null;
        }

        var result = default(Value);
        foreach (var atom in instance.Atoms)
        {
            if (atom is AbstractObject item && getter(item, effects) is { } value)
            {
                result = result?.Join(value) ?? value;
            }
        }

        return result ?? (IsSqliteType(reference.Property.ContainingType) ? Value.Unknown : null);
    }

    /// <summary>False if no library knows the property.</summary>
    public bool SetProperty(IPropertyReferenceOperation reference, Value? instance, Value value, IOperation? source, IEffects effects)
    {
        if (IsOwnCode(reference.Property) || _table.SetterOf(reference.Property) is not { } setter)
        {
            return IsSqliteType(reference.Property.ContainingType);
        }

        var receivers = instance?.Where(atom => atom is not Constant);
        foreach (var item in receivers?.Atoms.OfType<AbstractObject>() ?? [])
        {
            var before = effects.State;
            setter(item, value, source, effects);
            effects.State = receivers!.Atoms.Length == 1 && !item.IsMany ? effects.State : before.Join(effects.State, isDoubtful: true);
        }

        return true;
    }

    /// <summary>An object of a type that derives from one of a library, before its own constructor runs.</summary>
    public static AbstractObject Make(ObjectKind kind, IEffects effects)
    {
        if (kind == ObjectKind.Context)
        {
            return EntityFrameworkCore.Make(effects);
        }

        if (kind != ObjectKind.Connection)
        {
            return effects.Allocate(kind);
        }

        var connection = Connections.Make(effects);
        Connections.SetConnectionString(effects, connection, Value.Unknown, isPooled: true);
        return connection;
    }

    /// <summary>What an object of the type is to the engine.</summary>
    public ObjectKind? KindOf(ITypeSymbol? type) => type is null ? null : _kindOf.GetOrAdd(type, _table.KindOf);

    /// <summary>Whether a call of the method can mean something to SQLite, or start a process.</summary>
    public bool RaisesEvents(IMethodSymbol method) => _table.RaisesEvents(method) || IsSqliteType(method.ContainingType);

    /// <summary>Whether the method is taken not to fail: like Dispose, what rolls back ends the transaction whatever happens, and what makes a command asks SQLite for nothing.</summary>
    public bool DoesNotFail(IMethodSymbol method) => method.Name is "Rollback" or "RollbackAsync" or "CreateCommand" && _table.RaisesEvents(method);

    /// <summary>Whether the type is that of the exceptions by which a provider tells that SQLite has refused something, or one of which that is a kind.</summary>
    public bool IsOfFailures(ITypeSymbol? type) =>
        type?.Name is "DbException" or "ExternalException" or "SystemException" || (type?.Name is "SqliteException" or "SQLiteException" && IsSqliteType(type));

    /// <summary>Whether a call of the method works on a database, whatever one.</summary>
    public bool IsDatabaseWork(IMethodSymbol method) =>
        RaisesEvents(method)
        || TypeSymbols.BasesOf(method.ContainingType).Any(type =>
            type.ContainingNamespace?.ToDisplayString() is { } name
            && (name == "System.Data.Common" || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)));

    /// <summary>Whether an expression of the type is said to be a connection to SQLite.</summary>
    public bool IsSqliteConnection(ITypeSymbol? type) => type is not null && _connections.Any(type.IsOrDerivesFrom);

    /// <summary>Whether what SQLite's provider makes of a kind is of the type, under whatever type of ADO.NET it is held.</summary>
    public bool AreOfType(ObjectKind kind, ITypeSymbol type) => _connections.Length == 1 && IsSqliteType(type) && KindOf(type) == kind;

    /// <summary>Whether the type is the one that connections to any database have in common, so that it says of none to which it leads.</summary>
    public bool IsCommonConnection(ITypeSymbol? type) => type is { Name: "DbConnection" or "IDbConnection" } && type.ContainingNamespace?.ToDisplayString() is "System.Data" or "System.Data.Common";

    private CallHandler[] HandlersOf(IMethodSymbol method) =>
        _handlersOf.GetOrAdd(method.OriginalDefinition, symbol => IsOwnCode(symbol) ? [] : _table.HandlersOf(symbol));

    private bool IsSqliteType(ITypeSymbol? type) =>
        type is not null && _connections.Any(connection => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, connection.ContainingAssembly));
}
