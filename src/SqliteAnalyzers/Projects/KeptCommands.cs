using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Commands that a member keeps from one call of a method to the next.</summary>
internal static class KeptCommands
{
    /// <summary>Whether any code may tell the command a transaction, or hands it to code that may.</summary>
    public static bool MayBeTold(FlowEngine engine, ObjectMember keeper, CancellationToken cancellation) =>
        engine.SymbolOf(keeper) is not { } symbol
        || new Mentions(engine.Project, engine.Compilation.SyntaxTrees.ToArray()).Of(symbol, cancellation).Any(name => !IsOnlyUsed(name, engine.Bodies.ModelOf(name.SyntaxTree), cancellation));

    /// <summary>Whether the command is kept here, executed, or asked or told anything else.</summary>
    private static bool IsOnlyUsed(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellation)
    {
        ExpressionSyntax command = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : name;
        while (command.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } or ParenthesizedExpressionSyntax)
        {
            command = (ExpressionSyntax)command.Parent;
        }

        return command.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression == command && IsOwn(access.Name),
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax called } } asked => asked.Expression == command && IsOwn(called.Name),
            AssignmentExpressionSyntax { Right: not InitializerExpressionSyntax, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax } assignment => assignment.Left == command,
            _ => false,
        };

        // An extension method is handed the command as any other.
        bool IsOwn(SimpleNameSyntax member) =>
            member.Identifier.ValueText != "Transaction" && model.GetSymbolInfo(member, cancellation).Symbol is not (null or IMethodSymbol { IsExtensionMethod: true });
    }
}
