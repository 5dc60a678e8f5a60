using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Whether a piece of code can lead to a library, itself or through what it calls. Names are asked first; what they let through is
/// read once.
/// </summary>
internal sealed class Relevance(FlowEngine engine, Reach reach)
{
    private readonly ConcurrentDictionary<CodeUnit, bool> _matters = new();
    private readonly ConcurrentDictionary<CodeUnit, Contents> _contents = new();

    /// <summary>What one piece of code does by itself.</summary>
    private sealed record Contents(bool UsesLibrary, IReadOnlyCollection<CodeUnit> Calls);

    public bool MayMatter(CodeUnit unit, Evaluation evaluation)
    {
        if (!reach.IsRelevant(unit.Member))
        {
            return false;
        }

        return _matters.TryGetValue(unit, out var known) ? known : Find(unit, evaluation.Cancellation);
    }

    /// <summary>Whether the value that a member starts with uses what the primary constructor of its type is given.</summary>
    public bool MentionsPrimaryConstructor(ISymbol member, CodeUnit unit) =>
        engine.Project.Entry(unit.Member) is { } entry
        && member.ContainingType.InstanceConstructors.Any(constructor =>
            constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax)
            && constructor.Parameters.Any(parameter => NameHash.Contains(entry.Names, NameHash.Of(parameter.Name))));

    private bool Find(CodeUnit unit, CancellationToken cancellation)
    {
        var seen = new HashSet<CodeUnit> { unit };
        var pending = new Queue<CodeUnit>();
        pending.Enqueue(unit);
        while (pending.Count > 0)
        {
            var next = pending.Dequeue();
            var isKnown = _matters.TryGetValue(next, out var matters);

            // To read all that a method of a big program leads to would bind the program.
            if ((isKnown && matters) || seen.Count > Limits.MaxReach)
            {
                return _matters[unit] = true;
            }

            if (isKnown)
            {
                continue;
            }

            var contents = _contents.TryGetValue(next, out var read) ? read : _contents[next] = Read(next, cancellation);
            if (contents.UsesLibrary)
            {
                return _matters[unit] = true;
            }

            foreach (var called in contents.Calls)
            {
                if (reach.IsRelevant(called.Member) && seen.Add(called))
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

    private Contents Read(CodeUnit unit, CancellationToken cancellation)
    {
        var calls = new HashSet<CodeUnit>();
        var syntax = engine.Units.SyntaxOf(unit, cancellation);
        if (syntax is null)
        {
            return new(false, calls);
        }

        var usesLibrary = engine.Project.Entry(unit.Member) is { } entry && entry.Has(MemberTraits.HandsOutText) && (entry.Words & Words.Sql) != 0;
        if (engine.Bodies.OperationOf(syntax, cancellation) is { } body)
        {
            foreach (var operation in body.DescendantsAndSelf())
            {
                usesLibrary |= IsTracked(operation.Type);
                foreach (var target in TargetsOf(operation))
                {
                    usesLibrary |= engine.Libraries.RaisesEvents(target);
                    foreach (var resolved in engine.Targets.Resolve(target))
                    {
                        if (engine.Units.Of(resolved) is { } called)
                        {
                            calls.Add(called);
                        }
                    }
                }
            }
        }

        if (unit.Kind == CodeUnitKind.Constructor || syntax is ConstructorDeclarationSyntax)
        {
            AddInitializers(syntax, calls, cancellation);
        }

        return new(usesLibrary, calls);
    }

    private void AddInitializers(SyntaxNode syntax, HashSet<CodeUnit> calls, CancellationToken cancellation)
    {
        var declared = engine.Bodies.ModelOf(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellation);
        if ((declared as INamedTypeSymbol ?? declared?.ContainingType) is not { } type)
        {
            return;
        }

        foreach (var (_, initializer) in engine.InitializersOf(type, cancellation))
        {
            if (initializer is not null)
            {
                calls.Add(initializer);
            }
        }

        if (type.BaseType?.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.IsEmpty) is { } inherited && engine.Units.Of(inherited) is { } unit)
        {
            calls.Add(unit);
        }
    }

    private bool IsTracked(ITypeSymbol? type) =>
        engine.Libraries.KindOf(type) is not (null or ObjectKind.Plain or ObjectKind.Lazy or ObjectKind.TextBuilder or ObjectKind.Enumerator);

    private static IEnumerable<IMethodSymbol> TargetsOf(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => [invocation.TargetMethod],
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
