using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Libraries;

/// <summary>What a call means; null if it means nothing to the library after all.</summary>
internal delegate Value? CallHandler(LibraryCall call);

/// <summary>What a property reads; null if the library does not know it.</summary>
internal delegate Value? GetHandler(AbstractObject item, IEffects effects);

/// <summary>Stores the value of a property.</summary>
/// <param name="source">The code that the value comes from, if it is written out.</param>
internal delegate void SetHandler(AbstractObject item, Value value, IOperation? source, IEffects effects);

/// <summary>
/// What the members of the libraries mean: from each symbol to its handler. Which names code must mention to use a library, and
/// which calls belong to it, follows from the table.
/// </summary>
internal sealed class LibraryTable
{
    private readonly Dictionary<(INamedTypeSymbol? Type, string Name), List<CallHandler>> _calls = new(KeyComparer.Instance);
    private readonly Dictionary<(INamedTypeSymbol? Type, string Name), GetHandler> _getters = new(KeyComparer.Instance);
    private readonly Dictionary<(INamedTypeSymbol? Type, string Name), SetHandler> _setters = new(KeyComparer.Instance);
    private readonly List<(INamedTypeSymbol Type, ObjectKind Kind, bool IsExact)> _kinds = [];
    private readonly HashSet<INamedTypeSymbol> _owned = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, INamedTypeSymbol?> _found = new(StringComparer.Ordinal);
    private readonly ImmutableArray<WeakReference<MetadataReference>> _references;
    private Compilation? _compilation;

    private LibraryTable(Compilation compilation)
    {
        _compilation = compilation;
        _references = compilation.References.Select(reference => new WeakReference<MetadataReference>(reference)).ToImmutableArray();
    }

    /// <summary>Whether what is added now passes values on, or executes what a library has made: by itself it touches no database.</summary>
    public bool IsPassive { get; set; }

    /// <summary>The words by which code that uses the libraries is found.</summary>
    public WordSieve Sieve { get; } = new();

    /// <summary>The types that an object of a library has where code holds it, as names.</summary>
    public HashSet<int> SqliteTypes { get; } = [];

    public HashSet<int> ProcessTypes { get; } = [];

    /// <summary>A table as <paramref name="describe"/> fills it.</summary>
    public static LibraryTable Of(Compilation compilation, Action<LibraryTable> describe)
    {
        var table = new LibraryTable(compilation);
        describe(table);

        // It may outlive the compilation.
        table._compilation = null;
        return table;
    }

    /// <summary>Whether another compilation knows each type of the libraries, and no other, by the same symbol: it has the same references.</summary>
    public bool IsTrueOf(Compilation compilation)
    {
        var i = 0;
        foreach (var reference in compilation.References)
        {
            if (i == _references.Length || !_references[i++].TryGetTarget(out var known) || !ReferenceEquals(known, reference))
            {
                return false;
            }
        }

        return i == _references.Length
            && AssembliesOfTypes().All(assembly => compilation.GetMetadataReference(assembly) is not null)
            && _found.Keys.All(name => compilation.Assembly.GetTypeByMetadataName(name) is null);
    }

    /// <summary>Whether its types are those of files: a type of a project leads to the compilation of that.</summary>
    public bool HoldsNoCompilation(Compilation compilation) =>
        AssembliesOfTypes().All(assembly => compilation.GetMetadataReference(assembly) is PortableExecutableReference);

    private IEnumerable<IAssemblySymbol> AssembliesOfTypes() =>
        _found.Values.OfType<INamedTypeSymbol>().Select(type => type.ContainingAssembly).Distinct<IAssemblySymbol>(SymbolEqualityComparer.Default);

    /// <summary>A type of a library, while the table is filled.</summary>
    public INamedTypeSymbol? Find(string type) =>
        _found.TryGetValue(type, out var known) ? known : _found[type] = _compilation!.GetTypeByMetadataName(type);

    /// <summary>Objects of the type, or of one that derives from it, are of this kind.</summary>
    /// <param name="type">Null: the library is not there.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="mention">How code that mentions the type counts.</param>
    /// <param name="isExact">Whether only the type itself tells: what derives from it may be something else.</param>
    public void Kind(INamedTypeSymbol? type, ObjectKind kind, Words mention, bool isExact = false)
    {
        if (type is null)
        {
            return;
        }

        _kinds.Add((type, kind, isExact));
        Mention(type.Name, mention);
    }

