// A command line tool whose methods are handed the path of the database, in several shapes.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using Microsoft.Data.Sqlite;

namespace PathParameters;

internal static class Tool
{
    private static SqliteConnection OpenWal(string path)
    {
        var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 5000");
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = NORMAL");
        return connection;
    }

    private static int Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static void ImportAndStart(string path)
    {
        using SqliteConnection connection = OpenWal(path);
        Execute(connection, "INSERT INTO lines (text) VALUES ('a')");
        Process.Start("worker", path); // expect: SQLITE1001
    }

    public static void ImportCheckpointAndStart(string path)
    {
        using SqliteConnection connection = OpenWal(path);
        Execute(connection, "INSERT INTO lines (text) VALUES ('a')");
        using SqliteCommand checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        if (checkpoint.ExecuteScalar() is not 0L)
        {
            throw new TimeoutException();
        }

        Process.Start("worker", path);
    }

    public static void CheckpointOnASecondConnection(string path)
    {
        using SqliteConnection connection = OpenWal(path);
        Execute(connection, "INSERT INTO lines (text) VALUES ('a')");
        using (SqliteConnection again = OpenWal(path))
        using (SqliteCommand checkpoint = again.CreateCommand())
        {
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            if (checkpoint.ExecuteScalar() is not 0L)
            {
                throw new TimeoutException();
            }
        }

        Process.Start("worker", path);
    }

    public static void StartWithAnOpenTransaction(string path)
    {
        using SqliteConnection connection = OpenWal(path);
        using SqliteTransaction transaction = connection.BeginTransaction();
        Execute(connection, "INSERT INTO lines (text) VALUES ('a')");
        Process.Start(new ProcessStartInfo // expect: SQLITE1002
        {
            FileName = "worker",
            ArgumentList = { "--database", path },
            UseShellExecute = false,
        });
        transaction.Commit();
    }

    public static void Configure(string path)
    {
        using var connection = new SqliteConnection("Data Source=" + path);
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout=1000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
    }

    public static int Main2(string[] args)
    {
        switch (args)
        {
            case ["import", var path]:
                ImportAndStart(path);
                return 0;
            case ["configure", var path]:
                Configure(Path.GetFullPath(path));
                return 0;
            default:
                Console.Error.WriteLine("usage: tool import|configure <path>");
                return 1;
        }
    }
}
