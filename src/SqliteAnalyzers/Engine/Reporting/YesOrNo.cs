using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Engine;

/// <summary>Whether all that a method or local function gives back is a boolean.</summary>
internal static class YesOrNo
{
    public static bool IsAnsweredBy(SyntaxNode code) => code.FirstAncestorOrSelf<SyntaxNode>(IsFunction) switch
    {
        MethodDeclarationSyntax method => IsBoolean(method.ReturnType),
        LocalFunctionStatementSyntax function => IsBoolean(function.ReturnType),
        _ => false,
    };

    private static bool IsFunction(SyntaxNode node) => node is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    private static bool IsBoolean(TypeSyntax type) => type switch
    {
        PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.BoolKeyword } => true,
        GenericNameSyntax { Identifier.ValueText: "Task" or "ValueTask", TypeArgumentList.Arguments: [var result] } => IsBoolean(result),
        QualifiedNameSyntax qualified => IsBoolean(qualified.Right),
        _ => false,
    };
}
