using System;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

internal static class Program
{
    private static void Main()
    {
        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.OpenConfigured();
        using (var table = new SqliteCommand("CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)", connection))
        {
            table.ExecuteNonQuery();
        }

        using (var batch = new SqliteBatchWriter(connection))
        {
            batch.Execute("INSERT INTO orders (amount) VALUES (7), (11)");
        }

        using var count = new SqliteCommand("SELECT count(*) FROM orders", connection);
        Console.WriteLine($"{count.ExecuteScalar()} of 2 orders are stored.");
    }
}
