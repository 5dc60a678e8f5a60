using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Rules;

/// <summary>Places of one member of which only one is come to: they stand in branches of one condition, or the first in one that leaves the member.</summary>
internal static class Branches
{
    /// <param name="first">A place.</param>
    /// <param name="second">A place after it.</param>
    public static bool Part(SyntaxNode first, SyntaxNode second) =>
        first.AncestorsAndSelf().FirstOrDefault(node => node.Span.Contains(second.Span)) is { } around
        && (Part(first, second, around) || IsLeft(first, around));

    /// <param name="first">A place.</param>
    /// <param name="second">A place after it.</param>
    /// <param name="around">The innermost node around both.</param>
    public static bool Part(SyntaxNode first, SyntaxNode second, SyntaxNode around) => around switch
    {
        IfStatementSyntax { Condition: var condition } => !condition.Span.Contains(first.Span),
        ConditionalExpressionSyntax { Condition: var condition } => !condition.Span.Contains(first.Span),
        SwitchStatementSyntax { Expression: var chosen } => first != second && !chosen.Span.Contains(first.Span),
        SwitchExpressionSyntax { GoverningExpression: var chosen } => first != second && !chosen.Span.Contains(first.Span),
        _ => false,
    };

    /// <remarks>What is left by an exception may be caught, and a lambda or local function returns to where it is called.</remarks>
    private static bool IsLeft(SyntaxNode first, SyntaxNode around)
    {
        var between = first.Ancestors().TakeWhile(node => node != around).ToArray();
        return between.Any(Leaves) && !between.Append(around).Any(node => node is TryStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
    }

    private static bool Leaves(SyntaxNode branch) => branch switch
    {
        ReturnStatementSyntax { Parent: IfStatementSyntax or ElseClauseSyntax } or ThrowStatementSyntax { Parent: IfStatementSyntax or ElseClauseSyntax } => true,
        BlockSyntax { Parent: IfStatementSyntax or ElseClauseSyntax, Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax] } => true,
        SwitchSectionSyntax { Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax] } => true,
        _ => false,
    };
}
