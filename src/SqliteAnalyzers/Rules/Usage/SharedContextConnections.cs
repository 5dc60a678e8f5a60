using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>Finds the one connection that all contexts of a web application are given: each request has a context of its own, on a thread of its own.</summary>
internal sealed class SharedContextConnections(SemanticModel model, ProjectFacts project, CancellationToken cancellation)
{
    private static readonly HashSet<string> s_registrations = new(StringComparer.Ordinal) { "AddDbContext", "AddDbContextPool", "AddDbContextFactory", "AddPooledDbContextFactory" };

    /// <summary>The connection that is handed over, its name, and who else uses it; null where the node hands over none.</summary>
    public (SyntaxNode Use, string Name, string Others)? SharedIn(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "UseSqlite" }, ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } argument, ..] } call
        && call.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().FirstOrDefault() is { Parent.Parent.Parent: InvocationExpressionSyntax registration } options
        && DriverCalls.NameOf(registration) is { Identifier.ValueText: var name } && s_registrations.Contains(name)
        && ThreadedCode.IsConnection(model.GetTypeInfo(argument.Expression, cancellation).Type)
        && model.GetSymbolInfo(argument.Expression, cancellation).Symbol is { } connection and (ILocalSymbol or IFieldSymbol)
        && connection.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == model.SyntaxTree && reference.GetSyntax(cancellation) is VariableDeclaratorSyntax declarator
        && !options.Span.Contains(declarator.Span)
        && IsToFile(declarator)
            ? (argument.Expression, connection.Name, "every other request")
            : null;

    /// <summary>Whether it certainly is no database in memory, which only one connection can keep.</summary>
    private bool IsToFile(VariableDeclaratorSyntax declarator)
    {
        if (declarator.Initializer?.Value is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var text, ..] })
        {
            return false;
        }

        var texts = ConstantTexts.Of(text.Expression, model, cancellation).ToArray();
        return Array.TrueForAll(texts, each => each is null
            ? !project.MentionsMemoryOrReadOnly
            : ConnectionStringText.Parse(each) is { IsMemory: false });
    }
}
