using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Libraries;
using SqliteAnalyzers.Model;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Projects;

/// <summary>The analysis of one compilation, file by file: what its members' summaries found, in the light of the whole project.</summary>
internal sealed class ProjectAnalysis
{
    private readonly FlowEngine _engine;
    private readonly Reach _reach;
    private readonly ProjectFacts _facts;
    private readonly FlowOptionsProvider _options;
    private readonly RuleCatalog _rules;
    private readonly Lazy<(SettingsInCode InCode, SettingsFiles Files)?> _settings;
    private readonly TextUses _textUses;
    private readonly ConcurrentDictionary<(FlowCheck Check, Place Origin), bool> _saidAt = new();
    private readonly SharedResult<FirstFindings> _firsts;

    private ProjectAnalysis(FlowEngine engine, Reach reach, ProjectFacts facts, FlowOptionsProvider options, RuleCatalog rules)
    {
        (_engine, _reach, _facts, _options, _rules) = (engine, reach, facts, options, rules);
        _firsts = new(FindFirstsOfProject);
        _settings = new(FindSettings);
        _textUses = new(new(engine.Project, [.. engine.Compilation.SyntaxTrees]), engine.Bodies.ModelOf);
    }

    public FlowEngine Engine => _engine;

    public Reach Reach => _reach;

    /// <summary>Null where no member of the project can touch SQLite.</summary>
    public static ProjectAnalysis? For(
        Compilation compilation,
        FlowOptionsProvider options,
        RuleCatalog rules,
        Counters counters,
        CancellationToken cancellation)
    {
        if (LibrarySet.For(compilation) is not { } known)
        {
            return null;
        }

        var starters = compilation.SyntaxTrees.SelectMany(tree => options.For(tree).ProcessStarters).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        var libraries = known.With(starters);
        var memory = ProjectMemory.Of(compilation, libraries.ReferenceIn(compilation));
        var project = new ProjectIndex(compilation, libraries, memory, cancellation);
        if ((project.Words & rules.Words) == 0)
        {
            return null;
        }

        var checks = rules.Flow.CastArray<FlowCheck>();
        var reach = memory.ReachOf(project.Trees, libraries);
        var texts = compilation.SyntaxTrees.Where(tree => !libraries.IsSource(tree)).Select(tree => TreeTexts.Of(tree, project.Of(tree)!, cancellation)).ToArray();
        var settings = new FlowSettings(
            HasOneDataSource: texts.SelectMany(tree => tree.DataSources).Distinct().Take(2).Count() <= 1,
            ContextSource: (project.Words & Words.OtherProvider) != 0 ? ContextSource.Others : (project.Words & Words.SqliteProvider) != 0 ? ContextSource.Sqlite : ContextSource.Elsewhere,
            ProcessStarters: string.Join(" ", starters),
            IsProcessStarter: (method, tree) => options.For(tree).ProcessStarters.Contains(method));
        var engine = new FlowEngine(compilation, libraries, project, reach, memory, checks, settings, counters);
        return new(engine, reach, new(engine, reach, texts), options, rules);
    }

