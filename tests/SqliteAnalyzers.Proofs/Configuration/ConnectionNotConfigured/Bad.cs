using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private const string Orders = "Data Source=orders.db;Default Timeout=2";

    private static void Main()
    {
        using var report = Open();
        Execute(report, "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");
        Execute(report, "INSERT INTO orders (amount) VALUES (10), (20), (30)");

        using var select = new SqliteCommand("SELECT id FROM orders", report);
        using var orders = select.ExecuteReader();
        orders.Read();

        using var connection = Open();
        Execute(connection, "INSERT INTO orders (amount) VALUES (40)");
        Console.WriteLine("The fourth order is stored while the report is read.");
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection(Orders);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
