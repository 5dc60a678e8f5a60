using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>Transactions that code begins by a method that cannot be looked into, as that of an interface of another project: on which connection is not known.</summary>
internal static class UnseenTransactions
{
    /// <summary>What begins transactions whoever declares it.</summary>
    public static readonly HashSet<int> Names = new(new[] { "BeginTransaction", "BeginTransactionAsync", "RunInTransaction", "RunInTransactionAsync", "InTransaction", "InTransactionAsync" }.Select(NameHash.Of));

    /// <summary>What does so where what it belongs to can commit: it is the name of other things, too.</summary>
    private static readonly HashSet<int> s_begins = new(new[] { "Begin", "BeginAsync" }.Select(NameHash.Of));

    public static bool AreBegunBy(FlowEngine engine, CancellationToken cancellation) => engine.Compilation.SyntaxTrees.Any(tree =>
        engine.Project.Of(tree)?.Members.Any(member => (NameHash.Overlaps(member.Names, Names) || NameHash.Overlaps(member.Names, s_begins))
            && TreeIndex.NodesOf(member, tree.GetRoot(cancellation)).Any(node => node is InvocationExpressionSyntax call && IsBegin(call, engine, cancellation))) == true);

    private static bool IsBegin(InvocationExpressionSyntax call, FlowEngine engine, CancellationToken cancellation) =>
        Meantime.NameOf(call) is { } name
        && NameHash.Of(name) is var hash
        && (Names.Contains(hash) || s_begins.Contains(hash))
        && engine.Bodies.ModelOf(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
        && (Names.Contains(hash) || CanCommit(method.ContainingType))
        && !engine.Libraries.IsDatabaseWork(method.ReducedFrom ?? method)
        && engine.Targets.Resolve(method).IsEmpty;

    private static bool CanCommit(INamedTypeSymbol type) =>
        type.AllInterfaces.Add(type).Any(each => !each.GetMembers("Commit").IsEmpty || !each.GetMembers("CommitAsync").IsEmpty);
}
