using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The members in which a check can have something to say: that lead to what it needs, over so many calls. Names say which members
/// may, the calls in their code say which do.
/// </summary>
internal sealed class Roots(FlowEngine engine, Reach reach, ProjectMemory memory)
{
    private KeptRoots? _roots;

    /// <summary>Worked out by whoever asks first; two who ask at once both work it out, and find the same.</summary>
    public bool Contains(CodeMember member, CancellationToken cancellation) => (_roots ??= TakeOver() ?? Find(cancellation)).Members.Contains(member);

    private KeptRoots? TakeOver() => memory.Roots is { } kept && kept.IsTrueOf(engine, reach) ? kept : null;

    private KeptRoots Find(CancellationToken cancellation)
    {
        var roots = new HashSet<CodeMember>();
        var read = new HashSet<CodeMember>();
        var above = new Dictionary<FlowNeed, HashSet<CodeMember>>();
        foreach (var check in engine.Checks)
        {
            var first = check.Needs[0];
            if (!above.TryGetValue(first, out var members))
            {
                above.Add(first, members = Above(first, read, cancellation));
            }

            roots.UnionWith(members.Where(member => check.Needs.Skip(1).All(need => reach.Below(need).Contains(member))));
        }

        return memory.Roots = new(engine, reach, read, roots);
    }

    private HashSet<CodeMember> Above(FlowNeed need, HashSet<CodeMember> read, CancellationToken cancellation)
    {
        var above = reach.SeedsOf(need.Words);
        var last = above;
        for (var calls = need.Calls; calls > 0 && last.Count > 0; calls--)
        {
            var candidates = reach.CallersOf(last);
            candidates.ExceptWith(above);
            read.UnionWith(candidates);
            last = new(engine.Calls.CallersAmong(candidates, last, cancellation));
            above = new(above.Concat(last));
        }

        return above;
    }
}
