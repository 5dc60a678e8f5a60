using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var writer = Open();
        Execute(writer, "PRAGMA journal_mode = WAL; CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER); INSERT INTO orders VALUES (1, 10);");

        using var transaction = writer.BeginTransaction();
        using (var insert = new SqliteCommand("INSERT INTO orders VALUES (2, 20)", writer, transaction))
        {
            insert.ExecuteNonQuery();
        }

        using var reader = Open();
        using var question = new SqliteCommand("SELECT count(*) FROM orders", reader);
        Console.WriteLine($"The reader sees {question.ExecuteScalar()} order while the next one is written.");
        transaction.Commit();
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=orders.db;Cache=Shared;Default Timeout=1");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
