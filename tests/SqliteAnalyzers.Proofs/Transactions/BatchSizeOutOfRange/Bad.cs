using System;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

internal static class Program
{
    private static void Main()
    {
        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.OpenConfigured();
        using var batch = new SqliteBatchWriter(connection, 1_000_000);
        batch.Execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");
        batch.Execute("INSERT INTO orders (amount) VALUES (7), (11)");
        batch.Commit();
        Console.WriteLine("The orders are stored.");
    }
}
