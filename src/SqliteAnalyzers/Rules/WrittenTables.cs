namespace SqliteAnalyzers.Rules;

/// <summary>The tables that descriptions of writes name.</summary>
internal static class WrittenTables
{
    /// <summary>The table in <c>the INSERT into 'orders'</c>; "" where none is named.</summary>
    public static string NamedIn(string description)
    {
        var first = description.IndexOf('\'');
        return first < 0 ? "" : description.Substring(first + 1, description.Length - first - 2);
    }
}
