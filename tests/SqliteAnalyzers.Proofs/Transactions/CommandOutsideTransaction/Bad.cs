using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");

        using var transaction = connection.BeginTransaction();
        using var insert = new SqliteCommand("INSERT INTO orders (amount) VALUES (10), (20), (30)", connection);
        insert.ExecuteNonQuery();
        transaction.Commit();
        Console.WriteLine("The orders are stored.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
