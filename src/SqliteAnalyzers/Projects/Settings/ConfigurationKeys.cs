using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>The keys of the configuration whose values the project gives to SQLite as connection strings.</summary>
/// <param name="project">Knows which members mention what.</param>
/// <param name="trees">The files of the project.</param>
/// <param name="modelOf">The semantic model of a tree.</param>
/// <param name="destinations">Knows where a value goes.</param>
internal sealed class ConfigurationKeys(ProjectIndex project, IReadOnlyList<SyntaxTree> trees, Func<SyntaxTree, SemanticModel> modelOf, TextDestinations destinations)
{
    private const string ConnectionStrings = "ConnectionStrings";

    private HashSet<string>? _known;

    public bool GoToSqlite(string path, CancellationToken cancellation) => (_known ??= Find(cancellation)).Contains(path);

    /// <remarks>Worked out by whoever asks first; two who ask at once both work it out, and find the same.</remarks>
    private HashSet<string> Find(CancellationToken cancellation)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tree in trees)
        {
            foreach (var member in project.Of(tree)?.Members ?? [])
            {
                if ((member.Words & (Words.Setting | Words.Sqlite | Words.SetsWal)) == 0)
                {
                    continue;
                }

                foreach (var node in TreeIndex.NodesOf(member, tree.GetRoot(cancellation)))
                {
                    if (node is ExpressionSyntax expression && IsRead(expression) && KeyOf(expression, modelOf(tree), cancellation) is { } key
                        && destinations.IncludeSqlite(expression, cancellation))
                    {
                        found.Add(key);
                    }
                }
            }
        }

        return found;
    }

    private static bool IsRead(ExpressionSyntax expression) => expression
        is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetConnectionString" or "GetValue" }, ArgumentList.Arguments.Count: > 0 }
        or InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "GetConnectionString" or "GetValue" }, ArgumentList.Arguments.Count: > 0 }
        or ElementAccessExpressionSyntax { ArgumentList.Arguments.Count: 1 };

    private static string? KeyOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) => expression switch
    {
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var name }, ..] } call => TextOf(name, model, cancellation) is not { } text ? null
            : call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetValue" } getter ? SectionOf(getter.Expression, model, cancellation) + text
            : call.Expression is MemberBindingExpressionSyntax { Name.Identifier.ValueText: "GetValue" } ? text
            : $"{ConnectionStrings}:{text}",
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: var name }] } element
            when TextOf(name, model, cancellation) is { } text && IsConfiguration(model.GetTypeInfo(element.Expression, cancellation).Type) =>
            SectionOf(element.Expression, model, cancellation) + text,
        _ => null,
    };

    /// <summary>What <c>GetSection("…")</c> puts in front of a key.</summary>
    private static string SectionOf(ExpressionSyntax configuration, SemanticModel model, CancellationToken cancellation) =>
        configuration is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetSection" or "GetRequiredSection", Expression: var outer },
            ArgumentList.Arguments: [{ Expression: var name }],
        } && TextOf(name, model, cancellation) is { } text
            ? $"{SectionOf(outer, model, cancellation)}{text}:"
            : "";

    private static string? TextOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) =>
        model.GetConstantValue(expression, cancellation).Value as string;

    private static bool IsConfiguration(ITypeSymbol? type) =>
        type is not null && (type.Name.StartsWith("IConfiguration", StringComparison.Ordinal) || type.AllInterfaces.Any(implemented => implemented.Name == "IConfiguration"));
}
