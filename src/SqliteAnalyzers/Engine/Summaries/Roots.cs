using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// The members in which a check can have something to say: those that mention what it needs, and, from there upward, those that
/// call a member which leaves something for its callers to judge. Names say which members may, the calls in their code which do.
/// </summary>
internal sealed class Roots
{
    private readonly FlowEngine _engine;
    private readonly Reach _reach;
    private readonly ProjectMemory _memory;
    private readonly SharedResult<KeptRoots> _roots;

    public Roots(FlowEngine engine, Reach reach, ProjectMemory memory)
    {
        (_engine, _reach, _memory) = (engine, reach, memory);
        _roots = new((ahead, cancellation) => TakeOver(cancellation) ?? Find(ahead, cancellation));
    }

    public bool Contains(CodeMember member, CancellationToken cancellation) => _roots.Get(cancellation).Members.Contains(member);

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

    private KeptRoots? TakeOver(CancellationToken cancellation) => _memory.Roots is { } kept && kept.IsTrueOf(_engine, _reach, cancellation) ? kept : null;

    private KeptRoots Find(WorkAhead ahead, CancellationToken cancellation)
    {
        var roots = new HashSet<CodeMember>();
        var premises = new RootPremises();
        var above = new Dictionary<FlowNeed, HashSet<CodeMember>>();
        foreach (var check in _engine.Checks)
        {
            var first = check.Needs[0];
            if (!MayHaveRoots(check))
            {
                continue;
            }

            if (!above.TryGetValue(first, out var members))
            {
                above.Add(first, members = Above(first, premises, ahead, cancellation));
            }

            roots.UnionWith(members.Where(member => check.Needs.Skip(1).All(need => _reach.Below(need).Contains(member))));
        }

        _reach.EndSearch();
        return _memory.Roots = new(_engine, _reach, premises, roots);
    }

    /// <summary>Whether, by names alone, there is a member with all below it that the check needs: where there is none, nobody's summary is asked for.</summary>
    private bool MayHaveRoots(FlowCheck check) =>
        check.Needs.Length == 1 || _reach.Below(check.Needs[0]).Any(member => check.Needs.Skip(1).All(need => _reach.Below(need).Contains(member)));

    private HashSet<CodeMember> Above(FlowNeed need, RootPremises premises, WorkAhead ahead, CancellationToken cancellation)
    {
        // A word in a text counts wherever it stands: the text may be handed on. So does the name of a type.
        var above = _reach.SeedsOf(need.Words);
        if (need.Words is not (Words.Checkpoint or Words.Batches))
        {
            premises.Read(above);
            above = new(ahead.Of(above, ReadCalls).Where(member => _engine.Calls.In(member, cancellation).Any(contents => (contents.Words & need.Words) != 0)));
        }

        var last = above;
        for (var calls = need.Calls; calls > 0 && last.Count > 0; calls--)
        {
            var telling = new HashSet<CodeMember>(ahead.Of(last, (member, token) => LeavesToCallers(_engine, member, need, token)).Where(member => premises.Add(member, need, LeavesToCallers(_engine, member, need, cancellation))));
            var candidates = _reach.CallersOf(telling, _engine.Project);
            candidates.ExceptWith(above);
            premises.Read(candidates);
            last = new(_engine.Calls.CallersAmong(ahead.Of(candidates, ReadCalls), telling, cancellation));
            above = new(above.Concat(last));
        }

        return above;
    }

    private void ReadCalls(CodeMember member, CancellationToken cancellation)
    {
        foreach (var _ in _engine.Calls.In(member, cancellation))
        {
            // What is read is kept.
        }
    }
}
