using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>The libraries a compilation references, looked up once. A new library is one class, and one line here.</summary>
internal sealed class LibrarySet
{
    private readonly LibraryTable _table;
    private readonly INamedTypeSymbol _sqliteConnection;

    private LibrarySet(LibraryTable table, INamedTypeSymbol sqliteConnection)
    {
        _table = table;
        _sqliteConnection = sqliteConnection;
    }

    public WordSieve Sieve => _table.Sieve;

    public HashSet<int> SqliteTypes => _table.SqliteTypes;

    public HashSet<int> ProcessTypes => _table.ProcessTypes;

    /// <summary>The reference by which the compilation knows the SQLite library; null if it is part of the compilation itself.</summary>
    public MetadataReference? ReferenceIn(Compilation compilation) => compilation.GetMetadataReference(_sqliteConnection.ContainingAssembly);

    /// <param name="method">A method that the user names as one that starts a worker, as Namespace.Type.Method.</param>
    public void NameStarter(string method) => Sieve.AddWord(method.Substring(method.LastIndexOf('.') + 1), Words.Process | Words.Starts);

    /// <summary>Null if the compilation references no SQLite library: then there is nothing to do.</summary>
    public static LibrarySet? For(Compilation compilation)
    {
        if (MicrosoftDataSqlite.ConnectionTypeIn(compilation) is not { } connection)
        {
            return null;
        }

        var table = new LibraryTable(compilation);
        MicrosoftDataSqlite.Describe(table, connection);
        Runtime.Describe(table);
        Dapper.Describe(table);
        EntityFrameworkCore.Describe(table);
        SqlitePclRaw.Describe(table);
        Processes.Describe(table);
        CliWrap.Describe(table);
        MedallionShell.Describe(table);
        table.IsPassive = true;
        BaseClassLibrary.Describe(table);
        return new(table, connection);
    }

    public Value? Invoke(LibraryCall call)
    {
        if (Processes.IsNamedByUser(call))
        {
            call.Effects.Raise(new StartsProcess(call.At));
            return Value.Unknown;
        }

        foreach (var handler in _table.HandlersOf(call.Method))
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
    public bool MayKnow(IMethodSymbol method) => _table.HandlersOf(method).Length > 0;

    public Value? GetProperty(IPropertyReferenceOperation reference, Value? instance, IEffects effects)
    {
        if (instance is null || _table.GetterOf(reference.Property) is not { } getter)
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
        if (_table.SetterOf(reference.Property) is not { } setter)
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
        Connections.SetConnectionString(effects, connection, Value.Unknown);
        return connection;
    }

    /// <summary>What an object of the type is to the engine.</summary>
    public ObjectKind? KindOf(ITypeSymbol? type) => _table.KindOf(type);

    /// <summary>Whether a call of the method can mean something to SQLite, or start a process.</summary>
    public bool RaisesEvents(IMethodSymbol method) => _table.RaisesEvents(method) || IsSqliteType(method.ContainingType);

    /// <summary>Whether an expression of the type can call what takes a SqliteConnection.</summary>
    public bool IsSqliteConnection(ITypeSymbol? type) => type is not null && type.IsOrDerivesFrom(_sqliteConnection);

    private bool IsSqliteType(ITypeSymbol? type) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _sqliteConnection.ContainingAssembly);
}
