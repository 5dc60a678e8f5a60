using SqliteAnalyzers.Model;

namespace SqliteAnalyzers.Engine;

/// <summary>What two methods do of which it is not known which one is called: what only one of them does is not known.</summary>
internal static class Agreement
{
    public static State Of(State one, State other)
    {
        var joined = one.Join(other);
        foreach (var item in joined.Objects.Keys)
        {
            var (mine, others) = (one.StateOf(item), other.StateOf(item));
            if (mine.DifferingFrom(others) is var components && components != Typestate.None)
            {
                joined = joined.With(item, joined.StateOf(item).Forget(components));
            }
        }

        return joined;
    }
}
