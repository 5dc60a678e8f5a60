using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The conditions that a piece of code asks more than once of what cannot change in between, as <c>mode == "batch" || force</c> of two
/// parameters that nobody assigns. Asked again they answer the same. What one variable holds by itself the state knows anyway.
/// </summary>
internal sealed class CodeQuestions
{
    /// <summary>Methods of a text, an enumeration or a sequence that only look.</summary>
    private static readonly HashSet<string> s_looks = new(StringComparer.Ordinal)
    {
        "Equals", "Contains", "ContainsKey", "StartsWith", "EndsWith", "IsNullOrEmpty", "IsNullOrWhiteSpace", "HasFlag", "Any", "Count", "ToLower", "ToUpper", "ToLowerInvariant", "ToUpperInvariant", "Trim",
    };

    private readonly Body _body;
    private readonly Dictionary<SyntaxNode, (AccessPath Path, bool IsNegated)> _questions = [];

    public CodeQuestions(Body body)
    {
        _body = body;
        var asked = new Dictionary<string, List<Asked>>(StringComparer.Ordinal);
        foreach (var question in body.Syntax.DescendantNodes(node => node == body.Syntax || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).SelectMany(QuestionsOf))
        {
            (asked.TryGetValue(question.Text, out var known) ? known : asked[question.Text] = []).Add(question);
        }

        foreach (var pair in asked)
        {
            if (pair.Value.Count > 1 && pair.Value[0].Parts.All(IsSettled) && PathOf(pair.Key) is { } path)
            {
                foreach (var question in pair.Value)
                {
                    _questions[question.Condition] = (path, question.IsNegated);
                }
            }
        }
    }

    /// <summary>What a condition asks, and whether it asks for the opposite; null where nobody asks it again.</summary>
    public (AccessPath Path, bool IsNegated)? Find(SyntaxNode condition) => _questions.TryGetValue(condition, out var question) ? question : null;

    /// <param name="Condition">What a branch is decided by.</param>
    /// <param name="Text">The same for a condition and its opposite.</param>
    /// <param name="IsNegated">Whether it is the opposite.</param>
    /// <param name="Parts">What it is made of.</param>
    private sealed record Asked(SyntaxNode Condition, string Text, bool IsNegated, SyntaxNode[] Parts);

    private static IEnumerable<Asked> QuestionsOf(SyntaxNode node) => node switch
    {
        IfStatementSyntax statement => PartsOf(statement.Condition).Select(Ask),
        ConditionalExpressionSyntax conditional => PartsOf(conditional.Condition).Select(Ask),
        SwitchStatementSyntax choice => choice.Sections.SelectMany(section => section.Labels).Select(label => label switch
        {
            CaseSwitchLabelSyntax { Value: var value } => Ask(value, choice.Expression, value),
            CasePatternSwitchLabelSyntax { Pattern: var pattern } => Ask(pattern, choice.Expression, pattern),
            _ => null,
        }).OfType<Asked>(),
        SwitchExpressionSyntax choice => choice.Arms.Select(arm => Ask(arm, choice.GoverningExpression, arm.Pattern)),
        _ => [],
    };