    /// <summary>Code that mentions the name of a type may hold an object of the library.</summary>
    public void Mention(string type, Words mention)
    {
        Sieve.AddType(type, mention);
        if ((mention & Words.Sqlite) != 0)
        {
            SqliteTypes.Add(NameHash.Of(type));
        }

        if ((mention & Words.Process) != 0)
        {
            ProcessTypes.Add(NameHash.Of(type));
        }
    }

    /// <summary>What a call of a method of the type means; its name then counts as <paramref name="mention"/>.</summary>
    public void Method(INamedTypeSymbol? type, IEnumerable<string> names, CallHandler handler, Words mention = Words.None)
    {
        if (type is null)
        {
            return;
        }

        Own(type);
        foreach (var name in names)
        {
            Add((type, name), handler);
            if (mention != Words.None)
            {
                Sieve.AddWord(name, mention);
            }
        }
    }

    /// <summary>What a call of a method of this name means on an object of a library, whatever type declares it.</summary>
    public void AnyMethod(IEnumerable<string> names, CallHandler handler)
    {
        foreach (var name in names)
        {
            Add((null, name), handler);
        }
    }

    public void Constructor(INamedTypeSymbol? type, CallHandler handler) => Method(type, [".ctor"], handler);

    public void Property(INamedTypeSymbol? type, string name, GetHandler? get = null, SetHandler? set = null)
    {
        if (type is null)
        {
            return;
        }

        Own(type);
        if (get is not null)
        {
            _getters[(type, name)] = get;
        }

        if (set is not null)
        {
            _setters[(type, name)] = set;
        }
    }

    /// <summary>Calls of other members of the type change nothing that is tracked.</summary>
    public void Own(INamedTypeSymbol? type)
    {
        if (type is not null && !IsPassive)
        {
            _owned.Add(type);
        }
    }

    public ObjectKind? KindOf(ITypeSymbol type)
    {
        foreach (var (known, kind, isExact) in _kinds)
        {
            if (isExact ? SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known) : type.IsOrDerivesFrom(known))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The handlers of a method, in the order of the libraries.</summary>
    public CallHandler[] HandlersOf(IMethodSymbol method)
    {
        var handlers = new List<CallHandler>();
        for (var declared = method; declared is not null; declared = declared.OverriddenMethod?.OriginalDefinition)
        {
            if (_calls.TryGetValue((TypeOf(declared), declared.Name), out var own))
            {
                handlers.AddRange(own);
                break;
            }
        }

        if (_calls.TryGetValue((null, method.Name), out var any))
        {
            handlers.AddRange(any);
        }

        return [.. handlers];
    }

    public GetHandler? GetterOf(IPropertySymbol property) => FindProperty(_getters, property);

    public SetHandler? SetterOf(IPropertySymbol property) => FindProperty(_setters, property);

    /// <summary>Whether the type belongs to a library, so that its other members change nothing that is tracked.</summary>
    public bool IsOwned(INamedTypeSymbol? type) => type is not null && _owned.Contains(type.OriginalDefinition);

    /// <summary>Whether a call of the method can raise an event.</summary>
    public bool RaisesEvents(IMethodSymbol method) => IsOwned(TypeOf(method));

    /// <summary>The type that declares a member; of a member of an extension block, the static class around that.</summary>
    private static INamedTypeSymbol? TypeOf(ISymbol member) =>
        (member.ContainingType is { Name: "", ContainingType: { IsStatic: true } holder } ? holder : member.ContainingType)?.OriginalDefinition;

    private void Add((INamedTypeSymbol? Type, string Name) key, CallHandler handler)
    {
        if (!_calls.TryGetValue(key, out var handlers))
        {
            _calls.Add(key, handlers = []);
        }

        handlers.Add(handler);
    }

    private static T? FindProperty<T>(Dictionary<(INamedTypeSymbol? Type, string Name), T> properties, IPropertySymbol property)
        where T : class
    {
        for (var declared = property.OriginalDefinition; declared is not null; declared = declared.OverriddenProperty?.OriginalDefinition)
        {
            if (properties.TryGetValue((TypeOf(declared), declared.Name), out var handler))
            {
                return handler;
            }
        }

        return null;
    }

    private sealed class KeyComparer : IEqualityComparer<(INamedTypeSymbol? Type, string Name)>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals((INamedTypeSymbol? Type, string Name) x, (INamedTypeSymbol? Type, string Name) y) =>
            x.Name == y.Name && SymbolEqualityComparer.Default.Equals(x.Type, y.Type);

        public int GetHashCode((INamedTypeSymbol? Type, string Name) key) => StringComparer.Ordinal.GetHashCode(key.Name);
    }
}
