using System.Runtime.CompilerServices;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Makes the summaries that one request needs, bottom-up: those of callees before those of callers, and those of methods that call
/// each other together. Belongs to one thread; what is complete is shared with all others.
/// </summary>
/// <remarks>
/// A summary is a function of the program alone. Methods that call each other start from "never returns" and are made again, those
/// that are called before those that call them, until none of them changes; nothing that rests on a summary that is not final is kept.
/// </remarks>
internal sealed class Evaluation(FlowEngine engine, CancellationToken cancellation)
{
    private readonly Dictionary<SummaryKey, Node> _underWay = [];
    private readonly Stack<Node> _open = new();
    private readonly Stack<Node> _running = new();
    private readonly List<Cycle> _cycles = [];
    private readonly HashSet<SummaryKey> _claimed = [];
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

        /// <summary>The outermost of the cycles that are being solved of which it rests on a summary; past the last if on none.</summary>
        public int RestsOn { get; set; } = int.MaxValue;

        public HashSet<SummaryKey> Dependencies { get; } = [];

        public HashSet<Premise> Premises { get; } = [];
    }

    /// <summary>Summaries that rest on each other, as they are in this round.</summary>
    private sealed class Cycle
    {
        public SortedDictionary<SummaryKey, Summary> Values { get; } = [];

        /// <summary>Whether something was found to be part of it since it was begun.</summary>
        public bool Grew { get; set; }

        public void Add(IEnumerable<Node> nodes)
        {
            foreach (var node in nodes)
            {
                Values[node.Key] = Summary.Bottom;
            }

            Grew = true;
        }

        public void Restart()
        {
            Grew = false;
            foreach (var key in Values.Keys.ToArray())
            {
                Values[key] = Summary.Bottom;
            }
        }
    }

    /// <summary>The summary of a unit, and before it those it needs.</summary>
    public Summary Run(SummaryKey key)
    {
        try
        {
            return RunClaiming(key);
        }
        finally
        {
            GiveUpClaims(_ => true);
        }
    }

    private Summary RunClaiming(SummaryKey key)
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
        for (var level = _cycles.Count - 1; level >= 0; level--)
        {
            if (_cycles[level].Values.TryGetValue(key, out var provisional))
            {
                if (asking is not null)
                {
                    asking.RestsOn = Math.Min(asking.RestsOn, level);
                }

                return provisional;
            }
        }

        if (engine.Summaries.TryGet(key, out var known, cancellation))
        {
            return known;
        }

        if (_isFlat)
        {
            _cycles[0].Values.Add(key, Summary.Bottom);
            return Summary.Bottom;
        }

        if (_underWay.TryGetValue(key, out var open))
        {
            open.IsInCycle = true;
            if (asking is not null)
            {
                asking.Lowest = Math.Min(asking.Lowest, open.Lowest);
                asking.RestsOn = Math.Min(asking.RestsOn, open.RestsOn);
            }

            return open.Value;
        }

        if (IsMadeByAnother(key, out known))
        {
            return known;
        }

        var node = Make(key);
        if (asking is not null)
        {
            asking.Lowest = Math.Min(asking.Lowest, node.Lowest);
            asking.RestsOn = Math.Min(asking.RestsOn, node.RestsOn);
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

        var outer = members.Min(other => other.RestsOn);
        if (outer < _cycles.Count)
        {
            // It is found only now that these may belong to a cycle that is being solved.
            _cycles[outer].Add(members);
        }
        else if (members.Count == 1 && !node.IsInCycle)
        {
            engine.Summaries.Publish([MadeOf(node, node.Value)], []);
            node.Value = engine.Summaries.Of(key);
        }
        else
        {
            SolveCycle(members);
        }

        if (_cycles.Count == 0)
        {
            GiveUpClaims(claimed => !_underWay.ContainsKey(claimed));
        }

        return node;
    }

    /// <summary>Whether another thread is making the summary, or has just made it; if not, it is for this one to make.</summary>
    private bool IsMadeByAnother(SummaryKey key, out Summary summary)
    {
        bool waited;
        do
        {
            waited = engine.Summaries.Claims.WaitFor(key, this, cancellation);
            if (engine.Summaries.TryGet(key, out summary, cancellation))
            {
                engine.Summaries.Claims.GiveUp([key], this);
                return true;
            }
        }
        while (waited);

        _claimed.Add(key);
        return false;
    }

    private void GiveUpClaims(Predicate<SummaryKey> which)
    {
        engine.Summaries.Claims.GiveUp(_claimed.Where(key => which(key)), this);
        _claimed.RemoveWhere(which);
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
        var (cycle, level) = (new Cycle(), _cycles.Count);
        _cycles.Add(cycle);
        cycle.Add(members);
        var nodes = new Dictionary<SummaryKey, Node>();
        while (cycle.Grew)
        {
            nodes.Clear();
            cycle.Restart();
            Iterate(cycle, nodes);
        }

        _cycles.RemoveAt(level);
        head.Lowest = nodes.Values.Min(node => Math.Min(node.Lowest, head.Index));
        head.RestsOn = nodes.Values.Min(node => node.RestsOn < level ? node.RestsOn : int.MaxValue);
        head.Value = cycle.Values[head.Key];

        // What was only asked for on the way, and what is not part of the cycle in the end, is made when it is asked for.
        var parts = PartsOf(nodes, head.Key);
        if (head.Lowest < head.Index)
        {
            // It rests on what is under way further up the stack, after all.
            foreach (var part in parts)
            {
                var node = part.Key.Equals(head.Key) ? head : new Node(part.Key, _next++) { Value = cycle.Values[part.Key], Lowest = head.Lowest, RestsOn = head.RestsOn };
                _underWay.Add(node.Key, node);
                _open.Push(node);
            }
        }
        else if (head.RestsOn < level)
        {
            // It rests on the cycle around it, after all.
            _cycles[head.RestsOn].Add(parts);
        }
        else
        {
            engine.Summaries.Publish(parts.Select(part => MadeOf(part, cycle.Values[part.Key])).ToArray(), parts.Select(part => part.Key));
            head.Value = engine.Summaries.Of(head.Key);
        }
    }

    /// <summary>
    /// Makes the summaries of the cycle, the first in order that rests on one that has changed, until none does. One that keeps
    /// changing grows, and in the end is unknown.
    /// </summary>
    private void Iterate(Cycle cycle, Dictionary<SummaryKey, Node> nodes)
    {
        var stale = new SortedSet<SummaryKey>(cycle.Values.Keys, CalleesFirst(cycle.Values.Keys));
        var times = new Dictionary<SummaryKey, int>();
        while (stale.Count > 0)
        {
            var node = new Node(stale.Min!, _next++);
            stale.Remove(node.Key);
            times.TryGetValue(node.Key, out var before);
            times[node.Key] = before + 1;
            var value = Solve(node);
            value = before < Limits.RoundsBeforeWidening ? value
                : before < Limits.MaxRounds ? value.Widen(cycle.Values[node.Key])
                : Summary.Unknown;
            nodes[node.Key] = node;
            stale.UnionWith(cycle.Values.Keys.Where(key => !times.ContainsKey(key)));
            var isSame = value.HasSameEffects(cycle.Values[node.Key]);
            cycle.Values[node.Key] = value;
            if (!isSame)
            {
                stale.UnionWith(nodes.Values.Where(other => other.Dependencies.Contains(node.Key)).Select(other => other.Key));
            }
        }
    }

    /// <summary>
    /// The order in which the summaries of a cycle come to rest soonest: as a walk along the calls leaves them that begins at the first
    /// by name. It follows from the program alone.
    /// </summary>
    private Comparer<SummaryKey> CalleesFirst(ICollection<SummaryKey> keys)
    {
        var units = new SortedSet<CodeUnit>(keys.Select(key => key.Unit));
        var ranks = new Dictionary<CodeUnit, int>();
        var seen = new HashSet<CodeUnit>();
        var pending = new Stack<CodeUnit>(units.Reverse());
        while (pending.Count > 0)
        {
            var unit = pending.Peek();
            if (seen.Add(unit))
            {
                foreach (var called in engine.Calls.In(unit, cancellation).Calls.Where(called => units.Contains(called) && !seen.Contains(called)).OrderByDescending(called => called))
                {
                    pending.Push(called);
                }
            }
            else
            {
                pending.Pop();
                if (!ranks.ContainsKey(unit))
                {
                    ranks.Add(unit, ranks.Count);
                }
            }
        }

        // One that turns out later to be part of the cycle comes first.
        return Comparer<SummaryKey>.Create((key, other) => RankOf(key).CompareTo(RankOf(other)) is var byRank && byRank != 0 ? byRank : key.CompareTo(other));

        int RankOf(SummaryKey key) => ranks.TryGetValue(key.Unit, out var rank) ? rank : -1;
    }

    /// <summary>
    /// The summaries of a cycle that is longer than the stack is deep. Here none waits for another: each is made again when one that
    /// it rests on has changed, and all of this is thrown away when it is known which belong to the cycle.
    /// </summary>
    private List<Node> FindLongCycle(SummaryKey start)
    {
        _isFlat = true;
        var cycle = new Cycle();
        cycle.Values.Add(start, Summary.Bottom);
        _cycles.Add(cycle);
        var made = new Dictionary<SummaryKey, Node>();
        Iterate(cycle, made);
        Reset();
        return PartsOf(made, start).Select(part => new Node(part.Key, _next++)).ToList();
    }

    /// <summary>In the order of their names, the summaries that rest on this one and on which it rests, with itself.</summary>
    private static List<Node> PartsOf(Dictionary<SummaryKey, Node> made, SummaryKey start)
    {
        var below = new SortedSet<SummaryKey> { start };
        var pending = new Stack<SummaryKey>(below);
        while (pending.Count > 0)
        {
            foreach (var dependency in made[pending.Pop()].Dependencies)
            {
                if (made.ContainsKey(dependency) && below.Add(dependency))
                {
                    pending.Push(dependency);
                }
            }
        }

        var dependents = below.SelectMany(key => made[key].Dependencies.Select(dependency => (Dependency: dependency, Key: key))).ToLookup(pair => pair.Dependency, pair => pair.Key);
        var parts = new SortedSet<SummaryKey> { start };
        pending.Push(start);
        while (pending.Count > 0)
        {
            foreach (var dependent in dependents[pending.Pop()])
            {
                if (parts.Add(dependent))
                {
                    pending.Push(dependent);
                }
            }
        }

        return parts.Select(key => made[key]).ToList();
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
        _cycles.Clear();
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
