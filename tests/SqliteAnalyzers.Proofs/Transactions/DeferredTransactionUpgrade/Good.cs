using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL; CREATE TABLE stock (item TEXT PRIMARY KEY, count INTEGER); INSERT INTO stock VALUES ('pen', 5);");

        using var transaction = connection.BeginTransaction();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT count FROM stock WHERE item = 'pen'";
        var count = (long)select.ExecuteScalar()!;

        Receive();

        Execute(connection, $"UPDATE stock SET count = {count - 1} WHERE item = 'pen'");
        transaction.Commit();
        Console.WriteLine("The sale is stored.");
    }

    // Somebody else, on a connection of their own, at that moment.
    private static void Receive()
    {
        using var connection = Open();
        try
        {
            Execute(connection, "UPDATE stock SET count = count + 10 WHERE item = 'pen'");
        }
        catch (SqliteException)
        {
            Console.WriteLine("The delivery waits for the sale.");
        }
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=stock.db;Default Timeout=1");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
