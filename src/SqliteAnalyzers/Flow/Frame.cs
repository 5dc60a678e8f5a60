using Microsoft.CodeAnalysis;
using SqliteAnalyzers.Sql;

namespace SqliteAnalyzers.Flow;

/// <summary>One method that is being looked at: the one the search started from, or one called from it.</summary>
/// <param name="engine">The engine of the compilation.</param>
/// <param name="body">The declaration whose code runs in the frame.</param>
/// <param name="method">The method, if it is one.</param>
/// <param name="entry">The state it is entered in.</param>
/// <param name="assumedExit">Of a recursive method: the state it was left in as far as is known.</param>
/// <param name="caller">The frame of the call.</param>
/// <param name="budget">What is left of the limits, shared by all frames of one search.</param>
/// <param name="depth">How many calls are followed down to here.</param>
internal sealed class Frame(
    FlowEngine engine,
    SyntaxNode body,
    IMethodSymbol? method,
    State entry,
    State? assumedExit,
    Frame? caller,
    FlowBudget budget,
    int depth)
{
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<AbstractObject, ConnectionUse> _uses = [];
    private readonly HashSet<PragmaExecution> _pragmas = [];

    public Frame(FlowEngine engine, SyntaxNode body, IMethodSymbol method, State entry, State? assumedExit, Frame caller)
        : this(engine, body, method, entry, assumedExit, caller, caller.Budget, caller.Depth + 1)
    {
    }

    public int Depth => depth;

    public FlowBudget Budget => budget;

    /// <summary>Whether the method has called itself, directly or not.</summary>
    public bool WasReentered { get; private set; }

    /// <summary>Whether what is worked out here, or around here, has used an <c>assumedExit</c>.</summary>
    public bool RestsOnAssumption => WasReentered || caller?.RestsOnAssumption == true;

    /// <summary>What the connections seen here are used for.</summary>
    public IReadOnlyDictionary<AbstractObject, ConnectionUse> Uses => _uses;

    /// <summary>The pragmas that are set here.</summary>
    public IReadOnlyCollection<PragmaExecution> Pragmas => _pragmas;

    public IEnumerable<Finding> CertainFindings() => _findings.Where(finding => finding.IsCertainIn(this) && StillHolds(finding));

    /// <summary>What only the caller can be sure of.</summary>
    public IReadOnlyList<Finding> UncertainFindings() =>
        (from finding in _findings
         where !finding.IsCertainIn(this) && StillHolds(finding)
         select finding.Text is { } text && Contains(text) ? finding with { Text = null } : finding).ToArray();

    /// <summary>The frame in which <paramref name="called"/> is already being looked at.</summary>
    public Frame? UnderWay(IMethodSymbol called) =>
        SymbolEqualityComparer.Default.Equals(method, called) ? this : caller?.UnderWay(called);

    /// <summary>The method calls itself: the state it is left in as far as is known, for the same entry.</summary>
    public State? Reenter(State again)
    {
        WasReentered = true;
        return again.Equals(entry) ? assumedExit : null;
    }

    public void Observe(SqliteEvent e, State before)
    {
        if (e is ConnectionEvent on)
        {
            AddUse(on.Connection, ConnectionUses.Of(on));
            AddPragmas(PragmaExecution.Of(on, before));
        }

        foreach (var rule in engine.Rules)
        {
            rule.Visit(e, before, new FindingSink(engine, this, rule, e, before));
        }
    }

    public void Add(Finding finding)
    {
        if (!_findings.Contains(finding))
        {
            _findings.Add(finding);
        }
    }

    /// <summary>
    /// What was found in a lambda or local function because of what happened before it was called is reported at the call,
    /// unless the code stands in the call itself.
    /// </summary>
    public void MoveToCall(SyntaxNode nested, IOperation call)
    {
        for (var i = 0; i < _findings.Count; i++)
        {
            var finding = _findings[i];
            if (nested.Span.Contains(finding.At.Syntax.Span)
                && !call.Syntax.Span.Contains(finding.At.Syntax.Span)
                && finding.Needs.Any(evidence => evidence.Entry is not null || !nested.Span.Contains(evidence.Anchor.Syntax.Span)))
            {
                _findings[i] = finding with { At = call };
            }
        }
    }

    public void AddUse(AbstractObject connection, ConnectionUse use) =>
        _uses[connection] = _uses.TryGetValue(connection, out var before) ? before | use : use;

    public void AddPragmas(IEnumerable<PragmaExecution> pragmas) => _pragmas.UnionWith(pragmas);

    private bool StillHolds(Finding finding) =>
        finding.Subject is null || !_uses.TryGetValue(finding.Subject, out var use) || finding.Rule.StillHolds(use);

    /// <summary>Whether the text is written in this method or is what a member holds, and is not handed in by a caller.</summary>
    public bool Contains(SqlSource text)
    {
        var location = text.GetLocation(new(0, text.Text.Length));
        return (location.SourceTree == body.SyntaxTree && body.FullSpan.Contains(location.SourceSpan))
            || !entry.Variables.Values.Any(value => Holds(value, text));
    }

    private static bool Holds(Value value, SqlSource text) => value.Atoms.Any(atom => atom switch
    {
        SqlSource held => held.Equals(text),
        Elements elements => Holds(elements.Items, text),
        _ => false,
    });
}

/// <summary>Counts the steps of one search and ends it when there have been too many, or when it is no longer wanted.</summary>
internal sealed class FlowBudget(FlowCounters counters, CancellationToken cancellation)
{
    private readonly Dictionary<(IMethodSymbol, State), Calls.Summary> _assumed = [];
    private int _blocks;

    public CancellationToken Cancellation => cancellation;

    /// <summary>What was worked out below a recursive method on what is assumed of it now.</summary>
    public bool TryGetAssumed(IMethodSymbol method, State entry, out Calls.Summary summary) => _assumed.TryGetValue((method, entry), out summary);

    public void Assume(IMethodSymbol method, State entry, Calls.Summary summary) => _assumed[(method, entry)] = summary;

    public void ForgetAssumed() => _assumed.Clear();

    public void CountBlock()
    {
        cancellation.ThrowIfCancellationRequested();
        counters.CountBlock();
        if (++_blocks > FlowLimits.MaxBlockVisits)
        {
            throw new FlowLimitException();
        }
    }
}
