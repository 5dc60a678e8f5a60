using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;

namespace SqliteAnalyzers.Rules.Transactions;

/// <summary>What the source says of a write in a loop.</summary>
internal static class RepeatedWrite
{
    /// <summary>Rounds of which one writes, that are as many as a batch has.</summary>
    private const int Many = 10;

    private static readonly string[] s_writeVerbs = ["UPDATE ", "DELETE ", "INSERT "];

    /// <summary>Whether it is executed once in so many rounds: <c>if (i % 1000 == 0)</c>.</summary>
    public static bool IsOfManyRounds(SyntaxNode? write) => ConditionsOf(write).Any(condition => condition.DescendantNodesAndSelf().Any(node =>
        node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Left: var counted }
        && counted.DescendantNodesAndSelf().Any(part => part is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.ModuloExpression, Right: var divisor }
            && !(divisor is LiteralExpressionSyntax { Token.Value: int few } && few < Many))));

    /// <summary>Whether a loop counts its rounds one by one, and nothing in it skips some or ends it before.</summary>
    public static bool IsCountedOut(SyntaxNode? loop) =>
        loop is ForStatementSyntax { Declaration.Variables: [{ Identifier.ValueText: var counter }], Incrementors: [var step], Statement: var round }
        && step is PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or AssignmentExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: 1 } }
        && !round.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node switch
        {
            ReturnStatementSyntax or GotoStatementSyntax { RawKind: (int)SyntaxKind.GotoStatement } or YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement } => true,
            BreakStatementSyntax => node.Ancestors().First(static outer => outer is SwitchStatementSyntax || LoopRounds.IsLoop(outer)) == loop,
            IdentifierNameSyntax name => name.Identifier.ValueText == counter && Assignments.IsTarget(name),
            _ => false,
        });

    /// <summary>Whether the loop goes on by what the write has answered: until no row is left, or until one is stored.</summary>
    public static bool DecidesOnNextRound(SyntaxNode? write) =>
        write is not null
        && RoundOf(write) is { } round
        && ConditionOf(round) is { } condition
        && (condition.Span.Contains(write.Span) || (VariableOf(write) is { } name && Names(condition, name)));

    /// <summary>
    /// Whether the loop goes on while it can claim a row, as one over a queue does: what is done with each must be kept by itself.
    /// </summary>
    public static bool FollowsClaim(SyntaxNode? write) =>
        write is not null
        && RoundOf(write) is { } round
        && ConditionOf(round) is { } condition
        && condition.DescendantTokens().Any(token => s_writeVerbs.Any(verb => token.ValueText.TrimStart().StartsWith(verb, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// Whether a round writes as many rows at once as it takes of what is left, as a chunk is: <c>i += 500</c>, or what the condition asks
    /// for in <c>Math.Min(left, 500)</c>. Such rounds are made so that each is over soon.
    /// </summary>
    public static bool WritesPortion(SyntaxNode? write) => write is not null && RoundOf(write) is { } round
        && ((round is ForStatementSyntax { Incrementors: var steps } && steps.Any(IsOfMany))
            || (ConditionOf(round) is { } condition && round.DescendantNodes().Any(node => IsPortionOf(node, condition))));

    private static bool IsOfMany(ExpressionSyntax step) =>
        step is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression, Right: var size } && !(size is LiteralExpressionSyntax { Token.Value: int few } && few < Many);

    private static bool IsPortionOf(SyntaxNode node, ExpressionSyntax condition) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Min", Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" } }, ArgumentList: var parts }
        && parts.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Parent is not InvocationExpressionSyntax && Names(condition, name.Identifier.ValueText));

    /// <summary>Whether a round adds many objects and saves them together, as one batch of several does, or only where it has gathered enough of them.</summary>
    public static bool SavesMany(SyntaxNode? save) => save is not null && RoundOf(save) is { } round
        && (round.DescendantNodes().Any(node => LoopRounds.IsLoop(node) || node is IdentifierNameSyntax { Identifier.ValueText: "AddRange" or "AddRangeAsync" or "UpdateRange" or "RemoveRange" or "AttachRange" })
            || ConditionsOf(save).Any(condition => IsOfGathered(condition, round)));

    /// <summary>Whether something is asked of what the rounds count or gather.</summary>
    private static bool IsOfGathered(ExpressionSyntax condition, SyntaxNode round)
    {
        var asked = new HashSet<string>(condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText), StringComparer.Ordinal);
        return round.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => asked.Contains(name.Identifier.ValueText)
            && (Assignments.IsTarget(name) || name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Parent: InvocationExpressionSyntax }));
    }

    private static SyntaxNode? RoundOf(SyntaxNode write) => write.Ancestors().FirstOrDefault(LoopRounds.IsLoop);

    /// <summary>What is asked between the beginning of a round and the write.</summary>
    private static IEnumerable<ExpressionSyntax> ConditionsOf(SyntaxNode? write) => write is null || RoundOf(write) is not { } round
        ? []
        : write.Ancestors().TakeWhile(node => node != round).OfType<IfStatementSyntax>().Where(branch => branch.Statement.Span.Contains(write.Span)).Select(branch => branch.Condition);

    private static ExpressionSyntax? ConditionOf(SyntaxNode round) => round switch
    {
        WhileStatementSyntax { Condition: var condition } => condition,
        DoStatementSyntax { Condition: var condition } => condition,
        ForStatementSyntax { Condition: var condition } => condition,
        _ => null,
    };

    /// <summary>The variable that holds what the write has answered.</summary>
    private static string? VariableOf(SyntaxNode write) => write.Ancestors().FirstOrDefault(node => node is not (AwaitExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax)) switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } } => name,
        _ => null,
    };

    private static bool Names(ExpressionSyntax condition, string variable) =>
        condition.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == variable);
}
