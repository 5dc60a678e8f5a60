using System.Globalization;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Torture;

/// <summary>What one of several workers reads: a range of keys, or the keys with a certain remainder.</summary>
internal sealed record Share(string Kind, long First, long Second)
{
    private const string Range = "range";
    private const string Remainder = "remainder";

    /// <summary>The condition in SQL.</summary>
    public string Condition => Kind == Range
        ? string.Create(CultureInfo.InvariantCulture, $"key BETWEEN {First} AND {Second}")
        : string.Create(CultureInfo.InvariantCulture, $"key % {First} = {Second}");

    /// <summary>Shares by remainder: each worker reads the whole table for them.</summary>
    public static Share[] ByRemainder(int count) => [.. Enumerable.Range(0, count).Select(i => new Share(Remainder, count, i))];

    /// <summary>Shares whose keys are equally far apart, however many rows there are.</summary>
    public static Share[] ByDistance(int count, long first, long last)
    {
        var length = (last - first + count) / count;
        return [.. Enumerable.Range(0, count).Select(i => new Share(Range, first + (i * length), first + ((i + 1) * length) - 1))];
    }

    /// <summary>Shares with equally many rows.</summary>
    public static Share[] ByRows(IEnumerable<SqliteKeyRange> ranges) => [.. ranges.Select(r => new Share(Range, r.First, r.Last))];

    public static Share Parse(string[] arguments) => new(arguments[0], Number(arguments[1]), Number(arguments[2]));

    public bool Contains(long key) => Kind == Range ? key >= First && key <= Second : key % First == Second;

    public string[] ToArguments() => [Kind, First.ToString(CultureInfo.InvariantCulture), Second.ToString(CultureInfo.InvariantCulture)];

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
