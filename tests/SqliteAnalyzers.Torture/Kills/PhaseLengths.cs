namespace SqliteAnalyzers.Torture;

/// <summary>How long each phase usually takes, learnt while it goes on: kills are spread over that time.</summary>
internal sealed class PhaseLengths
{
    private const double Weight = 0.2;

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
            _lengths[(phase, first)] = Of(phase, first) * Math.Pow(length / Of(phase, first), Weight);
        }
    }
}
