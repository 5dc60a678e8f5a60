using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// Calls of Entity Framework Core.
/// </summary>
internal static class EntityFramework
{
    /// <summary>What stands for the database where the call runs SQL on it: <c>context.Database</c>.</summary>
    public static ExpressionSyntax? DatabaseOf(FixContext context, InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var database }
        && context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol
        {
            ReducedFrom: not null,
            ContainingType: { Name: "RelationalDatabaseFacadeExtensions", ContainingNamespace: var space },
        }
        && space.ToDisplayString() == "Microsoft.EntityFrameworkCore"
            ? database
            : null;
}
