using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.CodeFixes.Editing;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Rules;

namespace SqliteAnalyzers.CodeFixes.Transactions;

/// <summary>
/// SQLITE4005: makes the declaration of the transaction a using declaration.
/// </summary>
/// <remarks>
/// Disposed after a commit or rollback a transaction does nothing more. What a BEGIN statement began has no object to dispose of: where
/// to roll back is left to the author.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TransactionLeftOpenFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) })]
public sealed class TransactionLeftOpenFix() : SqliteCodeFixProvider(Descriptors.TransactionLeftOpen, nameof(Descriptors.TransactionLeftOpen))
{
    private protected override ImmutableArray<FixVariant> Variants => ImmutableArray.Create(FixVariant.Plain);

    private protected override DocumentEdit? Compute(FixContext context, Diagnostic diagnostic, FixVariant variant)
    {
        if (diagnostic.Properties.TryGetValue(DiagnosticProperties.TransactionBegunBySql, out var isBySql) && isBySql == DiagnosticProperties.True
            || context.FindInvocation(diagnostic.Location.SourceSpan) is not { } call
            || DeclarationOf(call) is not { Parent: BlockSyntax or GlobalStatementSyntax } declaration
            || context.Root.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 }
            || context.Model.GetDeclaredSymbol(declaration.Declaration.Variables[0], context.CancellationToken) is not ILocalSymbol local
            || !IsTransaction(local.Type)
            || IsChanged(context, declaration, local)
            || Escapes(context, declaration, local))
        {
            return null;
        }

        var edit = new DocumentEdit { Title = "Dispose of the transaction with 'using'" };
        edit.Insert(declaration.SpanStart, "using ");
        return edit;
    }

    /// <summary>The declaration whose only variable begins with what the call gives back.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationOf(InvocationExpressionSyntax call)
    {
        ExpressionSyntax value = call;
        while (true)
        {
            switch (value.Parent)
            {
                case AwaitExpressionSyntax or CastExpressionSyntax or ParenthesizedExpressionSyntax:
                    value = (ExpressionSyntax)value.Parent;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } access when access.Expression == value:
                    value = configured;
                    break;
                case EqualsValueClauseSyntax
                {
                    Parent: VariableDeclaratorSyntax
                    {
                        Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Modifiers.Count: 0 } declaration }
                    }
                }:
                    return declaration;
                default:
                    return null;
            }
        }
    }

    private static bool IsTransaction(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            // A variable declared with var may be null.
            if (current.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString() is "System.Data.Common.DbTransaction" or "System.Data.IDbTransaction")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the variable is given another value, which a using variable cannot be.</summary>
    private static bool IsChanged(FixContext context, LocalDeclarationStatementSyntax declaration, ILocalSymbol local)
    {
        SyntaxNode scope = declaration.Parent is GlobalStatementSyntax ? context.Root : declaration.Parent!;
        return scope.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == local.Name
            && (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name
                || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
                || name.Parent is RefExpressionSyntax)
            && SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol, local));
    }

    /// <summary>Whether something else may hold the transaction, and end it when the block is over: a command that is told of it does not.</summary>
    private static bool Escapes(FixContext context, LocalDeclarationStatementSyntax declaration, ILocalSymbol local)
    {
        SyntaxNode scope = declaration.Parent is GlobalStatementSyntax ? context.Root : declaration.Parent!;
        return scope.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == local.Name
            && SymbolEqualityComparer.Default.Equals(context.Model.GetSymbolInfo(name, context.CancellationToken).Symbol, local)
            && (name.Parent is EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or InitializerExpressionSyntax
                || (name.Parent is AssignmentExpressionSyntax assignment && assignment.Right == name && !IsOfCommand(context, assignment.Left))
                || name.Ancestors().TakeWhile(outer => outer != scope).Any(outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)));
    }

    private static bool IsOfCommand(FixContext context, ExpressionSyntax target) =>
        context.Model.GetSymbolInfo(target, context.CancellationToken).Symbol is IPropertySymbol { Name: "Transaction" } property
        && !property.Locations.Any(location => location.IsInSource);
}
