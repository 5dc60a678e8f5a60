using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Flow;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Libraries;

/// <summary>The libraries a compilation references, looked up once.</summary>
internal sealed class LibrarySet
{
    private static readonly HashSet<string> s_configurationNames =
        new(StringComparer.Ordinal) { "OpenConfigured", "Configure", "SqliteDataSource" };

    private readonly ImmutableArray<Library> _libraries;
    private readonly INamedTypeSymbol _sqliteConnection;
    private readonly HashSet<string> _names;
    private readonly ConcurrentDictionary<ITypeSymbol, ObjectKind?> _kinds = new(SymbolEqualityComparer.Default);

    private LibrarySet(INamedTypeSymbol sqliteConnection, ImmutableArray<Library> libraries)
    {
        _sqliteConnection = sqliteConnection;
        _libraries = libraries;
        _names = new(libraries.SelectMany(library => library.Names), StringComparer.Ordinal);
    }

    /// <summary>Null if the compilation references no SQLite library: then there is nothing to do.</summary>
    public static LibrarySet? For(Compilation compilation)
    {
        if (MicrosoftDataSqlite.For(compilation) is not { } sqlite)
        {
            return null;
        }

        Library?[] libraries =
        [
            sqlite,
            Runtime.For(compilation),
            Dapper.For(compilation),
            EntityFrameworkCore.For(compilation),
            Processes.For(compilation),
            CliWrap.For(compilation),
            MedallionShell.For(compilation),
            new RunNow(compilation),
        ];
        return new(sqlite.ConnectionType, libraries.OfType<Library>().ToImmutableArray());
    }

    public Value? Invoke(LibraryCall call) => First(library => library.Invoke(call));

    public Value? Create(LibraryCall call) => First(library => library.Create(call));

    public Value? GetProperty(IPropertyReferenceOperation reference, Value? instance, Interpreter machine) =>
        First(library => library.GetProperty(reference, instance, machine));

    public bool SetProperty(IPropertyReferenceOperation reference, Value? instance, Value value, Interpreter machine)
    {
        foreach (var library in _libraries)
        {
            if (library.SetProperty(reference, instance, value, machine))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a call of the method means something to a library.</summary>
    public bool Owns(IMethodSymbol method)
    {
        foreach (var library in _libraries)
        {
            if (library.Owns(method))
            {
                return true;
            }
        }

        return false;
    }

    public ObjectKind? KindOf(ITypeSymbol? type)
    {
        if (type is null)
        {
            return null;
        }

        return _kinds.GetOrAdd(type, key =>
        {
            foreach (var library in _libraries)
            {
                if (library.KindOf(key) is { } kind)
                {
                    return kind;
                }
            }

            return null;
        });
    }

    /// <summary>Whether an expression of the type can call what takes a SqliteConnection.</summary>
    public bool IsSqliteConnection(ITypeSymbol? type) => type is not null && type.IsOrDerivesFrom(_sqliteConnection);

    /// <summary>Whether the member may touch SQLite or start a process, by the names it mentions.</summary>
    public bool Mentions(TreeIndex.Member member) => _names.Overlaps(member.Names);

    /// <summary>Whether the member may set a pragma.</summary>
    public bool MentionsConfiguration(TreeIndex.Member member) =>
        s_configurationNames.Overlaps(member.Names)
        || member.Strings.Any(text => text.IndexOf("pragma", StringComparison.OrdinalIgnoreCase) >= 0
            || PragmaCatalogue.TryGet(text.Trim(), out _));

    /// <summary>Whether a library is used that puts the databases it creates in WAL mode: Entity Framework Core does.</summary>
    public bool SetsWalByItself(IEnumerable<TreeIndex> trees) =>
        trees.Any(tree => tree.Members.Any(member => member.Names.Contains("UseSqlite")));

    private Value? First(Func<Library, Value?> ask)
    {
        foreach (var library in _libraries)
        {
            if (ask(library) is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
