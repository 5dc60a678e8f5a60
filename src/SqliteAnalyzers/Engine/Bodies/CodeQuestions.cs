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
        var asked = new Dictionary<string, List<ExpressionSyntax>>(StringComparer.Ordinal);
        foreach (var part in body.Syntax.DescendantNodes(node => node == body.Syntax || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).SelectMany(ConditionsOf).SelectMany(PartsOf))
        {
            var text = TextOf(part);
            (asked.TryGetValue(text, out var known) ? known : asked[text] = []).Add(part);
        }

        foreach (var pair in asked)
        {
            if (pair.Value.Count > 1 && IsSettled(pair.Value[0]) && PathOf(pair.Key) is { } path)
            {
                foreach (var part in pair.Value)
                {
                    _questions[part] = (path, IsNegated(part));
                }
            }
        }
    }

    /// <summary>What a condition asks, and whether it asks for the opposite; null where nobody asks it again.</summary>
    public (AccessPath Path, bool IsNegated)? Find(SyntaxNode condition) => _questions.TryGetValue(condition, out var question) ? question : null;

    private static IEnumerable<ExpressionSyntax> ConditionsOf(SyntaxNode node) => node switch
    {
        IfStatementSyntax statement => [statement.Condition],
        ConditionalExpressionSyntax conditional => [conditional.Condition],
        _ => [],
    };

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

    /// <summary>The same for a condition and its opposite.</summary>
    private static string TextOf(ExpressionSyntax condition)
    {
        var text = condition switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } unequal => $"{unequal.Left}=={unequal.Right}",
            IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax not } pattern => $"{pattern.Expression} is {not.Pattern}",
            _ => condition.ToString(),
        };
        return new([.. text.Where(character => !char.IsWhiteSpace(character))]);
    }

    private static bool IsNegated(ExpressionSyntax condition) =>
        condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax };

    /// <remarks>No caller knows of it: it begins at the code itself.</remarks>
    private AccessPath? PathOf(string text) => AccessPath.Of(new MadeObject(ObjectKind.Plain, _body.Place)).Then(ObjectMember.Question(text));

    private bool IsSettled(ExpressionSyntax condition) => condition.DescendantNodesAndSelf().All(node => node switch
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
        ILocalSymbol { RefKind: RefKind.None } local => local.IsConst || ((IsImmutable(local.Type, name) || IsOnlyLookedAt(local.Type, name)) && !IsDeclaredInLoop(local) && !IsWritten(name.Identifier.ValueText)),
        IParameterSymbol { RefKind: RefKind.None or RefKind.In } parameter => (IsImmutable(parameter.Type, name) || IsOnlyLookedAt(parameter.Type, name)) && !IsWritten(name.Identifier.ValueText),
        IFieldSymbol field => (field.IsConst || field.IsReadOnly) && IsImmutable(field.Type, name),
        IPropertySymbol { IsIndexer: false } property => property.SetMethod is null or { IsInitOnly: true } && IsImmutable(property.Type, name) && (IsPartOfReceiver(property) || IsOfLookedAt(name)),
        IMethodSymbol method => IsLook(method),
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
