using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var setup = Open();
        Execute(setup, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");

        try
        {
            Import("1", "1");
        }
        catch (SqliteException)
        {
            Console.WriteLine("The import failed.");
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        SqliteConnection.ClearAllPools();
        try
        {
            Execute(setup, "INSERT INTO orders (amount) VALUES (10)");
            Console.WriteLine("The next order is stored.");
        }
        catch (SqliteException exception)
        {
            Console.WriteLine(exception.Message);
        }
    }

    private static void Import(params string[] ids)
    {
        var connection = Open();
        using var transaction = connection.BeginTransaction();
        foreach (var id in ids)
        {
            using var insert = new SqliteCommand("INSERT INTO orders (id) VALUES ($id)", connection, transaction);
            insert.Parameters.AddWithValue("$id", id);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        connection.Close();
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=orders.db;Default Timeout=2");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 1000");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
