using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NightlyImport;

/// <summary>
/// Writes the orders of a CSV file into the tables customers, products and orders.
/// </summary>
internal sealed class OrderImporter
{
    private readonly SqliteConnection _connection;

    public OrderImporter(SqliteConnection connection)
    {
        _connection = connection;
    }

    /// <returns>The number of orders imported.</returns>
    public int Import(string csvPath)
    {
        int imported = 0;

        using var transaction = _connection.BeginTransaction();
        foreach (string line in File.ReadLines(csvPath).Skip(1))
        {
            string[] fields = line.Split(',');
            Execute(
                "INSERT INTO customers (name, country) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET country = excluded.country",
                fields[2], fields[3]);
            Execute(
                "INSERT INTO products (name, currency, unit_price) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET unit_price = excluded.unit_price",
                fields[4], fields[5], double.Parse(fields[6], CultureInfo.InvariantCulture));
            Execute(
                """
                INSERT OR REPLACE INTO orders (id, date, customer_id, product_id, quantity)
                SELECT $1, $2, customers.id, products.id, $5 FROM customers, products WHERE customers.name = $3 AND products.name = $4
                """,
                long.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], fields[2], fields[4], int.Parse(fields[7], CultureInfo.InvariantCulture));
            imported++;
        }

        transaction.Commit();

        return imported;
    }

    /// <summary>
    /// Sets every order's amount in euros.
    /// </summary>
    public void ConvertToEuros(IReadOnlyDictionary<string, double> eurosPerUnit)
    {
        foreach (var (currency, rate) in eurosPerUnit)
        {
            Execute(
                """
                UPDATE orders SET amount_eur = quantity * $1 * (SELECT unit_price FROM products WHERE products.id = product_id)
                WHERE product_id IN (SELECT id FROM products WHERE currency = $2)
                """,
                rate, currency);
        }
    }

    private void Execute(string sql, params object[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        command.ExecuteNonQuery();
    }
}
