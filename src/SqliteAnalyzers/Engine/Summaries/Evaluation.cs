using System.Runtime.CompilerServices;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Makes the summaries that one request needs, bottom-up: those of callees before those of callers, and those of methods that call
/// each other together. Belongs to one thread; what is complete is shared with all others.
/// </summary>
/// <remarks>
/// A summary is a function of the program alone. Methods that call each other start from "never returns" and are made again, in the
/// order of their names, until none of them changes; nothing that rests on a summary that is not final is kept.
/// </remarks>
internal sealed class Evaluation(FlowEngine engine, CancellationToken cancellation)
{
    private readonly Dictionary<SummaryKey, Node> _underWay = [];
    private readonly Stack<Node> _open = new();
    private readonly Stack<Node> _running = new();
    private SortedDictionary<SummaryKey, Summary>? _cycle;
    private bool _cycleGrew;
    private bool _isFlat;
    private int _depth;
    private int _next;

    public CancellationToken Cancellation => cancellation;

    /// <summary>A summary that is being made.</summary>
    private sealed class Node(SummaryKey key, int index)
    {
        public SummaryKey Key { get; } = key;

        public int Index { get; } = index;

        /// <summary>The lowest index of a node that this one rests on.</summary>
        public int Lowest { get; set; } = index;

        public Summary Value { get; set; } = Summary.Bottom;

        /// <summary>Whether it was asked for while it was made.</summary>
        public bool IsInCycle { get; set; }

        /// <summary>Whether it rests on a summary of the cycle that is being solved.</summary>
        public bool RestsOnCycle { get; set; }

        public List<SummaryKey> Dependencies { get; } = [];

        public HashSet<Premise> Premises { get; } = [];
    }

    /// <summary>The summary of a unit, and before it those it needs.</summary>
    public Summary Run(SummaryKey key)
    {
        var pending = new Stack<SummaryKey>();
        pending.Push(key);
        var tries = 0;
        while (pending.Count > 0)
        {
            var next = pending.Peek();
            try
            {
                Get(next);
                pending.Pop();
            }
            catch (TooDeepException deep)
            {
                Reset();
                if (pending.Contains(deep.Key) || ++tries > 10_000)
                {
                    SolveCycle(FindLongCycle(deep.Key));
                    Reset();
                }
                else
                {
                    pending.Push(deep.Key);
                }
            }
            catch (Exception)
            {
                Reset();
                throw;
            }
        }

        return Get(key);
    }

    /// <summary>A summary that the one on top of the stack needs.</summary>
    public Summary Get(SummaryKey key)
    {
        var asking = _running.Count == 0 ? null : _running.Peek();
        asking?.Dependencies.Add(key);
        if (_cycle is not null && _cycle.TryGetValue(key, out var provisional))
        {
            if (asking is not null)
            {
                asking.RestsOnCycle = true;
            }

            return provisional;
        }

        if (engine.Summaries.TryGet(key, out var known, cancellation))
        {
            return known;
        }

        if (_isFlat)
        {
            _cycle!.Add(key, Summary.Bottom);
            return Summary.Bottom;
        }

        if (_underWay.TryGetValue(key, out var open))
        {
            open.IsInCycle = true;
            if (asking is not null)
            {
                asking.Lowest = Math.Min(asking.Lowest, open.Lowest);
                asking.RestsOnCycle |= open.RestsOnCycle;
            }

            return open.Value;
        }

        var node = Make(key);
        if (asking is not null)
        {
            asking.Lowest = Math.Min(asking.Lowest, node.Lowest);
            asking.RestsOnCycle |= node.RestsOnCycle;
        }

        return node.Value;
    }

    /// <summary>
    /// Whether a caller may tell the code what it knows of the values that it asks about. Not where they call each other: a text that
    /// grows with each call would never end.
    /// </summary>
    public bool MayBind(CodeUnit caller, CodeUnit callee) =>
        engine.Summaries.Has(new(callee, Binding.None)) && !engine.Summaries.CallEachOther(caller, callee);

    /// <summary>Notes what the summary that is being made rests on beside others.</summary>
    public void RestOn(Premise premise)
    {
        if (_running.Count > 0)
        {
            _running.Peek().Premises.Add(premise);
        }
    }

    private Node Make(SummaryKey key)
    {
        cancellation.ThrowIfCancellationRequested();
        EnsureStack(key);
        var node = new Node(key, _next++);
        _underWay.Add(key, node);
        _open.Push(node);
        node.Value = Solve(node);
        if (node.Lowest < node.Index)
        {
            // Part of a cycle that was begun further up the stack, which will come to it.
            return node;
        }

        var members = new List<Node>();
        Node member;
        do
        {
            member = _open.Pop();
            members.Add(member);
            _underWay.Remove(member.Key);
        }
        while (member != node);

        if (_cycle is not null && (members.Exists(other => other.RestsOnCycle) || members.Count > 1 || node.IsInCycle))
        {
            // It is found only now that these belong to the cycle that is being solved, or call each other as well.
            foreach (var added in members)
            {
                _cycle[added.Key] = Summary.Bottom;
            }

            _cycleGrew = true;
        }
        else if (members.Count == 1 && !node.IsInCycle)
        {
            engine.Summaries.Publish([MadeOf(node, node.Value)], []);
            node.Value = engine.Summaries.Of(key);
        }
        else
        {
            SolveCycle(members);
            node.Value = _underWay.ContainsKey(key) ? node.Value : engine.Summaries.Of(key);
        }

        return node;
    }