    /// <summary>What the rules find in one file.</summary>
    public IEnumerable<Diagnostic> Analyze(SemanticModel model, CancellationToken cancellation)
    {
        var tree = model.SyntaxTree;
        if (_engine.Project.Of(tree) is not { } index)
        {
            yield break;
        }

        foreach (var diagnostic in _rules.Trees.Where(rule => (rule.Words & index.Words) != 0).SelectMany(rule => rule.Analyze(model, _facts, _options, cancellation)))
        {
            yield return diagnostic;
        }

        foreach (var member in index.Members)
        {
            foreach (var diagnostic in AnalyzeTexts(member, model, cancellation))
            {
                yield return diagnostic;
            }

            foreach (var diagnostic in AnalyzeSettings(member, model, cancellation))
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

    /// <summary>What the rules find in a file beside the code.</summary>
    public IEnumerable<Diagnostic> Analyze(AdditionalText file, CancellationToken cancellation) =>
        SettingsFiles.IsSettingsFile(file.Path) && _settings.Value is { Files: var files } ? Analyze(files.In(file, cancellation)) : [];

    /// <summary>What the rules find in the code of one member.</summary>
    public IReadOnlyList<Finding> Analyze(IReadOnlyList<CodeUnit> units, SyntaxTree tree, CancellationToken cancellation)
    {
        var found = FoundIn(units, cancellation).ToArray();
        var settled = Settle(found, tree, cancellation).ToArray();
        var own = new FirstFindings(settled, SaidElsewhere(found, cancellation));
        var first = new List<Finding>();
        foreach (var finding in settled)
        {
            // What a member makes, no other member is reported for.
            var firsts = finding.Maker is null || finding.Maker == finding.At.Member.Key ? own : _firsts.Get(cancellation);
            if (firsts.Contains(finding) && !first.Exists(finding.SaysTheSameAs))
            {
                first.Add(finding);
            }
        }

        return first.FindAll(finding => !first.Exists(other => other.At.Equals(finding.At) && ((FlowRule)other.Check).Covers.Contains(finding.Check.Descriptor)));
    }

    private IEnumerable<Finding> FoundIn(IEnumerable<CodeUnit> units, CancellationToken cancellation) =>
        units.SelectMany(unit => _engine.SummaryOf(unit, cancellation).Findings);

    /// <summary>What is left of findings in the light of the project.</summary>
    private IEnumerable<Finding> Settle(IEnumerable<Finding> found, SyntaxTree tree, CancellationToken cancellation) =>
        found.Select(finding => ((FlowRule)finding.Check).Settle(finding, _facts, _options.For(tree), cancellation)).OfType<Finding>();

    /// <summary>Those of findings that another member reports, in which they happen.</summary>
    private IEnumerable<Finding> SaidElsewhere(IEnumerable<Finding> found, CancellationToken cancellation) =>
        found.Where(finding => finding.Origin is { } origin && !origin.Member.Equals(finding.At.Member)
            && _saidAt.GetOrAdd((finding.Check, origin), _ => _engine.Project.TreeOf(origin.Member) is { } tree
                && Settle(FoundIn(_engine.Units.In(origin.Member, cancellation), cancellation), tree, cancellation).Any(said => said.Check == finding.Check && said.At.Equals(origin))));

    private FirstFindings FindFirstsOfProject(WorkAhead ahead, CancellationToken cancellation)
    {
        var (settled, saidElsewhere) = (new List<Finding>(), new List<Finding>());
        var roots = _engine.Project.Members.Select(entry => entry.Member).Where(member => _engine.Roots.Contains(member, cancellation));
        foreach (var member in ahead.Of(roots, (member, token) => FoundIn(_engine.Units.In(member, token), token).ToArray()))
        {
            if (_engine.Project.TreeOf(member) is { } tree)
            {
                var found = FoundIn(_engine.Units.In(member, cancellation), cancellation).ToArray();
                settled.AddRange(Settle(found, tree, cancellation));
                saidElsewhere.AddRange(SaidElsewhere(found, cancellation));
            }
        }

        return new(settled, saidElsewhere);
    }

    private IEnumerable<Diagnostic> AnalyzeTexts(TreeIndex.MemberEntry member, SemanticModel model, CancellationToken cancellation)
    {
        var rules = _rules.Texts.RemoveAll(rule => (rule.Words & member.Words) == 0);
        var place = new TextPlace(member, _facts, cancellation);
        return from text in rules.IsEmpty ? Enumerable.Empty<WrittenText>() : WrittenText.In(TreeIndex.NodesOf(member, model.SyntaxTree.GetRoot(cancellation)))
               from diagnostic in Analyze(text, sources => sources.SelectMany(source => rules.SelectMany(rule => rule.Analyze(source, place))).Distinct(), model, cancellation)
               select diagnostic;
    }

    private IEnumerable<Diagnostic> Analyze(WrittenText text, Func<IEnumerable<SqlSource>, IEnumerable<Diagnostic>> analyze, SemanticModel model, CancellationToken cancellation)
    {
        var sources = text.Read(model, cancellation).ToArray();
        var found = analyze(sources).ToArray();
        return found.Length == 0 || text.IsTemplate(_textUses, cancellation) || text.IsMention(model, cancellation) || text.IsForOther(model, cancellation) ? []
            : text.IsContinued(_textUses, cancellation) ? analyze(sources.Select(source => source.Concat(SqlSource.Unknown)))
            : found;
    }

    private IEnumerable<Diagnostic> AnalyzeSettings(TreeIndex.MemberEntry member, SemanticModel model, CancellationToken cancellation) =>
        (member.Words & RuleCatalog.SettingWords) != 0 && _settings.Value is { InCode: var settings }
            ? Analyze(settings.In([.. TreeIndex.NodesOf(member, model.SyntaxTree.GetRoot(cancellation))], model, cancellation))
            : [];

    /// <remarks>Null where the project does not reference Microsoft.Data.Sqlite. Not looked for before a member mentions a setting: it takes looking through all references.</remarks>
    private (SettingsInCode InCode, SettingsFiles Files)? FindSettings()
    {
        if (_facts.ConnectionSettings is not { } api)
        {
            return null;
        }

        var trees = _engine.Compilation.SyntaxTrees.ToArray();
        var destinations = new TextDestinations(_engine.Project, trees, _engine.Bodies.ModelOf, api);
        return (new(api, destinations), new(api, new(_engine.Project, trees, _engine.Bodies.ModelOf, destinations)));
    }

    /// <remarks>What is written once can be part of several texts.</remarks>
    private IEnumerable<Diagnostic> Analyze(IEnumerable<ConnectionSettings> all) =>
        all.SelectMany(settings => _rules.Settings.SelectMany(rule => rule.Analyze(settings))).Distinct();

    private Diagnostic ToDiagnostic(Finding finding) => Diagnostic.Create(
        finding.Check.Descriptor,
        _engine.Project.LocationOf(finding.At),
        finding.AdditionalPlaces.Select(_engine.Project.LocationOf),
        finding.Properties,
        finding.MessageArguments.ToArray());
}
