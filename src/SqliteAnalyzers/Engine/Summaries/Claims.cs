using System.Collections.Concurrent;

namespace SqliteAnalyzers.Engine;

/// <summary>
/// Which evaluation makes which summary: another that needs it waits until it is made, and does not make it, too.
/// </summary>
/// <remarks>
/// None waits for one that waits for it. Then both make it and find the same, as where a claim is given up before the summary is made:
/// a claim saves work and decides nothing.
/// </remarks>
internal sealed class Claims
{
    private readonly ConcurrentDictionary<SummaryKey, Claim> _claims = new();
    private readonly Dictionary<Evaluation, Claim> _waiting = [];

    private sealed class Claim(Evaluation maker)
    {
        public Evaluation Maker => maker;

        public ManualResetEventSlim IsOver { get; } = new();
    }

    /// <summary>Whether another evaluation made the summary, or gave it up, while this one waited for it. If not, this one is to make it.</summary>
    public bool WaitFor(SummaryKey key, Evaluation asking, CancellationToken cancellation)
    {
        var claim = _claims.GetOrAdd(key, _ => new(asking));
        if (claim.Maker == asking || !TryBeginToWait(claim, asking))
        {
            return false;
        }

        try
        {
            claim.IsOver.Wait(cancellation);
        }
        finally
        {
            lock (_waiting)
            {
                _waiting.Remove(asking);
            }
        }

        return true;
    }

    /// <summary>Tells those that wait for the summaries of this evaluation that they are made, or will not be.</summary>
    public void GiveUp(IEnumerable<SummaryKey> keys, Evaluation maker)
    {
        foreach (var key in keys)
        {
            if (_claims.TryGetValue(key, out var claim) && claim.Maker == maker)
            {
                _claims.TryRemove(key, out _);
                claim.IsOver.Set();
            }
        }
    }

    private bool TryBeginToWait(Claim claim, Evaluation asking)
    {
        lock (_waiting)
        {
            // One whose claim is over waits no longer, though it may not have come to say so.
            for (var next = claim; next is { IsOver.IsSet: false }; next = _waiting.TryGetValue(next.Maker, out var waitsFor) ? waitsFor : null)
            {
                if (next.Maker == asking)
                {
                    return false;
                }
            }

            _waiting.Add(asking, claim);
            return true;
        }
    }
}
