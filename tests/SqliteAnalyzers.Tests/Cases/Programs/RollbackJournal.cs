// The project never puts its database in WAL mode: committed rows stand in the file, but open transactions are as invisible as ever.
using System;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace RollbackJournal;

internal static class Db
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=ledger.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA;";
        command.ExecuteNonQuery();
        return connection;
    }
}

internal static class Cases
{
    public static void CommittedWrite()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("DELETE FROM entries", connection);
        command.ExecuteNonQuery();
        Process.Start("printer");
    }

    public static void CommittedTransaction()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        using var command = new SqliteCommand("DELETE FROM entries", connection, transaction);
        command.ExecuteNonQuery();
        transaction.Commit();
        Process.Start("printer");
    }

    public static void OpenTransaction()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        using var command = new SqliteCommand("DELETE FROM entries", connection, transaction);
        command.ExecuteNonQuery();
        Process.Start("printer"); // expect: SQLITE1002
        transaction.Commit();
    }

    public static void OnlyTalksAboutWal()
    {
        // A database in WAL mode would be set up by PRAGMA journal_mode=WAL.
        Console.WriteLine("This program does not use PRAGMA journal_mode=WAL.");
    }
}
