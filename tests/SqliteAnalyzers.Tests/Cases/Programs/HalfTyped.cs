// half-typed: what stands complete is still judged, what does not is left alone.
using System;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace HalfTyped;

internal static class Db
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=draft.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";
        command.ExecuteNonQuery();
        return connection;
    }
}

internal static class Finished
{
    public static void WriteThenStart()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("DELETE FROM drafts", connection);
        command.ExecuteNonQuery();
        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void ReadThenStart()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT 1", connection);
        command.ExecuteScalar();
        Process.Start("worker");
    }
}

internal static class Unfinished
{
    public static void UnknownMethodBetween()
    {
        using var connection = Db.Open();
        connection.Frobnicate("DELETE FROM drafts");
        Process.Start("worker");
    }

    public static void UnknownType()
    {
        SqlightConnection connection = new("Data Source=draft.db");
        connection.Open();
    }

    public static void MissingArgument()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand(, connection);
        command.ExecuteNonQuery();
        Process.Start(;
    }

    public static void OpenString()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM
        command.ExecuteNonQuery();
    }

    public static void OpenSqlString()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 'never closed; DELETE FROM drafts";
        command.ExecuteScalar();
        Process.Start("worker");
    }

    public static void OpenPragma()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(";
        Console.WriteLine(command.ExecuteScalar());
    }

    public static void MissingBody()
    {
        using var connection = Db.Open();
        if (connection.

    public static void AfterTheHole()
    {
        command.
    }

    public static int Incomplete(SqliteConnection connection) =>
        connection.CreateCommand() switch { null => , { CommandText: } => 1
