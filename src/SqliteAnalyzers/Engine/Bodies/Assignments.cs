using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Engine;

/// <summary>Where code writes a variable or member, by its syntax alone.</summary>
internal static class Assignments
{
    /// <summary>Whether what a name means gets a value here: by an assignment, alone or in a tuple, by <c>++</c> or <c>--</c>, by <c>ref</c> or by <c>out</c>.</summary>
    public static bool IsTarget(ExpressionSyntax name)
    {
        while (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
        {
            name = access;
        }

        return name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsTarget(tuple),
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind is not ((int)SyntaxKind.None or (int)SyntaxKind.InKeyword),
            RefExpressionSyntax => true,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
            _ => false,
        };
    }
}
