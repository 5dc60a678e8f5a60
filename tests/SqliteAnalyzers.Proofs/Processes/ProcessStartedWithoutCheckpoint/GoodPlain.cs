using System;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main(string[] args)
    {
        if (args is ["worker"])
        {
            CountOrders();
            return;
        }

        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        Execute(connection, "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");
        Execute(connection, "INSERT INTO orders (amount) VALUES (10), (20), (30)");

        using (var checkpoint = connection.CreateCommand())
        {
            checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL);";
            if (checkpoint.ExecuteScalar() is 1L)
            {
                throw new InvalidOperationException("The checkpoint was blocked by another connection.");
            }
        }
        using var worker = Process.Start(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], "worker"]);
        worker.WaitForExit();
    }

    // Opens the database file as one that nobody changes: without locks, and without its -wal file.
    private static void CountOrders()
    {
        using var connection = new SqliteConnection("Data Source=file:orders.db?immutable=1;Mode=ReadOnly");
        connection.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM orders", connection);
        Console.WriteLine($"The worker sees {command.ExecuteScalar()} of 3 orders.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
