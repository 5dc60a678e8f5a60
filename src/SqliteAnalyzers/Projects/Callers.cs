using SqliteAnalyzers.Engine;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Projects;

/// <summary>
/// The callers of a member and, above those that leave a question open, theirs: so many as are asked, the smallest first, and none
/// that leads to half of the program.
/// </summary>
/// <param name="engine">Knows which code calls which.</param>
/// <param name="reach">Knows which code may.</param>
/// <param name="maxCalls">The calls that a question goes up over.</param>
/// <param name="maxAsked">The callers that are asked at most.</param>
/// <param name="maxBelow">The pieces of code that one leads to whom it is worth to ask.</param>
internal sealed class Callers(FlowEngine engine, Reach reach, int maxCalls, int maxAsked, int maxBelow = Callers.MaxBelow)
{
    private const int MaxBelow = 25;

    /// <summary>Whether nobody is left who might have known more.</summary>
    public bool WereAllAsked { get; private set; } = true;

    public IEnumerable<CodeMember> Of(CodeMember member, Func<CodeMember, bool> isLeftOpen, CancellationToken cancellation)
    {
        var seen = new HashSet<CodeMember> { member };
        var below = new HashSet<CodeMember> { member };
        var asked = 0;
        for (var calls = 0; below.Count > 0; calls++)
        {
            var candidates = reach.CallersOf(below, engine.Project).Where(caller => !seen.Contains(caller)).OrderBy(SizeOf).ThenBy(caller => caller.Key, StringComparer.Ordinal).ToArray();
            var leftOpen = new HashSet<CodeMember>();
            foreach (var caller in engine.Calls.CallersAmong(candidates, below, cancellation))
            {
                if (calls == maxCalls || asked == maxAsked)
                {
                    WereAllAsked = false;
                    yield break;
                }

                seen.Add(caller);
                if (!IsSmall(caller, cancellation))
                {
                    WereAllAsked = false;
                    continue;
                }

                asked++;
                yield return caller;
                if (isLeftOpen(caller))
                {
                    leftOpen.Add(caller);
                }
            }

            below = leftOpen;
        }
    }

    private bool IsSmall(CodeMember member, CancellationToken cancellation)
    {
        var seen = new HashSet<CodeUnit>(engine.Units.In(member, cancellation));
        var pending = new Queue<CodeUnit>(seen);
        while (pending.Count > 0 && seen.Count <= maxBelow)
        {
            foreach (var called in engine.Calls.In(pending.Dequeue(), cancellation).Calls)
            {
                if (reach.IsRelevant(called.Member) && seen.Add(called))
                {
                    pending.Enqueue(called);
                }
            }
        }

        return seen.Count <= maxBelow;
    }

    /// <summary>How many names a member mentions.</summary>
    private int SizeOf(CodeMember member) => engine.Project.Entry(member)?.Names.Length ?? 0;
}
