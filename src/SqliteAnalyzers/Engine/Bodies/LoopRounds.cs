using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Engine;

/// <summary>What the source says of how often a loop goes round.</summary>
internal static class LoopRounds
{
    private static readonly string[] s_ofOneAtMost = ["Option", "Maybe", "Optional", "Nullable"];

    private static readonly string[] s_ends = ["IsCancellationRequested", "HasShutdownStarted", "CancellationPending"];

    public static bool IsLoop(SyntaxNode node) => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    /// <summary>Whether it goes over items or counts: it does not run until something is stopped or has succeeded, nor over what holds one item at most, nor over many items at a time.</summary>
    public static bool IsOverItems(SyntaxNode loop, SemanticModel model, CancellationToken cancellation) => loop switch
    {
        CommonForEachStatementSyntax each => !IsOfOneAtMost(each.Expression, model, cancellation) && !IsOfChunks(each.Expression),
        ForStatementSyntax { Condition: { } condition } => !IsFlag(condition) && !HasFlag(condition),
        WhileStatementSyntax { Condition: var condition } => !IsFlag(condition) && !HasFlag(condition),
        DoStatementSyntax { Condition: var condition } => !IsFlag(condition) && !HasFlag(condition),
        ForStatementSyntax => false,

        // Parallel.Invoke runs each of its delegates once.
        _ => !loop.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().Any(access => access.ToString() == "Parallel.Invoke"),
    };

    /// <summary>How many rounds it has at most; null where that is not written there.</summary>
    public static int? Of(SyntaxNode loop, SemanticModel model, CancellationToken cancellation) => loop switch
    {
        CommonForEachStatementSyntax each => CountOf(each.Expression, model, cancellation),
        ForStatementSyntax { Declaration.Variables: [{ Initializer.Value: var first }], Condition: BinaryExpressionSyntax condition, Incrementors.Count: 1 }
            when condition.IsKind(SyntaxKind.LessThanExpression) || condition.IsKind(SyntaxKind.LessThanOrEqualExpression) =>
                model.GetConstantValue(first, cancellation).Value is int from && model.GetConstantValue(condition.Right, cancellation).Value is int to
                    ? to - from + (condition.IsKind(SyntaxKind.LessThanOrEqualExpression) ? 1 : 0)
                    : null,
        _ => null,
    };

    /// <summary>The items of a collection that is written out, there or where the variable that holds it is declared.</summary>
    public static int? CountOf(ExpressionSyntax collection, SemanticModel model, CancellationToken cancellation, bool follow = true) => collection switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => CountOf(inner, model, cancellation, follow),
        CastExpressionSyntax { Expression: var inner } => CountOf(inner, model, cancellation, follow),
        ImplicitArrayCreationExpressionSyntax { Initializer.Expressions.Count: var count } => count,
        ArrayCreationExpressionSyntax { Initializer.Expressions.Count: var count } => count,
        BaseObjectCreationExpressionSyntax { Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression, Expressions.Count: var count }, ArgumentList: null or { Arguments.Count: 0 } } => count,
        CollectionExpressionSyntax { Elements: var elements } when elements.All(element => element is ExpressionElementSyntax) => elements.Count,
        InitializerExpressionSyntax { Expressions.Count: var count } => count,
        IdentifierNameSyntax when follow && DeclaredOnce(collection, model, cancellation) is { } value => CountOf(value, model, cancellation, follow: false),
        _ => null,
    };

    /// <summary>What a variable or read-only field is made with that is never named but where it is gone over, or one of its items.</summary>
    private static ExpressionSyntax? DeclaredOnce(ExpressionSyntax name, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(name, cancellation).Symbol is { } symbol
        && symbol is ILocalSymbol or IFieldSymbol { IsReadOnly: true }
        && symbol.DeclaringSyntaxReferences is [{ } reference]
        && reference.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator
        && (symbol is not ILocalSymbol || IsNamedOnce(declarator, name))
            ? value
            : null;

    private static bool IsNamedOnce(VariableDeclaratorSyntax declarator, ExpressionSyntax name) =>
        declarator.FirstAncestorOrSelf<BlockSyntax>() is { } block
        && block.DescendantNodes().OfType<IdentifierNameSyntax>().All(other =>
            other == name || other.Identifier.ValueText != declarator.Identifier.ValueText || (other.Parent is ElementAccessExpressionSyntax { Expression: var whole } && whole == other));

    private static bool IsOfChunks(ExpressionSyntax collection) =>
        collection is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Chunk" } };

    private static bool IsOfOneAtMost(ExpressionSyntax collection, SemanticModel model, CancellationToken cancellation)
    {
        for (var part = collection; part is not null; part = part is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } } ? inner : null)
        {
            if (model.GetTypeInfo(part, cancellation).Type is { } type && Array.IndexOf(s_ofOneAtMost, type.Name) >= 0)
            {
                return true;
            }
        }

        return collection is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Take" },
            ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: 1 } }],
        };
    }

    /// <summary><c>true</c>, <c>running</c>, <c>!stopped</c>, <c>!token.IsCancellationRequested</c>.</summary>
    private static bool IsFlag(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => IsFlag(inner),
        PrefixUnaryExpressionSyntax { Operand: var inner } => IsFlag(inner) || (inner is MemberAccessExpressionSyntax access && Array.IndexOf(s_ends, access.Name.Identifier.ValueText) >= 0),
        LiteralExpressionSyntax or IdentifierNameSyntax => true,
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.LogicalAndExpression) || binary.IsKind(SyntaxKind.LogicalOrExpression) => IsFlag(binary.Left) && IsFlag(binary.Right),
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.EqualsExpression) || binary.IsKind(SyntaxKind.NotEqualsExpression) =>
            binary.Right.IsKind(SyntaxKind.TrueLiteralExpression) || binary.Right.IsKind(SyntaxKind.FalseLiteralExpression),
        _ => false,
    };

    /// <summary>A part of it is a flag that ends the loop where something has succeeded: <c>attempt &lt; 3 &amp;&amp; !done</c>.</summary>
    private static bool HasFlag(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => HasFlag(inner),
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.LogicalAndExpression) => HasFlag(binary.Left) || HasFlag(binary.Right),
        PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax } => true,
        _ => false,
    };
}
