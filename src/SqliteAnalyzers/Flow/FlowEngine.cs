using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using SqliteAnalyzers.Libraries;

namespace SqliteAnalyzers.Flow;

/// <summary>
/// The flow analysis of one compilation: runs once for each method that touches SQLite, for all rules together.
/// </summary>
internal sealed class FlowEngine
{
    private readonly Lazy<RelevantMembers> _relevant;
    private readonly Lazy<HashSet<string>> _relevantNames;

    public FlowEngine(Compilation compilation, LibrarySet libraries, FlowOptionsProvider options, ImmutableArray<FlowRule> rules, FlowCounters counters)
        : this(compilation, libraries, options, rules, counters, new MethodBodies(compilation, counters), project: null)
    {
    }

    private FlowEngine(
        Compilation compilation,
        LibrarySet libraries,
        FlowOptionsProvider options,
        ImmutableArray<FlowRule> rules,
        FlowCounters counters,
        MethodBodies bodies,
        ProjectFacts? project)
    {
        Compilation = compilation;
        Libraries = libraries;
        Options = options;
        Rules = rules;
        Counters = counters;
        Bodies = bodies;
        Targets = new(compilation);
        Calls = new(this);
        Members = new(this);
        Reach = new(this);
        Databases = new(this);
        Project = project ?? new(this);
        _relevant = new(() => new(Trees(default), libraries.Mentions));
        _relevantNames = new(() => new(Relevant.Names, StringComparer.Ordinal));
    }

    public Compilation Compilation { get; }

    public LibrarySet Libraries { get; }

    public FlowOptionsProvider Options { get; }

    public ImmutableArray<FlowRule> Rules { get; }

    public FlowCounters Counters { get; }

    public MethodBodies Bodies { get; }

    public CallTargets Targets { get; }

    public Calls Calls { get; }

    public MemberValues Members { get; }

    public Reach Reach { get; }

    public Databases Databases { get; }

    public ProjectFacts Project { get; }

    public RelevantMembers Relevant => _relevant.Value;

    /// <summary>The same compilation for other rules: graphs and project facts are shared, findings are not.</summary>
    public FlowEngine WithRules(ImmutableArray<FlowRule> rules) => new(Compilation, Libraries, Options, rules, Counters, Bodies, Project);

    public bool IsRelevantName(string name) => _relevantNames.Value.Contains(name);

    public IEnumerable<TreeIndex> Trees(CancellationToken cancellation) =>
        Compilation.SyntaxTrees.Select(tree => TreeIndex.Of(tree, cancellation));

    /// <summary>What the rules find in one method, or other code with an operation block of its own.</summary>
    public IReadOnlyList<Finding> Analyze(IOperation block, SyntaxNode declaration, IMethodSymbol? method, CancellationToken cancellation)
    {
        var frame = new Frame(this, declaration, method, State.Empty, null, null, new(Counters, cancellation), depth: 0);
        try
        {
            if (Bodies.GraphOf(block, cancellation) is { } graph)
            {
                new Interpreter(this, frame).Run(graph, Disjuncts.Of(State.Empty), observe: true, wantsExceptions: false);
            }
        }
        catch (FlowLimitException)
        {
            Counters.CountAbandoned();
            return [];
        }

        return frame.CertainFindings().ToArray();
    }

    /// <summary>The state after code has run from <paramref name="entry"/>; null if it does not end, or is too big.</summary>
    public State? Evaluate(IOperation block, SyntaxNode declaration, State entry, CancellationToken cancellation)
    {
        var frame = new Frame(this, declaration, null, entry, null, null, new(Counters, cancellation), FlowLimits.MaxCallDepth - 2);
        try
        {
            return Bodies.GraphOf(block, cancellation) is { } graph
                ? new Interpreter(this, frame).Run(graph, Disjuncts.Of(entry), observe: false, wantsExceptions: false)
                    .Normal.Collapse().States.FirstOrDefault()
                : null;
        }
        catch (FlowLimitException)
        {
            return null;
        }
    }
}
