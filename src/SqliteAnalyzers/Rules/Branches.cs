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
        && (Part(first, second, around) || first.Ancestors().TakeWhile(node => node != around).Any(Leaves));

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

    private static bool Leaves(SyntaxNode branch) => branch switch
    {
        BlockSyntax { Parent: IfStatementSyntax or ElseClauseSyntax, Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax] } => true,
        SwitchSectionSyntax { Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax] } => true,
        _ => false,
    };
}
