using System;
using System.IO;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var connection = Open();
        Execute(connection, "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");
        Execute(connection, "INSERT INTO orders (amount) VALUES (10), (20), (30)");

        using var report = Open();
        using var select = new SqliteCommand("SELECT id FROM orders", report);
        using var orders = select.ExecuteReader();
        orders.Read();

        Execute(connection, "INSERT INTO orders (amount) VALUES (40)");

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();

        Console.WriteLine($"Checkpoint done. The -wal file is {(new FileInfo("orders.db-wal").Length == 0 ? "empty" : "not empty")}.");
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
