using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// A method of the project that executes the SQL it is handed.
/// </summary>
internal static class ExecutingMethod
{
    /// <summary>Whether the call is of one that may do more, as take a lock, try again or write a log: that is lost with the call.</summary>
    public static bool DoesMore(FixContext context, InvocationExpressionSyntax call) =>
        context.Model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol called
        && (called.ReducedFrom ?? called) is var method
        && method.Locations.Any(location => location.IsInSource)
        && (method.IsVirtual || method.IsAbstract || method.IsOverride || method.DeclaringSyntaxReferences.Any(reference => DoesMore(context, reference.GetSyntax(context.CancellationToken))));

    private static bool DoesMore(FixContext context, SyntaxNode declaration)
    {
        var model = declaration.SyntaxTree == context.Root.SyntaxTree ? context.Model : context.Model.Compilation.GetSemanticModel(declaration.SyntaxTree);
        return declaration.DescendantNodes().Any(node => node switch
        {
            LockStatementSyntax or TryStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax => true,
            AssignmentExpressionSyntax { Left: var target } => model.GetSymbolInfo(target, context.CancellationToken).Symbol is IFieldSymbol or IPropertySymbol { Locations: [{ IsInSource: true }, ..] },
            InvocationExpressionSyntax inner => model.GetSymbolInfo(inner, context.CancellationToken).Symbol is not IMethodSymbol { ContainingNamespace: var space } || !IsOfDatabase(space.ToDisplayString()),
            _ => false,
        });
    }

    private static bool IsOfDatabase(string space) =>
        space is "System.Data" or "System.Data.Common" or "Microsoft.Data.Sqlite" or "Dapper" or "System.Threading.Tasks" || space.StartsWith("Microsoft.EntityFrameworkCore", System.StringComparison.Ordinal);
}
