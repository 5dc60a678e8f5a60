using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>What a field or property holds for good, and the state in which its initializer or constructor left that.</summary>
internal sealed record InitialValue(Value Value, State State);

/// <summary>
/// What a field or property holds for good: the value of its initializer or of all its constructors, where nothing else assigns it.
/// </summary>
internal sealed class InitialValues(FlowEngine engine, KeptInitialValues known)
{
    /// <summary>Null if it is not known.</summary>
    public InitialValue? Of(ISymbol member, ITypeSymbol? type, Evaluation evaluation)
    {
        member = member.OriginalDefinition;
        if (member is not (IFieldSymbol { IsConst: false } or IPropertySymbol { IsIndexer: false }) || !engine.Units.IsInProject(member) || !engine.IsAskedFor(type))
        {
            return null;
        }

        var key = engine.MemberOf(member);
        var isForGood = IsForGood(key, member, evaluation.Cancellation);
        evaluation.RestOn(new InitialValuePremise(key, isForGood));
        return isForGood ? Find(member, engine.InitializerOf(member, evaluation.Cancellation), evaluation) : null;
    }

    /// <summary>
    /// Whether the member is assigned by its initializer or by constructors, and nowhere else, and that says more than that a
    /// caller gave it. Null if the program no longer has it.
    /// </summary>
    public bool? IsForGood(ObjectMember member, CancellationToken cancellation) =>
        known.TryGet(member, null, out var isForGood) ? isForGood
        : engine.SymbolOf(member) is { } symbol ? IsForGood(member, symbol, cancellation)
        : null;

    private bool IsForGood(ObjectMember member, ISymbol symbol, CancellationToken cancellation) =>
        known.TryGet(member, null, out var isForGood) ? isForGood : known.Keep(member, null, FindIsForGood(symbol, cancellation));

    /// <summary>
    /// Whether what constructors have left in a member of the object that another member keeps is there for good: no other code assigns
    /// it, or gets hold of the object.
    /// </summary>
    public bool IsLeftAlone(ObjectMember keeper, ObjectMember inner, CancellationToken cancellation)
    {
        // Who assigns a field is the same whoever keeps its object.
        var asked = inner.Kind == ObjectMemberKind.Field ? inner : keeper;
        return known.TryGet(asked, inner, out var isLeftAlone) ? isLeftAlone
            : known.Keep(asked, inner, inner.Kind == ObjectMemberKind.Field
                ? engine.SymbolOf(inner) is not { } symbol || !AssignmentsOf(symbol, inConstructors: false, cancellation).Any(static target => !KeptObjects.IsInInitializer(target))
                : engine.SymbolOf(keeper) is not { } kept || !MentionsOf(kept, inConstructors: false, cancellation).Any(name => KeptObjects.MayChange(name, TypeOf(kept), inner)));
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type ?? (member as IParameterSymbol)?.Type;

    /// <summary>What <see cref="IsForGood"/> can be true of, by the declaration alone.</summary>
    public static bool MayBeForGood(ISymbol member) =>
        member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } || member.DeclaredAccessibility == Accessibility.Private;

    private InitialValue? Find(ISymbol member, EqualsValueClauseSyntax? initializer, Evaluation evaluation)
    {
        var key = engine.MemberOf(member);
        if (initializer is not null)
        {
            return engine.Units.Of(initializer) is { } unit
                && (initializer.Value is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax || member.IsStatic || engine.MattersToInitialize(member, unit, evaluation))
                ? Take(evaluation.Get(new(unit, Binding.None)), member.IsStatic, key)
                : null;
        }

        var result = default(InitialValue);
        foreach (var constructor in member.IsStatic ? member.ContainingType.StaticConstructors : member.ContainingType.InstanceConstructors)
        {
            if (engine.Units.Of(constructor) is not { } unit
                || IsTooBig(unit, evaluation)
                || Take(evaluation.Get(new(unit, Binding.ForInitialValues)), member.IsStatic, key) is not { } left)
            {
                // A constructor of the compiler's, which copies a record.
                if (constructor.IsImplicitlyDeclared && constructor.Parameters.Length == 1)
                {
                    continue;
                }

                return null;
            }

            if (result is not null && !result.Value.Equals(left.Value))
            {
                return null;
            }

            result = left;
        }

        return result;
    }

    private bool IsTooBig(CodeUnit constructor, Evaluation evaluation)
    {
        if (engine.Bodies.Find(constructor, evaluation.Cancellation) is not { Graph.Blocks.Length: > Limits.MaxBlocksOfConstructor })
        {
            return false;
        }

        if (engine.Project.Entry(constructor.Member) is { } entry)
        {
            evaluation.RestOn(new TextPremise(entry.Member, entry.BodyHash));
        }

        return true;
    }

    private static InitialValue? Take(Summary summary, bool isStatic, ObjectMember key)
    {
        StateKey cell = isStatic ? new StaticKey(key) : new Cell(new EntryObject(ObjectKind.Plain, AccessPath.This), key);
        var (value, state) = (default(Value), default(State));
        foreach (var exit in summary.Exits)
        {
            if (exit.Get(cell) is not { } left)
            {
                return null;
            }

            (value, state) = (value?.Join(left) ?? left, state?.Join(exit) ?? exit);
        }

        return value is null || value.Atoms.All(atom => atom is Constant { Value: null } || ReferenceEquals(atom, Atom.Unknown) || ReferenceEquals(atom, Atom.NotDefault))
            ? null
            : new(value, state!);
    }

