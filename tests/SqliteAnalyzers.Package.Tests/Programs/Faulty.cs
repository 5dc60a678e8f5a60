using System;
using System.Diagnostics;
using System.IO;
using Microsoft.Data.Sqlite;

internal static class Program
{
    private static int Main(string[] args)
    {
        if (args.Length == 1)
        {
            Log();
            return CountItems(Path.GetFullPath("items.db"));
        }

        using var connection = new SqliteConnection("Data Source=items.db");
        connection.Open();

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
        command.CommandText = "DROP TABLE IF EXISTS items";
        command.ExecuteNonQuery();
        command.CommandText = "CREATE TABLE items (id INTEGER PRIMARY KEY)";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA wal_checkpoint(FUL)"; // SQLITE2003
        if (Convert.ToInt64(command.ExecuteScalar()) != 0)
        {
            return 10;
        }

        using (var transaction = connection.BeginTransaction())
        {
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO items DEFAULT VALUES";
            command.ExecuteNonQuery();
            using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(RESTART)";
            checkpoint.ExecuteNonQuery(); // SQLITE2001
            transaction.Commit();
        }

        using (var checkpoint = connection.CreateCommand())
        {
            checkpoint.CommandText = "PRAGMA wal_checkpoint(RESTART)";
            checkpoint.ExecuteNonQuery(); // SQLITE2002
        }

        command.Transaction = null;
        command.CommandText = "INSERT INTO items DEFAULT VALUES";
        command.ExecuteNonQuery();
        using (var worker = Process.Start(Environment.ProcessPath!, "count")) // SQLITE1001, All: SQLITE1004
        {
            worker.WaitForExit();
            if (worker.ExitCode != 2)
            {
                return 20 + worker.ExitCode;
            }
        }

        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        if (Convert.ToInt64(command.ExecuteScalar()) != 0)
        {
            return 40;
        }

        using (var transaction = connection.BeginTransaction())
        {
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO items DEFAULT VALUES";
            command.ExecuteNonQuery();
            using var worker = Process.Start(Environment.ProcessPath!, "count"); // SQLITE1002, All: SQLITE1004
            transaction.Commit();

            worker.WaitForExit();
            return worker.ExitCode == 3 ? 0 : 30 + worker.ExitCode;
        }
    }

    private static void Log()
    {
        using var log = new SqliteConnection("Data Source=log.db");
        log.Open(); // SQLITE3001
        using var entry = log.CreateCommand();
        entry.CommandText = "CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY)";
        entry.ExecuteNonQuery();
    }

    private static int CountItems(string path)
    {
        using var connection = new SqliteConnection($"Data Source={new Uri(path).AbsoluteUri}?immutable=1;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM items";
        return Convert.ToInt32(command.ExecuteScalar());
    }
}
