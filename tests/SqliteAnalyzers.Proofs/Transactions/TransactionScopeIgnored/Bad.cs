using System;
using System.Transactions;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var report = Open();
        Execute(report, "PRAGMA journal_mode = WAL; CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER); INSERT INTO accounts VALUES (1, 100), (2, 0);");

        using (new TransactionScope())
        {
            using var connection = Open();
            Execute(connection, "UPDATE accounts SET balance = balance - 10 WHERE id = 1");

            // Something fails before the other account is credited: the scope is never completed.
        }

        using var select = report.CreateCommand();
        select.CommandText = "SELECT sum(balance) FROM accounts";
        Console.WriteLine($"All accounts together hold {select.ExecuteScalar()}.");
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=accounts.db");
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
