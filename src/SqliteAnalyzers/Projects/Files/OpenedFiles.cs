using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>A place where code says which file a connection opens.</summary>
/// <param name="Paths">The names of the file (<see cref="PathNames"/>).</param>
/// <param name="Text">The expression that names it.</param>
/// <param name="Member">The member it stands in.</param>
/// <param name="IsPooled">Whether the connection is kept open when it is closed.</param>
/// <param name="IsContext">Whether Entity Framework Core opens it, which puts a database that it makes in WAL mode.</param>
/// <param name="IsBackup">Whether it is what BackupDatabase writes.</param>
internal sealed record OpenedFile(IReadOnlyCollection<string> Paths, ExpressionSyntax Text, TreeIndex.MemberEntry Member, bool IsPooled, bool IsContext, bool IsBackup);

/// <summary>The files that the project opens as databases through Microsoft.Data.Sqlite.</summary>
/// <param name="project">Knows which members mention what.</param>
/// <param name="trees">The files of the project.</param>
/// <param name="modelOf">The semantic model of a tree.</param>
/// <param name="api">Knows who takes a connection string.</param>
internal sealed class OpenedFiles(ProjectIndex project, IReadOnlyList<SyntaxTree> trees, Func<SyntaxTree, SemanticModel> modelOf, ConnectionSettingsApi api)
{
    private readonly Mentions _mentions = new(project, trees);
    private readonly PathNames.Known _known = new();
    private IReadOnlyList<OpenedFile>? _all;

    /// <remarks>Worked out by whoever asks first; two who ask at once both work it out, and find the same.</remarks>
    public IReadOnlyList<OpenedFile> All(CancellationToken cancellation) => _all ??= [.. Find(cancellation)];

    public PathNames Names(ParameterValue ofParameter, CancellationToken cancellation) => new(_mentions, modelOf, api, _known, ofParameter, cancellation);

    private IEnumerable<OpenedFile> Find(CancellationToken cancellation)
    {
        var names = Names(ParameterValue.OfAnyCaller, cancellation);
        foreach (var tree in trees)
        {
            foreach (var member in project.Of(tree)?.Members ?? [])
            {
                if ((member.Words & (Words.Sqlite | Words.SetsWal | Words.DataSource)) == 0)
                {
                    continue;
                }

                foreach (var node in TreeIndex.NodesOf(member, tree.GetRoot(cancellation)))
                {
                    foreach (var (text, isContext) in TextsIn(node, modelOf(tree), cancellation))
                    {
                        if (Opened(names.Of(text), text, member, isContext) is { } opened)
                        {
                            yield return opened;
                        }
                    }
                }
            }
        }
    }

    /// <summary>The connection strings that a call, creation or assignment takes.</summary>
    /// <remarks>Of a connection whose provider is not known too: only SQLite opens a file that the code names as its data source.</remarks>
    private IEnumerable<(ExpressionSyntax Text, bool IsContext)> TextsIn(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        var arguments = node switch
        {
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "UseSqlite" or "AddSqlite" or "UseSQLite" or "CreateDataConnection" } } call => call.ArgumentList,
            _ => null,
        };
        if (arguments is { Arguments.Count: > 0 } && model.GetSymbolInfo(node, cancellation).Symbol is IMethodSymbol method)
        {
            var declared = method.ReducedFrom ?? method;
            for (var i = 0; i < arguments.Arguments.Count; i++)
            {
                var index = method.ReducedFrom is null ? i : i + 1;
                if (index < declared.Parameters.Length && arguments.Arguments[i].NameColon is null
                    && api.Takes(declared.Parameters[index]) && !(node is BaseObjectCreationExpressionSyntax && api.IsBuilder(method.ContainingType)))
                {
                    yield return (arguments.Arguments[i].Expression, IsOfContexts(method.Name) || IsOfContext(node));
                }
            }
        }
        else if (node is AssignmentExpressionSyntax assignment
            && assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "ConnectionString" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConnectionString" }
            && model.GetSymbolInfo(assignment.Left, cancellation).Symbol is IPropertySymbol property
            && (BuilderUse.ReceiverOf(assignment.Left) ?? InitializedBy(assignment)) is { } receiver
            && model.GetTypeInfo(receiver, cancellation).Type is { } type
            && !api.IsBuilder(type) && (api.Takes(property, type) || type.Name is "IDbConnection" or "DbConnection"))
        {
            yield return (assignment.Right, InitializedBy(assignment) is { } initialized && IsOfContext(initialized));
        }
    }

    /// <summary>What an object initializer makes, <c>new SqliteConnection { ConnectionString = … }</c>.</summary>
    private static BaseObjectCreationExpressionSyntax? InitializedBy(AssignmentExpressionSyntax assignment) =>
        assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } ? creation : null;

    /// <summary>Whether a method of this name tells contexts of Entity Framework Core which database is theirs.</summary>
    private static bool IsOfContexts(string method) => method is "UseSqlite" or "AddSqlite";

    /// <summary>Whether a connection is made for a context of Entity Framework Core: in the call that gives it one, or in a variable that this is given.</summary>
    private static bool IsOfContext(SyntaxNode creation)
    {
        var name = creation.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var declared } } ? declared : null;
        var around = name is null ? creation.Parent?.Parent?.Parent : creation.FirstAncestorOrSelf<SyntaxNode>(node => node is BlockSyntax or CompilationUnitSyntax);
        return around?.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(call =>
            call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var option }, ArgumentList.Arguments: [{ Expression: var connection }, ..] }
            && IsOfContexts(option)
            && (connection == creation || (connection is IdentifierNameSyntax { Identifier.ValueText: var given } && given == name))) == true;
    }

    private static OpenedFile? Opened(IReadOnlyCollection<string> texts, ExpressionSyntax text, TreeIndex.MemberEntry member, bool isContext)
    {
        var parsed = texts.Select(each => (Text: each, Read: ConnectionStringText.Parse(each))).Where(each => each.Read is not { IsMemory: true, DataSource: not null }).ToArray();
        return parsed.Length == 0
            ? null
            : new(
                [.. parsed.Select(each => each.Read?.DataSource is { } source ? DatabasePath.Normalize(source) : each.Text).Distinct()],
                text,
                member,
                !parsed.Any(each => each.Read?.Pooling == Typestate.Unpooled),
                isContext,
                IsBackup(text));
    }

    /// <summary>Whether the connection that is made with the text is handed to BackupDatabase, to be written.</summary>
    private static bool IsBackup(ExpressionSyntax text)
    {
        var creation = text.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>();
        return creation?.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } declarator }
            && declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) is var member
            && (member ?? text.SyntaxTree.GetRoot()).DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
                call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "BackupDatabase" }, ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax target }, ..] }
                && target.Identifier.ValueText == name);
    }
}
