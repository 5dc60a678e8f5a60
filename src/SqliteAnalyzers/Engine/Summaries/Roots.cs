using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The members in which a check can have something to say: that lead to what it needs, over so many calls. Names say which members
/// may, the calls in their code say which do.
/// </summary>
internal sealed class Roots(FlowEngine engine, Reach reach)
{
    private HashSet<CodeMember>? _roots;

    /// <summary>Worked out by whoever asks first; two who ask at once both work it out, and find the same.</summary>
    public bool Contains(CodeMember member, CancellationToken cancellation) => (_roots ??= Find(cancellation)).Contains(member);

    private HashSet<CodeMember> Find(CancellationToken cancellation)
    {
        var roots = new HashSet<CodeMember>();
        var above = new Dictionary<FlowNeed, HashSet<TreeIndex.MemberEntry>>();
        foreach (var check in engine.Checks)
        {
            var first = check.Needs[0];
            if (!above.TryGetValue(first, out var members))
            {
                above.Add(first, members = Above(first, cancellation));
            }

            roots.UnionWith(members
                .Where(member => check.Needs.Skip(1).All(need => reach.Below(need).Contains(member)))
                .Select(member => member.Member));
        }

        return roots;
    }

    private HashSet<TreeIndex.MemberEntry> Above(FlowNeed need, CancellationToken cancellation)
    {
        var above = new HashSet<TreeIndex.MemberEntry>(reach.SeedsOf(need.Words));
        IReadOnlyCollection<TreeIndex.MemberEntry> last = above.ToArray();
        for (var calls = need.Calls; calls > 0 && last.Count > 0; calls--)
        {
            last = engine.Calls.CallersAmong(reach.CallersOf(last).Where(member => !above.Contains(member)), last, cancellation).ToArray();
            above.UnionWith(last);
        }

        return above;
    }
}
