using System;
using System.IO;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        Execute(connection, "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");

        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCAT)", connection);
        if (checkpoint.ExecuteScalar() is 1L)
        {
            throw new InvalidOperationException("The checkpoint was blocked by another connection.");
        }

        Console.WriteLine($"The -wal file is {(new FileInfo("orders.db-wal").Length == 0 ? "empty" : "not empty")}.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
