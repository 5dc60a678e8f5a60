using System;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static void Main()
    {
        using var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE orders (customer INTEGER REFERENCES customers);");
        Execute(connection, "INSERT INTO customers VALUES (1, 'Ada'); INSERT INTO orders VALUES (1);");

        Execute(connection, "PRAGMA foreign_keys = OFF");
        using var transaction = connection.BeginTransaction();
        Execute(connection, "CREATE TABLE renewed (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO renewed SELECT id, name FROM customers;");
        Execute(connection, "DROP TABLE customers; ALTER TABLE renewed RENAME TO customers;");
        transaction.Commit();
        Console.WriteLine("The table is rebuilt.");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
