using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// The one method that a call can reach, if there is just one in the project: an interface or virtual method with a single
/// implementation is that implementation.
/// </summary>
internal sealed class CallTargets(Compilation compilation)
{
    private readonly ConcurrentDictionary<IMethodSymbol, IMethodSymbol?> _targets = new(SymbolEqualityComparer.Default);
    private readonly Lazy<IReadOnlyList<INamedTypeSymbol>> _types = new(() => SourceTypes(compilation.Assembly.GlobalNamespace));

    /// <summary>Null if the call may reach several methods, or one that cannot be looked into.</summary>
    public IMethodSymbol? Resolve(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        return !IsInProject(method) ? null
            : method.IsAbstract || method.IsVirtual || (method.IsOverride && !method.IsSealed) ? _targets.GetOrAdd(method, FindOnlyTarget)
            : method;
    }

    /// <summary>Whether the method is declared in the project itself.</summary>
    public bool IsInProject(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.OriginalDefinition.ContainingAssembly, compilation.Assembly);

    /// <summary>The implementation that a call reaches by the static type of its receiver, as that of Dispose at the end of a using.</summary>
    public IMethodSymbol OnReceiver(IMethodSymbol method, IOperation? receiver)
    {
        while (receiver is IConversionOperation { OperatorMethod: null } conversion)
        {
            receiver = conversion.Operand;
        }

        return method.ContainingType?.TypeKind == TypeKind.Interface
            && receiver?.Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type
                ? type.FindImplementationForInterfaceMember(method) as IMethodSymbol ?? method
                : method;
    }

    private IMethodSymbol? FindOnlyTarget(IMethodSymbol method)
    {
        var isInterface = method.ContainingType.TypeKind == TypeKind.Interface;
        var targets = new List<IMethodSymbol>();
        if (!method.IsAbstract)
        {
            targets.Add(method);
        }

        foreach (var type in _types.Value)
        {
            var target = isInterface
                ? (type.AllInterfaces.Any(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, method.ContainingType))
                    ? Implementation(type, method)
                    : null)
                : type.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(member => Overrides(member, method));
            if (target is { IsAbstract: false } && !targets.Contains(target, SymbolEqualityComparer.Default))
            {
                targets.Add(target);
            }
        }

        return targets.Count == 1 ? targets[0] : null;
    }

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

    private static IReadOnlyList<INamedTypeSymbol> SourceTypes(INamespaceSymbol root)
    {
        var types = new List<INamedTypeSymbol>();
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers().OfType<INamespaceOrTypeSymbol>())
            {
                pending.Push(member);
                if (member is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
                {
                    types.Add(type);
                }
            }
        }

        return types;
    }
}
