using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The members in which a check can have something to say: those that mention what it needs, and, from there upward, those that
/// call a member which leaves something for its callers to judge. Names say which members may, the calls in their code which do.
/// </summary>
internal sealed class Roots(FlowEngine engine, Reach reach, ProjectMemory memory)
{
    private KeptRoots? _roots;

    /// <summary>Worked out by whoever asks first; two who ask at once both work it out, and find the same.</summary>
    public bool Contains(CodeMember member, CancellationToken cancellation) => (_roots ??= TakeOver(cancellation) ?? Find(cancellation)).Members.Contains(member);

    /// <summary>
    /// Whether a caller of the code can have something to say that the code cannot: of an event that its summary tells of, of what
    /// happens when a delegate or iterator that it hands out runs, or when a text that it hands out is executed.
    /// </summary>
    public static bool LeavesToCallers(FlowEngine engine, CodeMember member, FlowNeed need, CancellationToken cancellation)
    {
        var isText = need.Words == Words.Checkpoint;
        if (isText && engine.Project.Entry(member)?.Has(MemberTraits.HandsOutText) == true)
        {
            return true;
        }

        var checks = 0u;
        for (var i = 0; i < engine.Checks.Length; i++)
        {
            checks |= engine.Checks[i].Needs[0] == need ? 1u << i : 0;
        }

        var seen = new HashSet<CodeUnit>();
        var pending = new Queue<CodeUnit>(engine.Units.In(member, cancellation));
        while (pending.Count > 0)
        {
            var unit = pending.Dequeue();
            if (!seen.Add(unit))
            {
                continue;
            }

            var summary = engine.SummaryOf(unit, cancellation);
            if (summary.IsUnknown || summary.Latent.Any(latent => (latent.Checks & checks) != 0))
            {
                return true;
            }

            foreach (var value in summary.Exits.SelectMany(exit => exit.Variables.Select(pair => pair.Value)))
            {
                if (isText && value.Atoms.Any(atom => atom is Text))
                {
                    return true;
                }

                foreach (var handedOut in CodeIn(value))
                {
                    pending.Enqueue(handedOut);
                }
            }
        }

        return false;
    }

    /// <summary>The code of the delegates and iterators that a value is or holds.</summary>
    private static IEnumerable<CodeUnit> CodeIn(Value value) => value.Atoms.SelectMany(atom => atom switch
    {
        Closure closure => [closure.Unit],
        Deferred deferred => [deferred.Unit],
        IterationResult iteration => [iteration.Iterator.Unit],
        Elements elements => CodeIn(elements.Any),
        TupleValue tuple => tuple.Items.Values.SelectMany(CodeIn),
        _ => Enumerable.Empty<CodeUnit>(),
    });

    private KeptRoots? TakeOver(CancellationToken cancellation) => memory.Roots is { } kept && kept.IsTrueOf(engine, reach, cancellation) ? kept : null;

    private KeptRoots Find(CancellationToken cancellation)
    {
        var roots = new HashSet<CodeMember>();
        var premises = new RootPremises();
        var above = new Dictionary<FlowNeed, HashSet<CodeMember>>();
        foreach (var check in engine.Checks)
        {
            var first = check.Needs[0];
            if (!above.TryGetValue(first, out var members))
            {
                above.Add(first, members = Above(first, premises, cancellation));
            }

            roots.UnionWith(members.Where(member => check.Needs.Skip(1).All(need => reach.Below(need).Contains(member))));
        }

        return memory.Roots = new(engine, reach, premises, roots);
    }

    private HashSet<CodeMember> Above(FlowNeed need, RootPremises premises, CancellationToken cancellation)
    {
        // A word in a text counts wherever it stands: the text may be handed on. So does the name of a type.
        var above = reach.SeedsOf(need.Words);
        if (need.Words is not (Words.Checkpoint or Words.Batches))
        {
            premises.Read(above);
            above.RemoveWhere(member => !engine.Units.In(member, cancellation).Any(unit => (engine.Calls.In(unit, cancellation).Words & need.Words) != 0));
        }

        var last = above;
        for (var calls = need.Calls; calls > 0 && last.Count > 0; calls--)
        {
            var telling = new HashSet<CodeMember>(last.Where(member => premises.Add(member, need, LeavesToCallers(engine, member, need, cancellation))));
            var candidates = reach.CallersOf(telling);
            candidates.ExceptWith(above);
            premises.Read(candidates);
            last = new(engine.Calls.CallersAmong(candidates, telling, cancellation));
            above = new(above.Concat(last));
        }

        return above;
    }
}
