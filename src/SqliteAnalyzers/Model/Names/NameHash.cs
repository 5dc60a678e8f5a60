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

    public static bool Overlaps(int[] names, HashSet<int> others)
    {
        foreach (var name in names)
        {
            if (others.Contains(name))
            {
                return true;
            }
        }

        return false;
    }
}
