using System.Collections.Immutable;
using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// What was seen in one piece of code, and the one place that decides who reports it: this code, because it is certain whoever
/// calls it, or a caller, because it depends on the state it is called in, on a text or delegate that was handed in, or on what
/// becomes of an answer that is given back.
/// </summary>
internal sealed class EventLog(Frame frame)
{
    private readonly List<Entry> _entries = [];
    private readonly List<(int Check, FindingSink.Draft Draft, State State)> _ends = [];
    private readonly List<Finding> _endsOfFunctions = [];
    private readonly HashSet<Place> _readAnswers = [];
    private readonly HashSet<Place> _returnedAnswers = [];

    /// <param name="Event">The event.</param>
    /// <param name="Before">The state before it.</param>
    /// <param name="Wanting">The checks that may say more where the caller's state is known, as bits.</param>
    /// <param name="Said">What checks say now.</param>
    /// <param name="Hops">Calls between the event and this code.</param>
    /// <param name="At">Where to report what they say now.</param>
    private sealed record Entry(SqliteEvent Event, State Before, uint Wanting, ImmutableArray<(int Check, FindingSink.Draft Draft)> Said, int Hops, Place At);

    /// <summary>Shows an event to the checks.</summary>
    /// <param name="e">The event.</param>
    /// <param name="before">The state before it.</param>
    /// <param name="checks">The checks that it is shown to, as bits.</param>
    /// <param name="hops">Calls between it and this code.</param>
    /// <param name="through">Of an event in a lambda or local function of this code: that function, and the call that runs it.</param>
    public void Add(SqliteEvent e, State before, uint checks, int hops, (Place Function, Place Call)? through)
    {
        var said = ImmutableArray.CreateBuilder<(int Check, FindingSink.Draft Draft)>();
        var wanting = 0u;
        for (var i = 0; i < frame.Engine.Checks.Length; i++)
        {
            if ((checks & (1u << i)) == 0)
            {
                continue;
            }

            var check = frame.Engine.Checks[i];
            var sink = new FindingSink();
            check.Visit(e, before, sink);
            said.AddRange(sink.Drafts.Select(draft => (i, draft)));
            wanting |= hops < check.Hops && check.DependsOnCaller(e) ? 1u << i : 0;
        }

        var moved = through is var (function, call) && !call.Contains(e.At) ? said.ToImmutable().RemoveAll(each => !IsOfBefore(each.Draft, function)) : ImmutableArray<(int Check, FindingSink.Draft Draft)>.Empty;
        if (said.Count > moved.Length || wanting != 0)
        {
            _entries.Add(new(e, before, wanting, said.ToImmutable().RemoveRange(moved), hops, e.At));
        }

        if (moved.Length > 0)
        {
            _entries.Add(new(e, before, 0, moved, hops, through!.Value.Call));
        }
    }

    /// <summary>
    /// What was found in a lambda or local function because of what happened before it was called is reported at the call, unless the
    /// code stands in the call itself.
    /// </summary>
    private static bool IsOfBefore(FindingSink.Draft draft, Place function) => draft.Needs.Any(evidence => !function.Contains(evidence.Anchor));

    /// <summary>Shows the checks a state in which the code ends.</summary>
    /// <param name="end">How it ends.</param>
    /// <param name="state">The state.</param>
    /// <param name="normal">All states in which it ends normally.</param>
    public void AddEnd(MethodEnd end, State state, ImmutableArray<State> normal)
    {
        for (var i = 0; i < frame.Engine.Checks.Length; i++)
        {
            var sink = new FindingSink();
            frame.Engine.Checks[i].VisitEnd(end, state, normal, sink);
            _ends.AddRange(sink.Drafts.Select(draft => (i, draft, state)));
        }
    }

    /// <summary>Takes over what was found where lambdas and local functions end.</summary>
    /// <param name="ends">What was found.</param>
    /// <param name="isDetached">Whether somebody runs them of whom nothing is known.</param>
    public void AddEndsOfFunctions(ImmutableArray<Finding> ends, bool isDetached) => _endsOfFunctions.AddRange(
        ends.Select(end => isDetached ? end with { Properties = end.Properties.SetItem(DiagnosticProperties.RunsElsewhere, DiagnosticProperties.True) } : end));

    public void ReadAnswer(Place checkpoint) => _readAnswers.Add(checkpoint);

    public void ReturnAnswer(Place checkpoint) => _returnedAnswers.Add(checkpoint);

