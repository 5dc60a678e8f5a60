using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The methods of the project that a call can reach: an interface or virtual method stands for its implementations.
/// </summary>
internal sealed class CallTargets(Compilation compilation, ProjectIndex project)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _targets = new(SymbolEqualityComparer.Default);
    private ILookup<int, TreeIndex.TypeEntry>? _derived;

    /// <summary>None if the call may reach one that cannot be looked into, or too many.</summary>
    public ImmutableArray<IMethodSymbol> Resolve(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        return !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly) ? ImmutableArray<IMethodSymbol>.Empty
            : method.IsAbstract || method.IsVirtual || (method.IsOverride && !method.IsSealed) ? _targets.GetOrAdd(method, Find)
            : ImmutableArray.Create(method);
    }

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method)
    {
        var isInterface = method.ContainingType.TypeKind == TypeKind.Interface;
        var targets = new List<IMethodSymbol>();
        var below = TypesBelow(method.ContainingType);
        if (!method.IsAbstract && !(method.ContainingType.IsAbstract && below.Count > 0 && below.All(type => type.IsAbstract || HasItsOwn(type, method))))
        {
            targets.Add(method);
        }

        foreach (var type in below)
        {
            var target = isInterface ? Implementation(type, method) : Overriding(type, method);
            target = target?.PartialImplementationPart ?? target;
            if (target is { IsAbstract: false } && !targets.Contains(target, SymbolEqualityComparer.Default))
            {
                targets.Add(target);
            }
        }

        return targets.Count is 0 or > Limits.MaxTargets || targets.Exists(target => !SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, compilation.Assembly))
            ? ImmutableArray<IMethodSymbol>.Empty
            : targets.OrderBy(target => target.ToDisplayString(), StringComparer.Ordinal).ToImmutableArray();
    }

    /// <summary>The classes and structs that derive from or implement a type, found by the names in the lists of bases.</summary>
    private IReadOnlyList<INamedTypeSymbol> TypesBelow(INamedTypeSymbol root)
    {
        var derived = _derived ??= project.Trees.SelectMany(tree => tree.Types.SelectMany(type => type.Bases.Select(name => (name, type))))
            .ToLookup(pair => pair.name, pair => pair.type);
        var found = new List<INamedTypeSymbol>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<int>();
        pending.Push(NameHash.Of(root.Name));
        while (pending.Count > 0)
        {
            foreach (var type in derived[pending.Pop()])
            {
                if (!seen.Add(type.Key))
                {
                    continue;
                }

                pending.Push(type.NameHash);
                if (SymbolOf(type) is { TypeKind: TypeKind.Class or TypeKind.Struct } symbol)
                {
                    found.Add(symbol);
                }
            }
        }

        return found;
    }

    private INamedTypeSymbol? SymbolOf(TreeIndex.TypeEntry type) => compilation.Assembly.GetTypeByMetadataName(type.MetadataName);

    private static IMethodSymbol? Implementation(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, method.ContainingType))
            {
                var member = implemented.GetMembers(method.Name).OfType<IMethodSymbol>()
                    .FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method));
                return member is null ? null : (type.FindImplementationForInterfaceMember(member) as IMethodSymbol)?.OriginalDefinition;
            }
        }

        return null;
    }

    /// <summary>Whether what the type does in the method's place is not what the method does.</summary>
    private static bool HasItsOwn(INamedTypeSymbol type, IMethodSymbol method) => method.ContainingType.TypeKind == TypeKind.Interface
        ? Implementation(type, method) is { } implementation && !SymbolEqualityComparer.Default.Equals(implementation, method)
        : TypeSymbols.BasesOf(type).TakeWhile(each => !SymbolEqualityComparer.Default.Equals(each.OriginalDefinition, method.ContainingType)).Any(each => Overriding(each, method) is not null);

    private static IMethodSymbol? Overriding(ITypeSymbol type, IMethodSymbol method) =>
        type.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(member => Overrides(member, method));

    private static bool Overrides(IMethodSymbol member, IMethodSymbol method)
    {
        for (var overridden = member.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method))
            {
                return true;
            }
        }

        return false;
    }
}
