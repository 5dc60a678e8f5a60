namespace SqliteAnalyzers.Model;

/// <summary>
/// Hash codes that are the same in every process, so that no order that depends on one can differ from run to run.
/// </summary>
/// <remarks>The strings of .NET hash differently in each process.</remarks>
internal static class StableHash
{
    private const int Prime = 16777619;

    private const int Basis = unchecked((int)2166136261);

    public static int Of(string text) => Add(Basis, text);

    /// <summary>Of one text that follows the other.</summary>
    public static int Of(string first, string second) => Add(Add(Basis, first), second);

    public static int Combine(int first, int second) => (((first * 31) + second) ^ (second >> 15)) * Prime;

    public static int Combine(int first, int second, int third) => Combine(Combine(first, second), third);

    private static int Add(int hash, string text)
    {
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }
}
