namespace SqliteAnalyzers.Torture;

/// <summary>How long each phase usually takes, learnt while it goes on: kills are spread over that time.</summary>
internal sealed class PhaseLengths
{
    private const double Weight = 0.2;

    // What a clock says of a phase may be nothing at all, or the time for which the machine slept. No mean comes back from either.
    private static readonly TimeSpan s_least = TimeSpan.FromMicroseconds(1);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_firstGuess = TimeSpan.FromMilliseconds(5);

    // A phase's first time in a process takes many times as long: code is compiled and libraries are loaded.
    private readonly Dictionary<(KillPhase Phase, bool First), TimeSpan> _lengths = [];

    public TimeSpan Of(KillPhase phase, bool first)
    {
        lock (_lengths)
        {
            return _lengths.GetValueOrDefault((phase, first), s_firstGuess);
        }
    }

    public void Add(KillPhase phase, bool first, TimeSpan length)
    {
        lock (_lengths)
        {
            // A geometric mean, which one long wait does not spoil.
            var mean = Of(phase, first) * Math.Pow(InRange(length) / Of(phase, first), Weight);
            _lengths[(phase, first)] = InRange(mean);
        }
    }

    private static TimeSpan InRange(TimeSpan length) => TimeSpan.FromTicks(Math.Clamp(length.Ticks, s_least.Ticks, s_most.Ticks));
}
