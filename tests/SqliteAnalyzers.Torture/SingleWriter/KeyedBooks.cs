namespace SqliteAnalyzers.Torture;

/// <summary>What the processes that work on one database have said about each unit: what must be there, and what must not. Safe for several threads.</summary>
internal sealed class KeyedBooks
{
    private readonly HashSet<long> _acknowledged = [];
    private readonly HashSet<long> _failed = [];

    public void Acknowledged(long key)
    {
        lock (_acknowledged)
        {
            _acknowledged.Add(key);
        }
    }

    public void Failed(long key)
    {
        lock (_failed)
        {
            _failed.Add(key);
        }
    }

    /// <summary>What was acknowledged up to now.</summary>
    public IReadOnlySet<long> Copy()
    {
        lock (_acknowledged)
        {
            return new HashSet<long>(_acknowledged);
        }
    }

    /// <summary>Compares a database with what had been acknowledged before somebody looked at it, and with what has failed by now.</summary>
    public IEnumerable<string> Compare(IReadOnlySet<long> acknowledgedBefore, KeyedUnitsFound found)
    {
        foreach (var key in acknowledgedBefore.Except(found.Keys))
        {
            yield return $"unit {key} was acknowledged and is lost";
        }

        long[] failed;
        lock (_failed)
        {
            failed = [.. _failed];
        }

        foreach (var key in failed.Where(found.Keys.Contains))
        {
            yield return $"unit {key} failed and is there";
        }
    }

    /// <summary>What somebody has seen must stay.</summary>
    public void Saw(KeyedUnitsFound found)
    {
        lock (_acknowledged)
        {
            _acknowledged.UnionWith(found.Keys);
        }
    }
}
