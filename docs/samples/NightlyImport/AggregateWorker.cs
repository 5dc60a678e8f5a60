using System.Globalization;

namespace NightlyImport;

/// <summary>
/// The worker that adds up one share of the orders by country.
/// </summary>
internal static class AggregateWorker
{
    public static int Run(string databasePath, long firstId, long lastId)
    {
        using var connection = Database.OpenForReading(databasePath);
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT country, total(amount_eur) FROM orders JOIN customers ON customers.id = customer_id
            WHERE orders.id BETWEEN $first AND $last GROUP BY country
            """;
        command.Parameters.AddWithValue("$first", firstId);
        command.Parameters.AddWithValue("$last", lastId);

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader.GetString(0)}\t{reader.GetDouble(1)}"));
        }

        return 0;
    }
}
