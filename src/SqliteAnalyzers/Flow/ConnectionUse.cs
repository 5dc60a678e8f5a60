using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SqliteAnalyzers.Flow;

/// <summary>What a connection is used for, over all of a method.</summary>
[Flags]
internal enum ConnectionUse
{
    None = 0,
    Reads = 1,
    Writes = 2,
    Checkpoints = 4,
    ChecksIntegrity = 8,
    BacksUp = 16,

    /// <summary>It is handed to code that cannot be looked into, which may do any of these, or configure it.</summary>
    Escapes = 32,

    /// <summary>A statement of which nothing is known runs on it.</summary>
    RunsUnknown = 64,

    /// <summary>It is opened by code that answers yes or no.</summary>
    IsOpenedToAnswer = 128,

    /// <summary>It is closed again.</summary>
    Closes = 256,
}

internal static class ConnectionUses
{
    public static ConnectionUse Of(ConnectionEvent e) => e switch
    {
        Opens { Operation: var open } when AnswersYesOrNo(open.Syntax) => ConnectionUse.IsOpenedToAnswer,
        Closes => ConnectionUse.Closes,
        ExecutesUnknown => ConnectionUse.RunsUnknown,
        Checkpoints => ConnectionUse.Checkpoints,
        BacksUp => ConnectionUse.BacksUp,
        Executes { Verb: "PRAGMA", Table: "integrity_check" or "quick_check" or "foreign_key_check" } => ConnectionUse.ChecksIntegrity,
        Executes { Verb: "PRAGMA" } => ConnectionUse.None,
        Executes { IsWrite: true } or Begins => ConnectionUse.Writes,
        Executes => ConnectionUse.Reads,
        _ => ConnectionUse.None,
    };
    /// <summary>Whether all that the method or local function around the code says is a boolean.</summary>
    private static bool AnswersYesOrNo(SyntaxNode code) => code.FirstAncestorOrSelf<SyntaxNode>(IsFunction) switch
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
