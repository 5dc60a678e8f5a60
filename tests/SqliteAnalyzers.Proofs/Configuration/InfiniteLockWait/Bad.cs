using System;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER);");

        // A transaction that somebody forgot to end.
        using var transaction = connection.BeginTransaction();
        var insert = Task.Run(Insert);
        Console.WriteLine(insert.Wait(TimeSpan.FromSeconds(35)) ? insert.Result : "The insert still waits after 35 seconds.");
    }

    private static string Insert()
    {
        using var connection = new SqliteConnection("Data Source=orders.db;Default Timeout=0");
        connection.Open();
        try
        {
            Execute(connection, "INSERT INTO orders VALUES (1, 10)");
            return "The order is stored.";
        }
        catch (SqliteException error)
        {
            return "The insert gave up: " + error.Message;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
