using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Rules.Checkpoints;

/// <summary>Tells whether the program looks at what a call answers.</summary>
internal static class ResultUsage
{
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

    /// <summary>A reader is looked at where a column is read; reading the row or closing it is not enough.</summary>
    private static bool IsMentionedLater(SyntaxToken variable, SyntaxNode value)
    {
        var member = value.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var code = member is GlobalStatementSyntax ? member.Parent : member;
        var isLocal = code?.DescendantNodes().Any(node =>
            node is VariableDeclaratorSyntax declarator && declarator.Identifier.ValueText == variable.ValueText && node.FirstAncestorOrSelf<BaseFieldDeclarationSyntax>() is null);
        return isLocal != true || code!.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == variable.ValueText
            && name.SpanStart > value.SpanStart
            && !(name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name)
            && !IsOnlySteppedOrClosed(name));
    }

    private static bool IsOnlySteppedOrClosed(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access
        && access.Expression == name
        && access.Name.Identifier.ValueText is "Read" or "ReadAsync" or "Close" or "CloseAsync" or "Dispose" or "DisposeAsync" or "NextResult";
}
