using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// The lambdas and local functions around a place: when they run, and how often, another may decide.
/// </summary>
internal sealed class FunctionsAround(FixContext context, SyntaxNode place)
{
    /// <summary>
    /// To how many findings at once an edit may be applied that does something on the connection: one that a function shares with the code
    /// around it must not be used on another thread at all, and beside its own the function may run a second time there.
    /// </summary>
    /// <param name="connection">The connection; null if the edit opens one.</param>
    public FixReach ReachOf(NamedValue? connection)
    {
        var reach = FixReach.All;
        foreach (var function in place.AncestorsAndSelf())
        {
            var (limit, isOnOtherThread) = function switch
            {
                LocalFunctionStatementSyntax local => ReachOf(local),
                AnonymousFunctionExpressionSyntax lambda => ReachOf(lambda),
                _ => (FixReach.All, false),
            };
            if (limit < reach && (isOnOtherThread || !Owns(function, connection)))
            {
                reach = limit;
            }
        }

        return reach;
    }

    /// <summary>Whether the connection was made by the function itself, or by the fix in it.</summary>
    private static bool Owns(SyntaxNode function, NamedValue? connection) =>
        connection?.Symbol is null
        || connection.Symbol is ILocalSymbol or IParameterSymbol
            && connection.Symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == function.SyntaxTree && function.Span.Contains(reference.Span));

    private (FixReach Limit, bool IsOnOtherThread) ReachOf(AnonymousFunctionExpressionSyntax lambda) => lambda.Parent is ArgumentSyntax argument ? ReachOf(argument) : (FixReach.One, false);

    private (FixReach Limit, bool IsOnOtherThread) ReachOf(LocalFunctionStatementSyntax local)
    {
        if (context.Model.GetDeclaredSymbol(local, context.CancellationToken) is not { } function)
        {
            return (FixReach.None, false);
        }

        var handedOn = Names.UsesOf(context, function, Names.MemberAround(context, local)).Where(use => use.Parent is not InvocationExpressionSyntax).ToList();
        return handedOn.Count == 0
            ? (FixReach.All, false)
            : (FixReach.None, handedOn.Exists(use => use.Parent is ArgumentSyntax argument && ReachOf(argument).IsOnOtherThread));
    }

    /// <summary>What is called one after another by <c>ForEach</c> and the like, or at once by code that is here, is for one place; by other code, for none.</summary>
    private (FixReach Limit, bool IsOnOtherThread) ReachOf(ArgumentSyntax handed)
    {
        if (handed.Parent?.Parent is not ExpressionSyntax call)
        {
            return (FixReach.One, false);
        }

        if (context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol called)
        {
            return (FixReach.None, false);
        }

        var space = called.ContainingNamespace?.ToDisplayString() ?? "";
        return space is "System.Collections.Generic" or "System.Linq"
            || called is { Name: "ForEach", ContainingType.SpecialType: SpecialType.System_Array }
            || called.Locations.Any(location => location.IsInSource)
                ? (FixReach.One, false)
                : (FixReach.None, space.StartsWith("System.Threading", StringComparison.Ordinal));
    }
}
