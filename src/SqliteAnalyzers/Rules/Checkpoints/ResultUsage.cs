using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>Tells whether the program looks at what a call answers.</summary>
internal static class ResultUsage
{
    /// <summary>The columns of the row beside busy.</summary>
    private static readonly HashSet<string> s_counts = new(StringComparer.OrdinalIgnoreCase) { "log", "checkpointed" };

    public static bool IsRead(SyntaxNode call)
    {
        var value = call;
        while (value.Parent is ParenthesizedExpressionSyntax or AwaitExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax
            || IsConfigureAwait(value.Parent))
        {
            value = value.Parent!;
        }

        return value.Parent switch
        {
            ExpressionStatementSyntax => false,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } => false,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => IsMentionedLater(name.Identifier, value),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => IsMentionedLater(variable.Identifier, value),
            UsingStatementSyntax => false,
            ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } } => false,
            _ => true,
        };
    }

    private static bool IsConfigureAwait(SyntaxNode? node) => node switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } } => true,
        _ => false,
    };

    /// <summary>A reader is looked at where the busy column may be read; reading the row, its other columns or closing it is not enough.</summary>
    private static bool IsMentionedLater(SyntaxToken variable, SyntaxNode value)
    {
        var member = value.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var code = member is GlobalStatementSyntax ? member.Parent : member;
        var isLocal = code?.DescendantNodes().Any(node =>
            node is VariableDeclaratorSyntax declarator && declarator.Identifier.ValueText == variable.ValueText && node.FirstAncestorOrSelf<BaseFieldDeclarationSyntax>() is null);
        return isLocal != true || MentionsOf(variable, code!).Any(name =>
            name.SpanStart > value.SpanStart
            && !(name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name)
            && !IsOnlySteppedOrClosed(name)
            && !(ReadOfCount(name) is { } count && !IsCompared(count, code!)));
    }

    private static IEnumerable<IdentifierNameSyntax> MentionsOf(SyntaxToken variable, SyntaxNode code) =>
        code.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.ValueText);

    private static bool IsOnlySteppedOrClosed(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access
        && access.Expression == name
        && access.Name.Identifier.ValueText is "Read" or "ReadAsync" or "Close" or "CloseAsync" or "Dispose" or "DisposeAsync" or "NextResult";

    /// <summary>The read of a column after the first, if that is what a data reader is mentioned for.</summary>
    private static ExpressionSyntax? ReadOfCount(IdentifierNameSyntax reader)
    {
        var (read, column) = reader.Parent switch
        {
            ElementAccessExpressionSyntax { ArgumentList.Arguments: [var index] } element when element.Expression == reader => (element, index.Expression),
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [var ordinal] } call } access when access.Expression == reader =>
                ((ExpressionSyntax)call, ordinal.Expression),
            _ => (null, null),
        };
        return column switch
        {
            LiteralExpressionSyntax { Token.Value: int number } when number > 0 => read,
            LiteralExpressionSyntax { Token.Value: string name } when s_counts.Contains(name) => read,
            InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string name } }] } when s_counts.Contains(name) => read,
            _ => null,
        };
    }

    /// <summary>Whether the counts are held against each other, which tells as well whether the checkpoint was complete.</summary>
    private static bool IsCompared(ExpressionSyntax count, SyntaxNode code) =>
        IsInComparison(count)
        || (count.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } variable && MentionsOf(variable.Identifier, code).Any(IsInComparison));

    private static bool IsInComparison(SyntaxNode node) => node.Ancestors()
        .TakeWhile(ancestor => ancestor is ExpressionSyntax)
        .Any(ancestor => ancestor is BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression
                or (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression
                or (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression,
        });
}
