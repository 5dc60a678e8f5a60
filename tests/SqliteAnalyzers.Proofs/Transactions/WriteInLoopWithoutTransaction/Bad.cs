using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; CREATE TABLE orders (amount INTEGER NOT NULL CHECK (amount > 0))");
        try
        {
            Import(7, 11, -1);
        }
        catch (SqliteException e)
        {
            Console.WriteLine(e.Message);
        }

        using var question = new SqliteCommand("SELECT count(*) FROM orders", connection);
        Console.WriteLine($"The import has left {question.ExecuteScalar()} orders.");
    }

    private static void Import(params int[] amounts)
    {
        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO orders (amount) VALUES ($amount)";
        var parameter = command.Parameters.Add("$amount", SqliteType.Integer);
        foreach (var amount in amounts)
        {
            parameter.Value = amount;
            command.ExecuteNonQuery();
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