    private static Asked Ask(ExpressionSyntax condition) => condition switch
    {
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: var pattern } } not => Ask(not, not.Expression, pattern) with { IsNegated = true },
        IsPatternExpressionSyntax { Pattern: var pattern } asked => Ask(asked, asked.Expression, pattern),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equal => Ask(equal, equal.Left, equal.Right),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } unequal => Ask(unequal, unequal.Left, unequal.Right) with { IsNegated = true },
        _ => new(condition, WithoutSpace(condition.ToString()), IsNegated: false, [condition]),
    };

    /// <summary>Whether a value is equal to another, or of a pattern.</summary>
    private static Asked Ask(SyntaxNode condition, ExpressionSyntax value, SyntaxNode other)
    {
        other = other is ConstantPatternSyntax { Expression: var constant } ? constant : other;
        return new(condition, WithoutSpace($"{value}{(other is ExpressionSyntax ? "==" : " is ")}{other}"), IsNegated: false, [value, other]);
    }

    private static string WithoutSpace(string text) => new([.. text.Where(character => !char.IsWhiteSpace(character))]);

    /// <summary>The condition and those that it is made of, but for single variables.</summary>
    private static IEnumerable<ExpressionSyntax> PartsOf(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax parenthesized => PartsOf(parenthesized.Expression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => PartsOf(not.Operand),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.LogicalAndExpression } both =>
            PartsOf(both.Left).Concat(PartsOf(both.Right)).Prepend(both),
        IdentifierNameSyntax or LiteralExpressionSyntax => [],
        _ => [condition],
    };

    /// <remarks>No caller knows of it: it begins at the code itself.</remarks>
    private AccessPath? PathOf(string text) => AccessPath.Of(new MadeObject(ObjectKind.Plain, _body.Place)).Then(ObjectMember.Question(text));

    private bool IsSettled(SyntaxNode condition) => condition.DescendantNodesAndSelf().All(node => node switch
    {
        SimpleNameSyntax name => IsSettled(name),
        AssignmentExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax or AnonymousFunctionExpressionSyntax or VariableDesignationSyntax => false,
        PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => node.RawKind is (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.SuppressNullableWarningExpression,
        ElementAccessExpressionSyntax => false,
        _ => true,
    });

    private bool IsSettled(SimpleNameSyntax name) => _body.Model.GetSymbolInfo(name).Symbol switch
    {
        INamespaceOrTypeSymbol => true,
        ILocalSymbol { RefKind: RefKind.None } local => local.IsConst || ((IsImmutable(local.Type, name) || IsOnlyLookedAt(local.Type, name) || IsAskedForSettled(name)) && !IsDeclaredInLoop(local) && !IsWritten(name.Identifier.ValueText)),
        IParameterSymbol { RefKind: RefKind.None or RefKind.In } parameter => (IsImmutable(parameter.Type, name) || IsOnlyLookedAt(parameter.Type, name) || IsAskedForSettled(name)) && !IsWritten(name.Identifier.ValueText),
        IFieldSymbol field => (field.IsConst || field.IsReadOnly) && IsImmutable(field.Type, name),
        IPropertySymbol { IsIndexer: false } property => property.SetMethod is null or { IsInitOnly: true } && IsImmutable(property.Type, name) && (IsPartOfReceiver(property) || IsOfLookedAt(name) || IsWorkedOut(property)),
        IMethodSymbol method => IsLook(method) || IsWorkedOut(method),
        _ => false,
    };

    /// <summary>A property that stores its value, or one of a type that does not change; that of a clock or a list changes though nobody sets it.</summary>
    private static bool IsPartOfReceiver(IPropertySymbol property) =>
        !property.IsStatic && (IsUnchanging(property.ContainingType) || property.DeclaringSyntaxReferences.Any(IsAutomatic));

    private static bool IsAutomatic(SyntaxReference declaration) => declaration.GetSyntax() switch
    {
        ParameterSyntax => true,
        PropertyDeclarationSyntax { AccessorList: { } accessors } => accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null),
        _ => false,
    };

    /// <summary>Whether a method is called on the object that answers what cannot change while the object is there.</summary>
    private bool IsAskedForSettled(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == name
        && _body.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method && IsWorkedOut(method);

    /// <summary>A property or method of the project without parameters that works its answer out of nothing but what the object holds for good.</summary>
    private static bool IsWorkedOut(ISymbol member) =>
        member is IPropertySymbol { IsIndexer: false, SetMethod: null } or IMethodSymbol { Parameters.IsEmpty: true, IsAsync: false, MethodKind: MethodKind.Ordinary }
        && !member.IsStatic
        && member.DeclaringSyntaxReferences is [var declaration]
        && declaration.GetSyntax() switch
        {
            PropertyDeclarationSyntax property => property.ExpressionBody,
            MethodDeclarationSyntax method => method.ExpressionBody,
            _ => null,
        } is { Expression: var answer }
        && answer.DescendantNodesAndSelf().All(node => node switch
        {
            IdentifierNameSyntax { Identifier.ValueText: var name, Parent: MemberAccessExpressionSyntax access } when access.Name == node => name is "Count" or "Length" or "HasValue" or "Value",
            IdentifierNameSyntax { Identifier.ValueText: var name } => member.ContainingType.GetMembers(name) is [var held] && IsHeldForGood(held),
            LiteralExpressionSyntax or BinaryExpressionSyntax or ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } => true,
            _ => false,
        });

    private static bool IsHeldForGood(ISymbol member) => member switch
    {
        IFieldSymbol { IsReadOnly: true, Type: var type } => type.IsValueType || IsUnchanging(type),
        IFieldSymbol field => field.IsConst,
        IPropertySymbol { Type: var type, SetMethod: null or { IsInitOnly: true } } property => (type.IsValueType || IsUnchanging(type)) && property.DeclaringSyntaxReferences.Any(IsAutomatic),
        _ => false,
    };

    private static bool IsLook(IMethodSymbol method) =>
        (s_looks.Contains(method.Name)
            && (method.ContainingType.SpecialType is SpecialType.System_String or SpecialType.System_Enum or SpecialType.System_Object || method.ContainingType is { Name: "Enumerable" or "MemoryExtensions" } || IsCollection(method.ContainingType)))
        || (method is { IsStatic: true, Name: var question } && question.StartsWith("Is", StringComparison.Ordinal) && method.ContainingType is { Name: "OperatingSystem" or "RuntimeInformation" });

    /// <summary>A value that stays what it is, or something of which only its type or a property is asked, which is asked about by itself.</summary>
    private static bool IsImmutable(ITypeSymbol type, SimpleNameSyntax name) =>
        type.IsValueType
        || IsUnchanging(type)
        || name.Parent is IsPatternExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression }
        || name.Parent is MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax };

    /// <summary>A text, or items of which nobody can change the number under this type.</summary>
    private static bool IsUnchanging(ITypeSymbol type) =>
        type is IArrayTypeSymbol
        || type.OriginalDefinition.SpecialType is SpecialType.System_String or SpecialType.System_Array or SpecialType.System_Nullable_T
            or SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T;

    private static bool IsCollection(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic";

    /// <summary>Whether the member does nothing with a collection that it has but ask it and go over it.</summary>
    private bool IsOnlyLookedAt(ITypeSymbol type, SimpleNameSyntax name) => IsCollection(type) && UsesOf(name.Identifier.ValueText).All(use => use.Parent switch
    {
        ForEachStatementSyntax loop => loop.Expression == use,
        MemberAccessExpressionSyntax access => access.Expression == use && (access.Name.Identifier.ValueText is "Count" or "Length" || s_looks.Contains(access.Name.Identifier.ValueText)),
        ElementAccessExpressionSyntax element => element.Expression == use && !Assignments.IsTarget(element),
        _ => false,
    });

    /// <summary>A property of such a collection, as its count.</summary>
    private bool IsOfLookedAt(SimpleNameSyntax property) =>
        property.Parent is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax holder }
        && (_body.Model.GetSymbolInfo(holder).Symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => null,
        }) is { } type && IsOnlyLookedAt(type, holder);

    private static bool IsDeclaredInLoop(ILocalSymbol local) => local.DeclaringSyntaxReferences.Any(declaration =>
        declaration.GetSyntax() is var syntax && (syntax is CommonForEachStatementSyntax || syntax.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(LoopRounds.IsLoop)));

    /// <summary>Whether the member gives a variable of this name a value after its declaration.</summary>
    private bool IsWritten(string name) => UsesOf(name).Any(Assignments.IsTarget);

    /// <summary>Where the member mentions the name.</summary>
    private IEnumerable<IdentifierNameSyntax> UsesOf(string name) => (_body.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? _body.Syntax.SyntaxTree.GetRoot())
        .DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(use => use.Identifier.ValueText == name);
}