    private bool FindIsForGood(ISymbol member, CancellationToken cancellation)
    {
        var inConstructors = MayBeForGood(member) ? AssignmentsOf(member, inConstructors: true, cancellation) : [];
        return (engine.InitializerOf(member, cancellation) is null ? inConstructors.Any(target => !HandsOn(target, member)) : !inConstructors.Any())
            && IsAssignedOnce(member, cancellation);
    }

    /// <summary>Read-only, or private and assigned nowhere but in its initializer and the constructors.</summary>
    private bool IsAssignedOnce(ISymbol member, CancellationToken cancellation) => member switch
    {
        IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } => true,
        IFieldSymbol or IPropertySymbol when member.DeclaredAccessibility == Accessibility.Private || member.IsStatic =>
            !AssignmentsOf(member, inConstructors: false, cancellation).Any(),
        _ => false,
    };

    /// <summary>Where the member is assigned: its name there.</summary>
    private IEnumerable<IdentifierNameSyntax> AssignmentsOf(ISymbol member, bool inConstructors, CancellationToken cancellation) =>
        MentionsOf(member, inConstructors, cancellation).Where(name => Assignments.IsTarget(name) && (IsWithinTypeOf(member, name.SyntaxTree, name.Span) || IsNameOf(member, name, cancellation)));

    /// <summary>Where code may speak of the member, by its name.</summary>
    /// <param name="member">The member.</param>
    /// <param name="inConstructors">Whether in code that runs while the object is made, or in all other, which may stand in a constructor and run later.</param>
    /// <param name="cancellation">Cancels.</param>
    private IEnumerable<IdentifierNameSyntax> MentionsOf(ISymbol member, bool inConstructors, CancellationToken cancellation)
    {
        engine.Counters.CountSearch();
        var name = NameHash.Of(member.Name);
        var isOnlyWithin = inConstructors || member.DeclaredAccessibility == Accessibility.Private;
        return
            from tree in isOnlyWithin ? member.ContainingType.DeclaringSyntaxReferences.Select(declaration => declaration.SyntaxTree).Distinct() : engine.Compilation.SyntaxTrees
            from entry in engine.Project.Of(tree)?.Members ?? []
            let isConstructor = entry.Has(MemberTraits.Constructor)
            where (isConstructor || !inConstructors) && NameHash.Contains(entry.Names, name) && (!isOnlyWithin || IsWithinTypeOf(member, tree, entry.Span))
            from node in TreeIndex.NodesOf(entry, tree.GetRoot(cancellation))
            where node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == member.Name && (isConstructor && !RunsLater(node)) == inConstructors
            select (IdentifierNameSyntax)node;
    }

    /// <summary>Other types of the same file have members of that name, too.</summary>
    private static bool IsWithinTypeOf(ISymbol member, SyntaxTree tree, TextSpan span) =>
        member.ContainingType.DeclaringSyntaxReferences.Any(declaration => declaration.SyntaxTree == tree && declaration.Span.Contains(span));

    private bool IsNameOf(ISymbol member, IdentifierNameSyntax name, CancellationToken cancellation) =>
        SymbolEqualityComparer.Default.Equals(engine.Bodies.ModelOf(name.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, member);

    /// <summary>Whether it stands in a lambda or local function.</summary>
    private static bool RunsLater(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(static outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) is not MemberDeclarationSyntax;

    private static IEnumerable<IdentifierNameSyntax> Targets(IEnumerable<SyntaxNode> nodes, string name) =>
        nodes.OfType<IdentifierNameSyntax>().Where(identifier => identifier.Identifier.ValueText == name && Assignments.IsTarget(identifier));

    /// <summary>
    /// Whether an assignment in a constructor gives the member what the constructor was given, as it is. That is what stands there
    /// when other code is entered, of which nothing else is known.
    /// </summary>
    private static bool HandsOn(IdentifierNameSyntax target, ISymbol member)
    {
        ExpressionSyntax left = target.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : target;
        return left.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: var right, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax } assignment
            && GivenBy(right) is { } given
            && assignment.Ancestors().FirstOrDefault(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or ConstructorDeclarationSyntax) is ConstructorDeclarationSyntax constructor
            && constructor.ParameterList.Parameters.FirstOrDefault(parameter => parameter.Identifier.ValueText == given.Identifier.ValueText) is { } declared
            && !Targets(constructor.DescendantNodes(), given.Identifier.ValueText).Any(other => other.Parent is not MemberAccessExpressionSyntax)
            && member.ContainingType.Constructors.SelectMany(one => one.Parameters).FirstOrDefault(parameter =>
                parameter.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == declared.SyntaxTree && reference.Span == declared.Span)) is { } symbol
            && SymbolEqualityComparer.Default.Equals(symbol.Type, (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type);
    }

    /// <summary>The name in <c>name</c>, <c>name!</c> and <c>name ?? throw …</c>.</summary>
    private static IdentifierNameSyntax? GivenBy(ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax name => name,
        ParenthesizedExpressionSyntax inner => GivenBy(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => GivenBy(inner.Operand),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: ThrowExpressionSyntax } inner => GivenBy(inner.Left),
        _ => null,
    };
}
