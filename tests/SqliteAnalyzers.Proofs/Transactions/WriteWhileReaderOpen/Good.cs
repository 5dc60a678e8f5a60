using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL; CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER); INSERT INTO orders VALUES (1, 10), (2, 20);");

        var orders = new List<(long Id, long Amount)>();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT id, amount FROM orders";
        using (var reader = select.ExecuteReader())
        {
            while (reader.Read())
            {
                orders.Add((reader.GetInt64(0), reader.GetInt64(1)));
                Receive();
            }
        }

        using var transaction = connection.BeginTransaction();
        foreach (var (id, amount) in orders)
        {
            Execute(connection, $"UPDATE orders SET amount = {amount * 2} WHERE id = {id}");
        }

        transaction.Commit();
        Console.WriteLine("The orders are doubled.");
    }

    // Somebody else, on a connection of their own, at that moment.
    private static void Receive()
    {
        using var connection = Open();
        Execute(connection, "INSERT INTO orders (amount) VALUES (0)");
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=orders.db;Default Timeout=1");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
