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
            foreach (var component in Component.All)
            {
                if (((mine.SpokenOf | others.SpokenOf) & component) != 0 && !mine.Only(component).HasSameBits(others.Only(component)))
                {
                    joined = joined.With(item, joined.StateOf(item).Forget(component));
                }
            }
        }

        return joined;
    }
}
