using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>The analysis of one compilation, file by file: what its members' summaries found, in the light of the whole project.</summary>
internal sealed class ProjectAnalysis
{
    private readonly FlowEngine _engine;
    private readonly Reach _reach;
    private readonly ProjectFacts _facts;
    private readonly FlowOptionsProvider _options;

    private ProjectAnalysis(FlowEngine engine, Reach reach, ProjectFacts facts, FlowOptionsProvider options) =>
        (_engine, _reach, _facts, _options) = (engine, reach, facts, options);

    public FlowEngine Engine => _engine;

    public Reach Reach => _reach;

    /// <summary>Null where no member of the project can touch SQLite.</summary>
    public static ProjectAnalysis? For(
        Compilation compilation,
        LibrarySet libraries,
        FlowOptionsProvider options,
        ImmutableArray<FlowRule> rules,
        Counters counters,
        CancellationToken cancellation)
    {
        foreach (var starter in compilation.SyntaxTrees.SelectMany(tree => options.For(tree).ProcessStarters).Distinct(StringComparer.Ordinal))
        {
            libraries.NameStarter(starter);
        }

        var project = new ProjectIndex(compilation, libraries.Sieve, cancellation);
        if ((project.Words & Words.Sqlite) == 0)
        {
            return null;
        }

        var checks = rules.CastArray<FlowCheck>();
        var reach = new Reach(project, libraries, checks);
        var texts = compilation.SyntaxTrees.Select(tree => TreeTexts.Of(tree, project.Of(tree)!, cancellation)).ToArray();
        var settings = new FlowSettings(
            HasOneDataSource: texts.SelectMany(tree => tree.DataSources).Distinct().Take(2).Count() <= 1,
            IsProcessStarter: (method, tree) => options.For(tree).ProcessStarters.Contains(method));
        var engine = new FlowEngine(compilation, libraries, project, reach, checks, settings, counters);
        return new(engine, reach, new(engine, reach, texts), options);
    }

    /// <summary>What the rules find in one file.</summary>
    public IEnumerable<Diagnostic> Analyze(SyntaxTree tree, CancellationToken cancellation)
    {
        if (_engine.Project.Of(tree) is not { } index)
        {
            yield break;
        }

        foreach (var member in index.Members)
        {
            if (!_reach.IsRoot(member.Member))
            {
                continue;
            }

            foreach (var unit in _engine.Units.In(member, TreeIndex.DeclarationOf(member, tree.GetRoot(cancellation))))
            {
                foreach (var finding in Analyze(unit, tree, cancellation))
                {
                    yield return ToDiagnostic(finding);
                }
            }
        }
    }

    /// <summary>What the rules find in one piece of code.</summary>
    public IReadOnlyList<Finding> Analyze(CodeUnit unit, SyntaxTree tree, CancellationToken cancellation)
    {
        var settled = new List<Finding>();
        foreach (var finding in _engine.SummaryOf(unit, cancellation).Findings)
        {
            if (((FlowRule)finding.Check).Settle(finding, _facts, _options.For(tree), cancellation) is { } left && !settled.Exists(left.SaysTheSameAs))
            {
                settled.Add(left);
            }
        }

        return settled;
    }

    private Diagnostic ToDiagnostic(Finding finding) => Diagnostic.Create(
        finding.Check.Descriptor,
        _engine.Project.LocationOf(finding.At),
        finding.AdditionalPlaces.Select(_engine.Project.LocationOf),
        finding.Properties,
        finding.MessageArguments.ToArray());
}
