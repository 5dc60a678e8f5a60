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

        using var connection = Open();
        using var create = new SqliteCommand("CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)", connection);
        create.ExecuteNonQuery();

        using var transaction = connection.BeginTransaction();
        using var insert = new SqliteCommand("INSERT INTO orders (amount) VALUES (10), (20), (30)", connection, transaction);
        insert.ExecuteNonQuery();

        transaction.Commit();
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

    private static void CountOrders()
    {
        using var connection = Open();
        using var command = new SqliteCommand("SELECT count(*) FROM orders", connection);
        Console.WriteLine($"The worker sees {command.ExecuteScalar()} of 3 orders.");
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        pragmas.ExecuteNonQuery();
        return connection;
    }
}
