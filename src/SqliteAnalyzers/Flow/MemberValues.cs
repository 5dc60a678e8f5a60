using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// What a field or property holds for good: the value of its initializer or of the constructor, where nothing else assigns it.
/// </summary>
internal sealed class MemberValues(FlowEngine engine)
{
    /// <summary>The blocks of a graph that does not branch: entry, code, exit.</summary>
    private const int StraightLine = 3;

    private readonly ConcurrentDictionary<ISymbol, Initial?> _initials = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _assignedOnce = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IReadOnlyList<ControlFlowGraph>> _initializers = new(SymbolEqualityComparer.Default);
    private readonly ThreadLocal<HashSet<ISymbol>> _underWay = new(() => new(SymbolEqualityComparer.Default));

    /// <summary>A value, and what is remembered of the objects in it.</summary>
    public sealed record Initial(
        Value Value,
        ImmutableArray<(AbstractObject Item, Slot Slot, Value Value)> Slots,
        ImmutableArray<(AbstractObject Item, ObjectState State)> States);

    /// <summary>Whether reading and writing the property is reading and writing one hidden field.</summary>
    public bool IsStorage(IPropertySymbol property) =>
        property.ContainingType.GetMembers().Any(member =>
            member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
        || property.DeclaringSyntaxReferences.IsEmpty
        || property.IsAbstract;

    public static bool IsOfPrimaryConstructor(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().Parent?.Parent is TypeDeclarationSyntax);

    /// <summary>
    /// The initializers of a type that act on what its primary constructor is given, where they run in a straight line and are all
    /// the constructor runs.
    /// </summary>
    public IReadOnlyList<ControlFlowGraph> InitializersOn(IMethodSymbol constructor, CancellationToken cancellation)
    {
        if (!_initializers.TryGetValue(constructor, out var graphs))
        {
            _initializers[constructor] = graphs = FindInitializers(constructor, cancellation).ToArray();
        }

        return graphs;
    }

    private IEnumerable<ControlFlowGraph> FindInitializers(IMethodSymbol constructor, CancellationToken cancellation)
    {
        var names = new HashSet<string>(constructor.Parameters.Where(IsOfPrimaryConstructor).Select(parameter => parameter.Name));
        return from member in constructor.ContainingType.GetMembers()
               where !member.IsStatic && names.Count > 0 && engine.Bodies.Find(constructor, cancellation) is null
               let initializer = InitializerOf(member, cancellation)
               where initializer is not null
                   && engine.Relevant.Contains(initializer.Syntax)
                   && initializer.Syntax.DescendantTokens().Any(token => names.Contains(token.ValueText))
               let graph = engine.Bodies.GraphOf(initializer, cancellation)
               where graph is { Blocks.Length: StraightLine }
               select graph;
    }

    public Initial? InitialValueOf(ISymbol member, CancellationToken cancellation)
    {
        if (_initials.TryGetValue(member, out var known))
        {
            return known;
        }

        if (!_underWay.Value!.Add(member))
        {
            return null;
        }

        try
        {
            return _initials[member] = IsAssignedOnce(member, cancellation) ? Find(member, cancellation) : null;
        }
        finally
        {
            _underWay.Value.Remove(member);
        }
    }

    private Initial? Find(ISymbol member, CancellationToken cancellation)
    {
        if (InitializerOf(member, cancellation) is { } initializer)
        {
            return engine.Evaluate(initializer, initializer.Syntax, State.Empty, cancellation) is { } initialized
                ? Adopt(member, initialized, initialized.Get(member) ?? Value.Unknown)
                : null;
        }

        foreach (var constructor in member.IsStatic ? member.ContainingType.StaticConstructors : member.ContainingType.InstanceConstructors)
        {
            if (engine.Bodies.Find(constructor, cancellation) is var (graph, declaration)
                && engine.Evaluate(graph.OriginalOperation, declaration, State.Empty, cancellation) is { } state
                && state.Get(member) is { } value)
            {
                return Adopt(member, state, value);
            }
        }

        return null;
    }

    private IOperation? InitializerOf(ISymbol member, CancellationToken cancellation)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            // A member of a referenced project has a declaration, too, but in a tree of that project's compilation.
            if (!engine.Compilation.ContainsSyntaxTree(reference.SyntaxTree))
            {
                continue;
            }

            var initializer = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null)
            {
                return engine.Bodies.ModelOf(initializer.SyntaxTree).GetOperation(initializer, cancellation);
            }
        }

        return null;
    }

    /// <summary>The objects the initializer or constructor made are, to every other method, the objects the member holds: of unknown state.</summary>
    private static Initial? Adopt(ISymbol member, State state, Value value)
    {
        if (value.Only<Opaque>() is { Symbol: IParameterSymbol parameter } && IsOfPrimaryConstructor(parameter))
        {
            return new(value, ImmutableArray<(AbstractObject, Slot, Value)>.Empty, ImmutableArray<(AbstractObject, ObjectState)>.Empty);
        }

        if (value.Atoms.All(atom => atom is Opaque) || value.Equals(Value.Unknown) || value.Equals(Value.Null))
        {
            return null;
        }

        var slots = ImmutableArray.CreateBuilder<(AbstractObject, Slot, Value)>();
        var states = ImmutableArray.CreateBuilder<(AbstractObject, ObjectState)>();
        var adopted = new Dictionary<AbstractObject, AbstractObject>();
        var renamed = Rename(value);
        return new(renamed, slots.ToImmutable(), states.ToImmutable());

        Value Rename(Value source) => source.Select(atom => atom is AbstractObject item ? Take(item) : atom);

        AbstractObject Take(AbstractObject item)
        {
            if (item.Kind == ObjectKind.Database)
            {
                return item;
            }

            if (!adopted.TryGetValue(item, out var taken))
            {
                adopted[item] = taken = new(item.Kind, Symbol: member, MadeBy: item.ExistsAtEntry ? null : item);
                states.Add((taken, ObjectState.Unknown(item.Kind).Add(state[item].Bits & (Component.Access | Component.Pooling), null)));
                foreach (var pair in state.Variables)
                {
                    if (pair.Key is SlotOf(var owner, var slot) && owner.Equals(item))
                    {
                        slots.Add((taken, slot, Rename(pair.Value)));
                    }
                }
            }

            return taken;
        }
    }

    /// <summary>Read-only, or private and assigned nowhere but in its initializer and the constructors.</summary>
    private bool IsAssignedOnce(ISymbol member, CancellationToken cancellation) => member switch
    {
        IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } => true,
        IFieldSymbol or IPropertySymbol when member.DeclaredAccessibility == Accessibility.Private || member.IsStatic =>
            _assignedOnce.GetOrAdd(member, _ => !IsAssignedOutsideConstructors(member, cancellation)),
        _ => false,
    };

    private bool IsAssignedOutsideConstructors(ISymbol member, CancellationToken cancellation)
    {
        var scopes = member.DeclaredAccessibility == Accessibility.Private
            ? member.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation))
            : engine.Compilation.SyntaxTrees.Select(tree => tree.GetRoot(cancellation));
        return scopes.Any(scope => TreeIndex.Of(scope.SyntaxTree, cancellation).Members.Any(code =>
            code.Names.Contains(member.Name)
            && scope.FullSpan.Contains(code.Declaration.FullSpan)
            && code.Declaration.DescendantNodes().Any(node =>
                node is IdentifierNameSyntax name
                && name.Identifier.ValueText == member.Name
                && IsTarget(name)
                && node.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null)));
    }

    private static bool IsTarget(ExpressionSyntax name)
    {
        while (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
        {
            name = access;
        }

        return name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind != (int)SyntaxKind.None,
            _ => false,
        };
    }
}
