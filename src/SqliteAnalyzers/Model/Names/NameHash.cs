namespace SqliteAnalyzers.Model;

/// <summary>
/// Names as numbers: an index holds the names that each member mentions, and of a whole program these are too many to keep as text.
/// Two names that share a number make a member look as if it mentioned one that it does not; nothing is decided by that alone.
/// </summary>
internal static class NameHash
{
    public const int Basis = unchecked((int)2166136261);

    private const int Prime = 16777619;

    public static int Of(string name)
    {
        var hash = Basis;
        foreach (var character in name)
        {
            hash = Add(hash, character);
        }

        return hash;
    }

    public static int Add(int hash, char character) => (hash ^ character) * Prime;

    public static bool Contains(int[] sorted, int name) => Array.BinarySearch(sorted, name) >= 0;

    /// <summary>Whether each name that only one of two sorted lists has means nothing.</summary>
    public static bool IsSameBut(int[] sorted, int[] other, Func<int, bool> isMeaningful)
    {
        for (int i = 0, j = 0; i < sorted.Length || j < other.Length;)
        {
            if (i < sorted.Length && j < other.Length && sorted[i] == other[j])
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            var isFirst = j == other.Length || (i < sorted.Length && sorted[i] < other[j]);
            if (isMeaningful(isFirst ? sorted[i++] : other[j++]))
            {
                return false;
            }
        }

        return true;
    }

    /// <remarks>Of the two the smaller is gone through.</remarks>
    public static bool Overlaps(int[] sorted, HashSet<int> others)
    {
        if (sorted.Length <= others.Count)
        {
            foreach (var name in sorted)
            {
                if (others.Contains(name))
                {
                    return true;
                }
            }

            return false;
        }

        foreach (var name in others)
        {
            if (Contains(sorted, name))
            {
                return true;
            }
        }

        return false;
    }
}
