using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NightlyImport.Weekly;

/// <summary>
/// Adds up the orders of each country, all countries at once.
/// </summary>
internal static class CountryTotals
{
    private static readonly string[] s_countries = ["AT", "DE", "NL", "NO", "PL", "SE"];

    public static string Sum(string databasePath)
    {
        using var connection = new SqliteConnection($"Data Source={databasePath};Cache=Shared");
        connection.Open();

        var totals = new ConcurrentDictionary<string, double>();
        Parallel.ForEach(s_countries, country =>
        {
            totals[country] = (double)connection.Ask("SELECT total(amount_eur) FROM orders JOIN customers ON customers.id = customer_id WHERE country = $1", country);
        });

        return string.Join(", ", totals.OrderBy(total => total.Key).Select(total => string.Create(CultureInfo.InvariantCulture, $"{total.Key} {total.Value:F2}")));
    }
}
