using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>Where the code uses a text: as it is written, and by the name of what is given it or gives it back.</summary>
/// <param name="mentions">Knows where names stand.</param>
/// <param name="modelOf">The semantic model of a tree.</param>
internal sealed class TextUses(Mentions mentions, Func<SyntaxTree, SemanticModel> modelOf)
{
    public IEnumerable<ExpressionSyntax> Of(ExpressionSyntax text, CancellationToken cancellation)
    {
        var chain = BuiltTexts.AdditionOf(text) is { } addition ? ChainAround(addition).ToArray() : [];
        var named = NamedBy(chain.LastOrDefault() ?? text, cancellation) ?? BuilderOf(chain, cancellation);
        return chain.Prepend(text).Concat(named is null ? [] : NamesOf(named, text, cancellation).Select(WholeOf).SelectMany(use => ElementsIn(use).Prepend(use)));
    }

    /// <summary>What stands for an element of a list where the list is used: <c>list[0]</c>, the variable of a loop over it, the parameter of a lambda that is called with each.</summary>
    private static IEnumerable<ExpressionSyntax> ElementsIn(ExpressionSyntax list) => list.Parent switch
    {
        ElementAccessExpressionSyntax element => element.Expression == list ? [element] : [],
        ForEachStatementSyntax loop => NamesIn(loop.Statement, loop.Identifier),
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } =>
            call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<SimpleLambdaExpressionSyntax>().SelectMany(lambda => NamesIn(lambda.Body, lambda.Parameter.Identifier)),
        _ => [],
    };

    private static IEnumerable<ExpressionSyntax> NamesIn(SyntaxNode code, SyntaxToken name) =>
        code.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == name.ValueText);

    /// <summary>An addition to a builder, and the calls on what it gives back.</summary>
    private static IEnumerable<ExpressionSyntax> ChainAround(ExpressionSyntax addition)
    {
        for (ExpressionSyntax? call = addition; call is not null; call = (call.Parent as MemberAccessExpressionSyntax)?.Parent as InvocationExpressionSyntax)
        {
            yield return call;
        }
    }

    /// <summary>The variable that a chain of calls begins with.</summary>
    private ISymbol? BuilderOf(ExpressionSyntax[] chain, CancellationToken cancellation)
    {
        var root = chain.FirstOrDefault();
        while (root is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } })
        {
            root = receiver;
        }

        return root is SimpleNameSyntax ? modelOf(root.SyntaxTree).GetSymbolInfo(root, cancellation).Symbol : null;
    }

    /// <summary>The variable, field, property or method whose value the text is, or the list that it is in.</summary>
    private ISymbol? NamedBy(ExpressionSyntax text, CancellationToken cancellation) => text.Parent switch
    {
        InitializerExpressionSyntax { RawKind: not (int)SyntaxKind.ObjectInitializerExpression, Parent: ExpressionSyntax list } => NamedBy(list, cancellation),
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression, Parent: EqualsValueClauseSyntax } list => NamedBy((ExpressionSyntax)list, cancellation),
        ExpressionElementSyntax { Parent: ExpressionSyntax list } => NamedBy(list, cancellation),
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax or PropertyDeclarationSyntax } value => modelOf(text.SyntaxTree).GetDeclaredSymbol(value.Parent!, cancellation),
        ArrowExpressionClauseSyntax { Parent: { } member } => Declared(member, cancellation),
        ReturnStatementSyntax when text.Ancestors().FirstOrDefault(IsFunction) is { } function => Declared(function, cancellation),
        AssignmentExpressionSyntax assignment => modelOf(text.SyntaxTree).GetSymbolInfo(assignment.Left, cancellation).Symbol,
        _ => null,
    };

    private static bool IsFunction(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    private ISymbol? Declared(SyntaxNode function, CancellationToken cancellation) =>
        modelOf(function.SyntaxTree).GetDeclaredSymbol(function, cancellation) is var symbol && symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : symbol;

    /// <remarks>Of what is declared elsewhere, as the text of a command, the member that writes the text is looked at.</remarks>
    private IEnumerable<SimpleNameSyntax> NamesOf(ISymbol named, ExpressionSyntax text, CancellationToken cancellation) => named.DeclaringSyntaxReferences.IsEmpty
        ? (text.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? text.SyntaxTree.GetRoot(cancellation))
            .DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText == named.Name)
        : mentions.Of(named, cancellation).Where(name => SymbolEqualityComparer.Default.Equals(modelOf(name.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, named.OriginalDefinition));

    /// <summary><c>a.b.name</c> for its last name, and the call of a method.</summary>
    private static ExpressionSyntax WholeOf(SimpleNameSyntax name)
    {
        ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return whole.Parent as InvocationExpressionSyntax ?? whole;
    }
}
