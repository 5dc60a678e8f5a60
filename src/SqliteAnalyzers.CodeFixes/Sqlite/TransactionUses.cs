using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;

namespace SqliteAnalyzers.CodeFixes.Sqlite;

/// <summary>
/// Whether all that a program does with a transaction is to begin it, to run commands in it and to end it where one can see:
/// then a commit can be put at another place, and comes once.
/// </summary>
internal sealed class TransactionUses
{
    private const int MaxDepth = 4;

    private readonly FixContext _context;
    private readonly SyntaxNode _place;
    private readonly IReadOnlyList<SyntaxNode> _moved;

    /// <param name="context">The document.</param>
    /// <param name="place">Where the commit is to be.</param>
    /// <param name="moved">The commit that goes there from another place.</param>
    public TransactionUses(FixContext context, SyntaxNode place, IReadOnlyList<SyntaxNode> moved)
    {
        _context = context;
        _place = place;
        _moved = moved;
    }

    public bool ArePlain(ISymbol transaction)
    {
        var begins = 0;
        foreach (var (name, model) in UsesOf(transaction))
        {
            if (_moved.Any(moved => moved.SyntaxTree == name.SyntaxTree && moved.Span.Contains(name.Span)))
            {
                continue;
            }

            var use = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : (ExpressionSyntax)name;
            if (use.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == use)
            {
                if (!IsBegin(assignment.Right) || ++begins > 1)
                {
                    return false;
                }
            }
            else if (!IsEnlisting(use, model, MaxDepth) && !IsEnd(use))
            {
                return false;
            }
        }

        return transaction is not ILocalSymbol local || begins == 0 || local.DeclaringSyntaxReferences is [var reference]
            && reference.GetSyntax(_context.CancellationToken) is VariableDeclaratorSyntax { Initializer: null };
    }

    /// <summary>Whether the use hands the transaction to a command, by itself or through a method that does nothing else with it.</summary>
    private bool IsEnlisting(ExpressionSyntax use, SemanticModel model, int depth)
    {
        switch (use.Parent)
        {
            case AssignmentExpressionSyntax { Left: var target } assignment when assignment.Right == use:
                return model.GetSymbolInfo(target, _context.CancellationToken).Symbol is IPropertySymbol { Name: "Transaction", ContainingType: { } owner } && owner.IsA("IDbCommand");

            case ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax created }:
                return model.GetTypeInfo(created, _context.CancellationToken).Type is { } type && type.IsA("IDbCommand") && type.DeclaringSyntaxReferences.Length == 0;

            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } arguments } argument:
                return model.GetSymbolInfo(call, _context.CancellationToken).Symbol is IMethodSymbol method
                    && (IsDapper(method)
                        || depth > 0 && ParameterOf(method, argument, arguments) is { } parameter && method is { IsAbstract: false, IsVirtual: false, IsOverride: false }
                        && method.DeclaringSyntaxReferences.Length == 1
                        && UsesOf(parameter).All(inner => IsEnlisting(inner.Name, inner.Model, depth - 1)));

            default:
                return false;
        }
    }

    /// <summary>Whether the use disposes of it, or rolls back where the place of the commit is not reached.</summary>
    private bool IsEnd(ExpressionSyntax use)
    {
        if (use.Parent is UsingStatementSyntax)
        {
            return true;
        }

        var name = use.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member, Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } } => member,
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: var member } } } => member,
            _ => null,
        };

        return name is "Dispose" or "DisposeAsync"
            || name is "Rollback" or "RollbackAsync"
            && use.SpanStart < _place.SpanStart
            && use.FirstAncestorOrSelf<StatementSyntax>()?.Parent is BlockSyntax block
            && !block.Span.Contains(_place.Span)
            && block.Statements.Last() is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax;
    }

    private IEnumerable<(IdentifierNameSyntax Name, SemanticModel Model)> UsesOf(ISymbol symbol) =>
        from scope in ScopesOf(symbol)
        let model = scope.SyntaxTree == _context.Root.SyntaxTree ? _context.Model : _context.Model.Compilation.GetSemanticModel(scope.SyntaxTree)
        from name in scope.DescendantNodes().OfType<IdentifierNameSyntax>()
        where name.Identifier.ValueText == symbol.Name
            && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, _context.CancellationToken).Symbol, symbol)
        select (name, model);

    /// <summary>The code that can name it.</summary>
    private IEnumerable<SyntaxNode> ScopesOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol or IPropertySymbol => symbol.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_context.CancellationToken)),
        IParameterSymbol => symbol.ContainingSymbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_context.CancellationToken)),
        _ => symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(_context.CancellationToken))
            .Select(declaration => declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? declaration.SyntaxTree.GetRoot(_context.CancellationToken)),
    };

    private static IParameterSymbol? ParameterOf(IMethodSymbol method, ArgumentSyntax argument, ArgumentListSyntax arguments)
    {
        var definition = method.ReducedFrom ?? method;
        var index = arguments.Arguments.IndexOf(argument) + (method.ReducedFrom is null ? 0 : 1);
        return argument.NameColon is { Name.Identifier.ValueText: var name }
            ? definition.Parameters.FirstOrDefault(parameter => parameter.Name == name)
            : definition.Parameters.ElementAtOrDefault(index) is { IsParams: false } parameter ? parameter : null;
    }

    private static bool IsBegin(ExpressionSyntax value) =>
        value.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().Any(access => access.Name.Identifier.ValueText.StartsWith("BeginTransaction", StringComparison.Ordinal));

    private static bool IsDapper(IMethodSymbol method) => method.ContainingType is { Name: "SqlMapper", ContainingNamespace.Name: "Dapper" };
}
