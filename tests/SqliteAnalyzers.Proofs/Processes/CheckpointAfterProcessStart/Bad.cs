using System;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

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

        using var worker = Process.Start(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], "worker"]);
        PrepareReport();
        connection.Checkpoint();
        worker.WaitForExit();
    }

    // Takes so long that the worker has read the file by then.
    private static void PrepareReport()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(10))
        {
        }
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
