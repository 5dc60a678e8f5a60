using System;
using System.IO;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

internal static class Program
{
    private static void Main()
    {
        using var connection = new SqliteConnection("Data Source=orders.db;Default Timeout=2");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        Execute(connection, "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");

        using var transaction = connection.BeginTransaction();
        using var insert = new SqliteCommand("INSERT INTO orders (amount) VALUES (10), (20), (30)", connection, transaction);
        insert.ExecuteNonQuery();

        transaction.Commit();
        connection.Checkpoint(SqliteCheckpointMode.Truncate);

        Console.WriteLine($"The -wal file is {(new FileInfo("orders.db-wal").Length == 0 ? "empty" : "not empty")}.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
