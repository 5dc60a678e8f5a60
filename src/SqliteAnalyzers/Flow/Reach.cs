using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// Whether a method can lead to anything a library knows, itself or through what it calls. Each method is read once per
/// compilation; one that cannot is not followed.
/// </summary>
internal sealed class Reach(FlowEngine engine)
{
    private readonly ConcurrentDictionary<IMethodSymbol, Contents> _contents = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _matters = new(SymbolEqualityComparer.Default);

    /// <summary>What one method does by itself.</summary>
    private sealed record Contents(bool UsesLibrary, ImmutableArray<IMethodSymbol> Calls);

    public bool Matters(IMethodSymbol method, CancellationToken cancellation)
    {
        if (_matters.TryGetValue(method, out var known))
        {
            return known;
        }

        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { method };
        var pending = new Queue<IMethodSymbol>();
        pending.Enqueue(method);
        while (pending.Count > 0)
        {
            var next = pending.Dequeue();
            if (_matters.TryGetValue(next, out known) && !known)
            {
                continue;
            }

            var contents = known ? null : Read(next, cancellation);
            if (contents is null || contents.UsesLibrary)
            {
                return _matters[method] = true;
            }

            foreach (var called in contents.Calls)
            {
                if (seen.Add(called))
                {
                    pending.Enqueue(called);
                }
            }
        }

        foreach (var irrelevant in seen)
        {
            _matters[irrelevant] = false;
        }

        return false;
    }

    private Contents Read(IMethodSymbol method, CancellationToken cancellation)
    {
        if (_contents.TryGetValue(method, out var known))
        {
            return known;
        }

        var usesLibrary = false;
        var calls = ImmutableArray.CreateBuilder<IMethodSymbol>();
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
                var target = operation switch
                {
                    IInvocationOperation invocation => invocation.TargetMethod,
                    IObjectCreationOperation creation => creation.Constructor,
                    IPropertyReferenceOperation property => property.Property.GetMethod ?? property.Property.SetMethod,
                    IMethodReferenceOperation group => group.Method,
                    _ => null,
                };
                usesLibrary |= operation.Type is { } type && engine.Libraries.KindOf(type) is not null;
                if (target is not null)
                {
                    usesLibrary |= engine.Libraries.Owns(target);
                    if (engine.Targets.Resolve(target) is { } resolved)
                    {
                        calls.Add(resolved);
                    }
                }
            }
        }

        return _contents[method] = new(usesLibrary, calls.ToImmutable());
    }
}
