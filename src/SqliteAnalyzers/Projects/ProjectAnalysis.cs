using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
    private readonly ImmutableArray<TextRule> _textRules;

    private ProjectAnalysis(FlowEngine engine, Reach reach, ProjectFacts facts, FlowOptionsProvider options, ImmutableArray<TextRule> textRules) =>
        (_engine, _reach, _facts, _options, _textRules) = (engine, reach, facts, options, textRules);

    public FlowEngine Engine => _engine;

    public Reach Reach => _reach;

    /// <summary>Null where no member of the project can touch SQLite.</summary>
    public static ProjectAnalysis? For(
        Compilation compilation,
        FlowOptionsProvider options,
        ImmutableArray<FlowRule> rules,
        ImmutableArray<TextRule> textRules,
        Counters counters,
        CancellationToken cancellation)
    {
        if (LibrarySet.For(compilation) is not { } known)
        {
            return null;
        }

        var starters = compilation.SyntaxTrees.SelectMany(tree => options.For(tree).ProcessStarters).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        var libraries = known.With(starters);
        var project = new ProjectIndex(compilation, libraries.Sieve, cancellation);
        if ((project.Words & textRules.Aggregate(Words.Sqlite, (words, rule) => words | rule.Words)) == 0)
        {
            return null;
        }

        var checks = rules.CastArray<FlowCheck>();
        var memory = ProjectMemory.Of(compilation, libraries.ReferenceIn(compilation));
        var reach = memory.ReachOf(project.Trees, libraries);
        var texts = compilation.SyntaxTrees.Select(tree => TreeTexts.Of(tree, project.Of(tree)!, cancellation)).ToArray();
        var settings = new FlowSettings(
            HasOneDataSource: texts.SelectMany(tree => tree.DataSources).Distinct().Take(2).Count() <= 1,
            ProcessStarters: string.Join(" ", starters),
            IsProcessStarter: (method, tree) => options.For(tree).ProcessStarters.Contains(method));
        var engine = new FlowEngine(compilation, libraries, project, reach, memory, checks, settings, counters);
        return new(engine, reach, new(engine, reach, texts), options, textRules);
    }

    /// <summary>What the rules find in one file.</summary>
    public IEnumerable<Diagnostic> Analyze(SemanticModel model, CancellationToken cancellation)
    {
        var tree = model.SyntaxTree;
        if (_engine.Project.Of(tree) is not { } index)
        {
            yield break;
        }

        foreach (var member in index.Members)
        {
            foreach (var diagnostic in AnalyzeTexts(member, model, cancellation))
            {
                yield return diagnostic;
            }

            if (!_engine.Roots.Contains(member.Member, cancellation))
            {
                continue;
            }

            var units = _engine.Units.In(member, TreeIndex.DeclarationOf(member, tree.GetRoot(cancellation)));
            foreach (var finding in Analyze(units, tree, cancellation))
            {
                yield return ToDiagnostic(finding);
            }
        }
    }

    /// <summary>What the rules find in the code of one member.</summary>
    public IReadOnlyList<Finding> Analyze(IReadOnlyList<CodeUnit> units, SyntaxTree tree, CancellationToken cancellation)
    {
        var found = units.SelectMany(unit => _engine.SummaryOf(unit, cancellation).Findings).ToArray();
        var settled = new List<Finding>();
        foreach (var finding in found)
        {
            if (((FlowRule)finding.Check).Settle(finding, _facts, _options.For(tree), cancellation) is { } left
                && !settled.Exists(left.SaysTheSameAs)
                && _facts.IsFirst(left, found, cancellation))
            {
                settled.Add(left);
            }
        }

        return settled.FindAll(finding => !settled.Exists(other => other.At.Equals(finding.At) && ((FlowRule)other.Check).Covers.Contains(finding.Check.Descriptor)));
    }

    private IEnumerable<Diagnostic> AnalyzeTexts(TreeIndex.MemberEntry member, SemanticModel model, CancellationToken cancellation) =>
        from rule in _textRules
        where (rule.Words & member.Words) != 0
        from node in TreeIndex.NodesOf(member, model.SyntaxTree.GetRoot(cancellation))
        where node.IsKind(SyntaxKind.StringLiteralExpression) || node is InterpolatedStringTextSyntax
        from diagnostic in rule.Analyze(node, model, cancellation)
        select diagnostic;

    private Diagnostic ToDiagnostic(Finding finding) => Diagnostic.Create(
        finding.Check.Descriptor,
        _engine.Project.LocationOf(finding.At),
        finding.AdditionalPlaces.Select(_engine.Project.LocationOf),
        finding.Properties,
        finding.MessageArguments.ToArray());
}
