using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// What a method can lead to, itself or through what it calls: anything a library knows, and which fields and properties.
/// Each method is read once per compilation.
/// </summary>
internal sealed class Reach(FlowEngine engine)
{
    private readonly ConcurrentDictionary<IMethodSymbol, Contents> _contents = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, Footprint> _footprints = new(SymbolEqualityComparer.Default);

    /// <summary>What one method does by itself.</summary>
    private sealed record Contents(Footprint Own, IReadOnlyCollection<IMethodSymbol> Calls);

    /// <summary>What a method and all it calls can touch.</summary>
    /// <param name="UsesLibrary">Anything a library knows. A method that does not is not followed.</param>
    /// <param name="RunsUnknownCode">It invokes delegates, or what has several implementations: it can touch every member.</param>
    /// <param name="Members">The fields and properties it mentions.</param>
    public sealed record Footprint(bool UsesLibrary, bool RunsUnknownCode, HashSet<ISymbol> Members)
    {
        public static readonly Footprint Irrelevant = new(UsesLibrary: false, RunsUnknownCode: true, new(SymbolEqualityComparer.Default));

        /// <param name="member">A field, a property or a primary constructor's parameter.</param>
        public bool MayTouch(ISymbol member) => RunsUnknownCode || member is IParameterSymbol || Members.Contains(member.OriginalDefinition);
    }

    public Footprint Of(IMethodSymbol method, CancellationToken cancellation) =>
        _footprints.TryGetValue(method, out var known) ? known : _footprints[method] = Add(method, cancellation);

    private Footprint Add(IMethodSymbol method, CancellationToken cancellation)
    {
        var (usesLibrary, runsUnknownCode) = (false, false);
        var members = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { method };
        var pending = new Queue<IMethodSymbol>();
        pending.Enqueue(method);
        while (pending.Count > 0)
        {
            // To read all that a method of a big program leads to would bind the program.
            runsUnknownCode |= seen.Count > FlowLimits.MaxFootprint;
            if (runsUnknownCode && usesLibrary)
            {
                break;
            }

            var next = pending.Dequeue();
            var isKnown = _footprints.TryGetValue(next, out var footprint);
            var contents = isKnown ? null : Read(next, cancellation);
            footprint ??= contents!.Own;
            usesLibrary |= footprint.UsesLibrary;
            runsUnknownCode |= footprint.RunsUnknownCode;
            members.UnionWith(footprint.Members);
            foreach (var called in contents?.Calls ?? [])
            {
                if (seen.Add(called))
                {
                    pending.Enqueue(called);
                }
            }
        }

        if (!usesLibrary)
        {
            // Then none of those does. What they touch is worked out no further: hardly any is followed.
            foreach (var irrelevant in seen)
            {
                _footprints.TryAdd(irrelevant, Footprint.Irrelevant);
            }
        }

        return new(usesLibrary, runsUnknownCode, members);
    }

    private Contents Read(IMethodSymbol method, CancellationToken cancellation)
    {
        if (_contents.TryGetValue(method, out var known))
        {
            return known;
        }

        var (usesLibrary, runsUnknownCode) = (false, false);
        var members = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var calls = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellation);
            if (!engine.Relevant.ContainsTypeOf(declaration)
                || engine.Bodies.ModelOf(declaration.SyntaxTree).GetOperation(declaration, cancellation) is not { } body)
            {
                continue;
            }

            foreach (var operation in body.DescendantsAndSelf())
            {
                usesLibrary |= engine.Libraries.KindOf(operation.Type) is not null;
                if (operation is IFieldReferenceOperation or IPropertyReferenceOperation)
                {
                    members.Add(((IMemberReferenceOperation)operation).Member.OriginalDefinition);
                }

                foreach (var target in TargetsOf(operation))
                {
                    usesLibrary |= engine.Libraries.Owns(target);
                    if (engine.Targets.Resolve(target) is { } resolved)
                    {
                        calls.Add(resolved);
                    }
                    else
                    {
                        runsUnknownCode |= target.MethodKind == MethodKind.DelegateInvoke || engine.Targets.IsInProject(target);
                    }
                }
            }
        }

        return _contents[method] = new(new(usesLibrary, runsUnknownCode, members), calls);
    }

    private IEnumerable<IMethodSymbol> TargetsOf(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => [engine.Targets.OnReceiver(invocation.TargetMethod, invocation.Instance)],
        IObjectCreationOperation { Constructor: { } constructor } => [constructor],
        IPropertyReferenceOperation { Property: var property } => new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>(),
        IMethodReferenceOperation group => [group.Method],
        IUsingOperation { Resources: IVariableDeclarationGroupOperation resources } => resources.GetDeclaredVariables().SelectMany(variable => DisposersOf(variable.Type)),
        IUsingOperation { Resources: var resource } => DisposersOf(resource.Type),
        IUsingDeclarationOperation declaration => declaration.DeclarationGroup.GetDeclaredVariables().SelectMany(variable => DisposersOf(variable.Type)),
        _ => [],
    };

    private static IEnumerable<IMethodSymbol> DisposersOf(ITypeSymbol? type) =>
        type?.GetMembers().OfType<IMethodSymbol>().Where(method => method.Name is "Dispose" or "DisposeAsync") ?? [];
}