    /// <summary>What this code reports itself.</summary>
    public ImmutableArray<Finding> Findings()
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var entry in _entries)
        {
            foreach (var (check, draft) in entry.Said)
            {
                if (IsReportedHere(entry, draft))
                {
                    Add(findings, check, draft, draft.At ?? entry.At, entry.Before);
                }
            }
        }

        AddEnds(findings);
        foreach (var finding in _endsOfFunctions.Where(finding => finding.At.Member.Equals(frame.Unit.Member)))
        {
            Add(findings, finding);
        }

        return findings.ToImmutable();
    }

    /// <summary>What code that does not report itself has found at ends of lambdas and local functions, its own or others', that is certain whoever runs them.</summary>
    public ImmutableArray<Finding> EndsOfFunctions()
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        AddEnds(findings);
        foreach (var finding in _endsOfFunctions)
        {
            Add(findings, finding);
        }

        return findings.ToImmutable();
    }

    private void AddEnds(ImmutableArray<Finding>.Builder findings)
    {
        foreach (var (check, draft, state) in _ends.Where(end => frame.IsHost || !end.Draft.AsksCallers))
        {
            Add(findings, check, draft, draft.At ?? frame.Place, state);
        }
    }

    private void Add(ImmutableArray<Finding>.Builder findings, int check, FindingSink.Draft draft, Place at, State state)
    {
        if (!at.Member.Equals(frame.Unit.Member) || !StillHolds(check, draft))
        {
            return;
        }

        Add(findings, frame.Find(check, at, draft, state));
    }

    private static void Add(ImmutableArray<Finding>.Builder findings, Finding finding)
    {
        // Of another database the project may say something else, and of another event in the same call a caller.
        if (!findings.Any(known => known.SaysTheSameAs(finding) && known.Databases.SequenceEqual(finding.Databases) && known.Origin.Equals(finding.Origin) && (finding.Origin is null || known.Arguments.SequenceEqual(finding.Arguments))))
        {
            findings.Add(finding);
        }
    }

    /// <summary>What a caller is to judge.</summary>
    public ImmutableArray<LatentEvent> Latent()
    {
        var latent = ImmutableArray.CreateBuilder<LatentEvent>();
        foreach (var entry in _entries)
        {
            var (checks, isSaid) = (entry.Wanting, false);
            foreach (var (check, draft) in entry.Said)
            {
                var isOver = (IsReportedHere(entry, draft) && !draft.AsksCallers) || (draft.IsAboutAnswer && IsRead(entry)) || frame.IsReportedByGeneral(check, entry.At);
                checks = isOver ? checks & ~(1u << check) : checks | (1u << check);
                isSaid |= !isOver;
            }

            if (checks == 0 || entry.Hops >= Limits.MaxHops || (IsRead(entry) && entry.Wanting == 0))
            {
                continue;
            }

            var e = entry.Event is Checkpoints { Result: ResultUse.Returned } checkpoint && !_returnedAnswers.Contains(checkpoint.At) && !IsRead(entry)
                ? checkpoint with { Result = ResultUse.Dropped }
                : entry.Event;
            var next = new LatentEvent(e, frame.VisibleToCaller(entry.Before, withMade: isSaid), checks, entry.Hops);
            if (latent.Count(known => (known.Checks & checks) != 0) < Limits.MaxLatent && !latent.Any(known => IsSame(known, next)))
            {
                latent.Add(next);
            }
        }

        return latent.ToImmutable();
    }

    /// <summary>Whether a caller would see the two as one: the place is gone once it is left.</summary>
    private static bool IsSame(LatentEvent a, LatentEvent b) =>
        a.Checks == b.Checks && a.Hops == b.Hops && a.Event is StartsProcess start && b.Event is StartsProcess other && start.Equals(other with { At = start.At, Origin = start.Origin, Loop = start.Loop }) && a.Before.Equals(b.Before) && !IsNested(a, b);

    private static bool IsNested(LatentEvent a, LatentEvent b) => a.Event.At.Member.Equals(b.Event.At.Member) && a.Hops == 0;

    private bool IsRead(Entry entry) => _readAnswers.Contains(entry.Event.At);

    private bool IsReportedHere(Entry entry, FindingSink.Draft draft) =>
        frame.IsHost
        && entry.At.Member.Equals(frame.Unit.Member)
        && !(entry.Event is Checkpoints { Text.IsFromCaller: true })
        && !(draft.IsAboutAnswer && (IsRead(entry) || _returnedAnswers.Contains(entry.Event.At)));

    private bool StillHolds(int check, FindingSink.Draft draft) =>
        draft.Subject is null || frame.Engine.Checks[check].StillHolds(frame.UseOf(draft.Subject));
}
