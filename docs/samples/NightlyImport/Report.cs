using System.Globalization;

namespace NightlyImport;

/// <summary>
/// The report of a run: euros by country.
/// </summary>
internal static class Report
{
    /// <returns>The sum over all countries, in euros.</returns>
    public static double Write(string path, IReadOnlyDictionary<string, double> eurosByCountry)
    {
        using var writer = new StreamWriter(path);
        foreach (var (country, euros) in eurosByCountry)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{country} {euros,12:F2}"));
        }

        double total = eurosByCountry.Values.Sum();
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all {total,11:F2}"));
        return total;
    }
}
