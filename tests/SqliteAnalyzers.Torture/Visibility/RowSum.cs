using System.Globalization;

namespace SqliteAnalyzers.Torture;

/// <summary>Rows counted and summed up.</summary>
internal readonly record struct RowSum(long Rows, long Keys, long Values)
{
    public RowSum With(long key) => new(Rows + 1, Keys + key, Values + Measurements.Value(key));

    public static RowSum Parse(string[] words) => new(Number(words[0]), Number(words[1]), Number(words[2]));

    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Rows} {Keys} {Values}");

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
