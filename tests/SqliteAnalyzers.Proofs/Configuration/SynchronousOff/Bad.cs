using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        Import();

        // The pool hands out the connection that Import has given back.
        using var connection = Open();
        using var question = new SqliteCommand("PRAGMA synchronous", connection);
        Console.WriteLine($"The next connection has synchronous {question.ExecuteScalar()}.");
    }

    private static void Import()
    {
        using var connection = Open();
        Execute(connection, "PRAGMA synchronous = OFF");
        Execute(connection, "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");
        Execute(connection, "INSERT INTO orders (amount) VALUES (7), (11)");
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL;");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
