using System;
using System.IO;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        // The shop is open all day.
        using var shop = Open("orders.db");
        Execute(shop, "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");
        Execute(shop, "INSERT INTO orders (amount) VALUES (7), (11)");

        File.Copy("orders.db", "copy.db");

        using var copy = Open("copy.db");
        using var question = new SqliteCommand("SELECT count(*) FROM orders", copy);
        Console.WriteLine($"The copy has {question.ExecuteScalar()} orders.");
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