    private Summary Solve(Node node)
    {
        _running.Push(node);
        _depth++;
        try
        {
            return engine.Summarize(node.Key, this);
        }
        finally
        {
            _depth--;
            _running.Pop();
        }
    }

    /// <summary>
    /// Makes the summaries of methods that call each other, again and again until none of them changes. Which methods these are is
    /// only known when they have been made: what is found on the way there is thrown away.
    /// </summary>
    /// <param name="members">The summaries, last the one that was asked for first.</param>
    private void SolveCycle(List<Node> members)
    {
        var head = members[members.Count - 1];
        _cycle = new();
        foreach (var member in members)
        {
            _cycle.Add(member.Key, Summary.Bottom);
        }

        var nodes = new Dictionary<SummaryKey, Node>();
        var lowest = head.Index;
        bool isStable;
        do
        {
            foreach (var key in _cycle.Keys.ToArray())
            {
                _cycle[key] = Summary.Bottom;
            }

            nodes.Clear();
            _cycleGrew = false;
            isStable = Iterate(nodes);
            lowest = nodes.Values.Aggregate(lowest, (low, node) => Math.Min(low, node.Lowest));
        }
        while (_cycleGrew);

        var cycle = _cycle;
        _cycle = null;
        head.Value = isStable ? cycle[head.Key] : Summary.Unknown;
        if (lowest < head.Index)
        {
            // It rests on what is under way further up the stack, after all.
            foreach (var pair in cycle)
            {
                var node = pair.Key.Equals(head.Key) ? head : new Node(pair.Key, _next++) { Value = pair.Value };
                node.Lowest = lowest;
                _underWay.Add(node.Key, node);
                _open.Push(node);
            }

            return;
        }

        // What was only asked for on the way, and what rests on the cycle without being part of it, is made when it is asked for.
        var parts = Leading(nodes, head.Key).ToArray();
        engine.Summaries.Publish(parts.Select(key => MadeOf(nodes[key], isStable ? cycle[key] : Summary.Unknown)).ToArray(), parts);
    }

    /// <summary>Makes the summaries of the cycle, the first in order that rests on one that has changed, until none does.</summary>
    /// <returns>False if there is no end of it.</returns>
    private bool Iterate(Dictionary<SummaryKey, Node> nodes)
    {
        var stale = new SortedSet<SummaryKey>(_cycle!.Keys);
        var times = new Dictionary<SummaryKey, int>();
        for (var count = 0; stale.Count > 0 && count < Limits.MaxRounds * _cycle.Count; count++)
        {
            var node = new Node(stale.Min!, _next++);
            stale.Remove(node.Key);
            times.TryGetValue(node.Key, out var before);
            times[node.Key] = before + 1;
            var value = Solve(node);
            value = before < Limits.RoundsBeforeWidening ? value : value.Widen(_cycle[node.Key]);
            nodes[node.Key] = node;
            stale.UnionWith(_cycle.Keys.Where(key => !times.ContainsKey(key)));
            var isSame = value.HasSameEffects(_cycle[node.Key]);
            _cycle[node.Key] = value;
            if (!isSame)
            {
                stale.UnionWith(nodes.Values.Where(other => other.Dependencies.Contains(node.Key)).Select(other => other.Key));
            }
        }

        return stale.Count == 0;
    }

    /// <summary>
    /// The summaries of a cycle that is longer than the stack is deep. Here none waits for another: each is made again when one that
    /// it rests on has changed, and all of this is thrown away when it is known which belong to the cycle.
    /// </summary>
    private List<Node> FindLongCycle(SummaryKey start)
    {
        _isFlat = true;
        _cycle = new() { { start, Summary.Bottom } };
        var made = new Dictionary<SummaryKey, Node>();
        Iterate(made);
        Reset();
        return Leading(made, start).Select(key => new Node(key, _next++)).ToList();
    }

    /// <summary>The summaries that rest on this one.</summary>
    private static IEnumerable<SummaryKey> Leading(Dictionary<SummaryKey, Node> made, SummaryKey to)
    {
        var leading = new SortedSet<SummaryKey> { to };
        var count = 0;
        while (count < leading.Count)
        {
            count = leading.Count;
            leading.UnionWith(made.Values.Where(node => node.Dependencies.Exists(leading.Contains)).Select(node => node.Key));
        }

        return leading;
    }

    private static SummaryStore.Made MadeOf(Node node, Summary summary) => new(node.Key, summary, node.Dependencies, node.Premises);

    private void EnsureStack(SummaryKey key)
    {
        if (_depth >= Limits.MaxNested)
        {
            throw new TooDeepException(key);
        }

        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        catch (InsufficientExecutionStackException) when (_depth > 0)
        {
            throw new TooDeepException(key);
        }
    }

    private void Reset()
    {
        _underWay.Clear();
        _open.Clear();
        _running.Clear();
        _cycle = null;
        _cycleGrew = false;
        _isFlat = false;
        _depth = 0;
    }
}

/// <summary>Too many summaries wait for each other: this one is to be made first, on an empty stack.</summary>
internal sealed class TooDeepException(SummaryKey key) : Exception
{
    public SummaryKey Key => key;
}

/// <summary>A limit of the engine was reached: the code is left alone.</summary>
internal sealed class FlowLimitException : Exception;
