using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<SyntaxNode, Result> _results = new();
    private readonly Lazy<RelevantMembers> _relevant;
    private readonly Lazy<HashSet<string>> _relevantNames;

    public FlowEngine(Compilation compilation, LibrarySet libraries, FlowOptionsProvider options, ImmutableArray<FlowRule> rules, FlowCounters counters)
    {
        Compilation = compilation;
        Libraries = libraries;
        Options = options;
        Rules = rules;
        Counters = counters;
        Bodies = new(compilation, counters);
        Targets = new(compilation);
        Calls = new(this);
        Members = new(this);
        Reach = new(this);
        Databases = new(this);
        Project = new(this);
        _relevant = new(() => new(Trees(default), libraries.Mentions));
        _relevantNames = new(() => new(Relevant.Names, StringComparer.Ordinal));
    }

    /// <summary>What was seen from one method where a search starts.</summary>
    private sealed record Result(IReadOnlyList<Finding> Findings, IReadOnlyCollection<PragmaExecution> Pragmas)
    {
        public static readonly Result Nothing = new([], []);
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

    public bool IsRelevantName(string name) => _relevantNames.Value.Contains(name);

    public IEnumerable<TreeIndex> Trees(CancellationToken cancellation) =>
        Compilation.SyntaxTrees.Select(tree => TreeIndex.Of(tree, cancellation));

    /// <summary>What the rules find in one method, or other code with an operation block of its own.</summary>
    public IReadOnlyList<Finding> Analyze(IOperation block, IMethodSymbol? method, CancellationToken cancellation)
    {
        var settled = new List<Finding>();
        foreach (var finding in Look(block, method, cancellation).Findings)
        {
            if (finding.Rule.Settle(finding, this, cancellation) is { } left && !settled.Exists(left.SaysTheSameAs))
            {
                settled.Add(left);
            }
        }

        return settled;
    }

    /// <summary>The pragmas that a method sets or may set, itself or through what it calls.</summary>
    public IReadOnlyCollection<PragmaExecution> PragmasSetFrom(IOperation block, IMethodSymbol? method, CancellationToken cancellation) =>
        Look(block, method, cancellation).Pragmas;

    private Result Look(IOperation block, IMethodSymbol? method, CancellationToken cancellation)
    {
        if (_results.TryGetValue(block.Syntax, out var known))
        {
            return known;
        }

        var frame = new Frame(this, block.Syntax, method, State.Empty, null, null, new(Counters, cancellation), depth: 0);
        try
        {
            if (Bodies.GraphOf(block, cancellation) is { } graph)
            {
                new Interpreter(this, frame).Run(graph, Disjuncts.Of(State.Empty), observe: true, wantsExceptions: false);
            }

            return _results[block.Syntax] = new(frame.CertainFindings().ToArray(), frame.Pragmas);
        }
        catch (FlowLimitException)
        {
            Counters.CountAbandoned();
            return _results[block.Syntax] = Result.Nothing;
        }
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
