using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var scratch = new SqliteConnection("Data Source=:memory:");
        scratch.Open();
        Execute(scratch, "CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER)");
        scratch.Close();

        scratch.Open();
        Execute(scratch, "INSERT INTO orders (amount) VALUES (7), (11)");
        using var question = new SqliteCommand("SELECT count(*) FROM orders", scratch);
        Console.WriteLine($"The database has {question.ExecuteScalar()} orders.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
