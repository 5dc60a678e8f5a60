using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Projects;

namespace SqliteAnalyzers.Rules.Usage;

/// <summary>SQLITE5001: one connection is used by two threads at once.</summary>
internal sealed class ConnectionUsedAcrossThreads : TreeRule
{
    private static readonly HashSet<int> s_names =
    [
        NameHash.Of("Parallel"), NameHash.Of("AsParallel"), NameHash.Of("Task"), NameHash.Of("StartNew"), NameHash.Of("Thread"), NameHash.Of("Timer"), NameHash.Of("ThreadPool"),
        NameHash.Of("AddDbContext"), NameHash.Of("AddDbContextPool"), NameHash.Of("AddDbContextFactory"), NameHash.Of("AddPooledDbContextFactory"),
    ];

    public override DiagnosticDescriptor Descriptor => Descriptors.ConnectionUsedAcrossThreads;

    public override Words Words => Words.Sqlite | Words.Opens | Words.Executes;

    public override IEnumerable<Diagnostic> Analyze(SemanticModel model, ProjectFacts project, FlowOptionsProvider options, CancellationToken cancellation)
    {
        if (project.IsTestProject)
        {
            yield break;
        }

        var root = model.SyntaxTree.GetRoot(cancellation);
        var threads = new ThreadedCode(model, cancellation);
        var contexts = new SharedContextConnections(model, project, cancellation);
        foreach (var member in project.MembersOf(model.SyntaxTree).Where(member => NameHash.Overlaps(member.Names, s_names)))
        {
            foreach (var node in TreeIndex.NodesOf(member, root))
            {
                if ((threads.SharedIn(node) ?? contexts.SharedIn(node)) is var (use, name, others))
                {
                    yield return Diagnostic.Create(Descriptor, use.GetLocation(), name, others);
                }
            }
        }
    }
}
