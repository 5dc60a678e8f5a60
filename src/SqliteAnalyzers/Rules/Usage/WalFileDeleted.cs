using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>SQLITE5003: the -wal or -shm file of a database is deleted or moved, and the database stays.</summary>
internal sealed class WalFileDeleted : TreeRule
{
    private const string Wal = "-wal";

    /// <summary>Calls that delete the database of a context.</summary>
    private static readonly HashSet<string> s_deleting = new(StringComparer.Ordinal) { "EnsureDeleted", "EnsureDeletedAsync" };

    /// <summary>Calls that write another file over one whose path they are given in their own way.</summary>
    private static readonly HashSet<string> s_replacing = new(StringComparer.Ordinal) { "ExtractToFile", "ExtractToDirectory", "FileStream" };

    public override DiagnosticDescriptor Descriptor => Descriptors.WalFileDeleted;

    public override Words Words => Words.WalFile;

    public override IEnumerable<Diagnostic> Analyze(SemanticModel model, ProjectFacts project, FlowOptionsProvider options, CancellationToken cancellation)
    {
        var root = model.SyntaxTree.GetRoot(cancellation);
        return project.IsTestProject
            ? []
            : root.DescendantNodes().Where(IsSuffixed)
                .Select(text => (SyntaxNode?)text.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? root)
                .Distinct()
                .SelectMany(type => Analyze(type, model, project, cancellation));
    }

    /// <summary>What is found in a type that writes the name of such a file.</summary>
    private static IEnumerable<Diagnostic> Analyze(SyntaxNode type, SemanticModel model, ProjectFacts project, CancellationToken cancellation)
    {
        var paths = new PathTexts(model, cancellation);
        var calls = new FileCalls(model, cancellation);
        foreach (var member in Members(type))
        {
            var touched = calls.In(member).Where(IsChange).Select(call => (Call: call, Paths: paths.Of(call.Path))).ToArray();
            var reported = new HashSet<ExpressionSyntax>();
            foreach (var (call, texts) in touched)
            {
                if (call.Effect != FileEffect.Replaces
                    && texts.FirstOrDefault(IsSuffixed) is { } file
                    && !texts.Where(IsSuffixed).All(path => IsRight(path.Substring(0, path.Length - Wal.Length), call))
                    && reported.Add(call.Call))
                {
                    yield return Diagnostic.Create(
                        Descriptors.WalFileDeleted,
                        call.Call.GetLocation(),
                        file.Substring(file.Length - Wal.Length),
                        file.EndsWith(Wal, StringComparison.OrdinalIgnoreCase) ? "the commits that are not in the database file yet are lost" : "connections that have the database open no longer see each other's locks");
                }
            }

            bool IsRight(string database, FileCall call) =>
                touched.Any(other => other.Paths.Contains(database) && IsGone(other.Call))
                || IsReplacedOtherwise(member)
                || IsGuarded(call.Call, member, database, paths)
                || IsLeftToCallers(member, database);

            bool IsReplacedOtherwise(SyntaxNode declaration) => declaration.DescendantNodes().OfType<SimpleNameSyntax>().Any(name =>
                s_deleting.Contains(name.Identifier.ValueText) || (project.ClearsPools && s_replacing.Contains(name.Identifier.ValueText)));

            bool IsLeftToCallers(SyntaxNode declaration, string database) =>
                declaration is MethodDeclarationSyntax method
                && method.ParameterList.Parameters.FirstOrDefault(parameter => database == PathTexts.OfParameter(parameter)) is { } parameter
                && Callers(method, type).Any(caller => TouchesArgument(caller, method.ParameterList.Parameters.IndexOf(parameter)));

            bool TouchesArgument(InvocationExpressionSyntax caller, int index)
            {
                if (index >= caller.ArgumentList.Arguments.Count || Members(type).FirstOrDefault(other => other.Span.Contains(caller.Span)) is not { } around)
                {
                    return false;
                }

                var databases = paths.Of(caller.ArgumentList.Arguments[index].Expression);
                return calls.In(around).Where(IsChange).Any(other => other.Call != caller && paths.Of(other.Path).Intersect(databases).Any() && IsGone(other));
            }
        }

        // A database that is replaced or moved while a pool holds it open goes on in the old files.
        bool IsGone(FileCall call) => call.Effect == FileEffect.Deletes || project.ClearsPools;
    }

    private static bool IsChange(FileCall call) => call.Effect != FileEffect.Reads;

    private static IEnumerable<InvocationExpressionSyntax> Callers(MethodDeclarationSyntax method, SyntaxNode type) =>
        type.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => DriverCalls.NameOf(call)?.Identifier.ValueText == method.Identifier.ValueText && !method.Span.Contains(call.Span));

    /// <summary>The pieces of code of a type that are looked at each by itself.</summary>
    private static IEnumerable<SyntaxNode> Members(SyntaxNode type)
    {
        IEnumerable<SyntaxNode> members = type is TypeDeclarationSyntax declared ? declared.Members.Where(member => member is not BaseTypeDeclarationSyntax) : [type];
        return members.Where(member => !member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => TemporaryFiles.Names.Contains(NameHash.Of(name.Identifier.ValueText))));
    }

    /// <summary>
    /// Whether the call may run only where the database is not there, since the code asks for that: what an earlier one has left would be
    /// played into a new one. Where it runs because the database is there it does not.
    /// </summary>
    private static bool IsGuarded(ExpressionSyntax call, SyntaxNode member, string database, PathTexts paths)
    {
        return member.DescendantNodes().Any(IsQuestion)
        && !call.Ancestors().OfType<IfStatementSyntax>().Any(condition =>
            condition.Statement.Span.Contains(call.Span)
            && condition.Condition.DescendantNodesAndSelf().Where(IsQuestion).Any(question => question.Parent is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }));

        bool IsQuestion(SyntaxNode node) => node switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Exists" }, ArgumentList.Arguments: [var path] } => paths.Of(path.Expression).Contains(database),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Exists", Parent: not InvocationExpressionSyntax, Expression: var file } => paths.Of(file).Contains(database),
            _ => false,
        };
    }

    private static bool IsSuffixed(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => IsSuffixed(text),
        InterpolatedStringTextSyntax part => IsSuffixed(part.TextToken.ValueText),
        _ => false,
    };

    private static bool IsSuffixed(string text) => text.EndsWith(Wal, StringComparison.OrdinalIgnoreCase) || text.EndsWith("-shm", StringComparison.OrdinalIgnoreCase);
}
