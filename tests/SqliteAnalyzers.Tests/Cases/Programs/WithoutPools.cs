// Closing the last connection of a database checkpoints it; a pooled connection is not closed by Dispose. One database in WAL mode.
using System;
using System.Diagnostics;
using System.IO;
using Microsoft.Data.Sqlite;

namespace WithoutPools;

internal static class Db
{
    private const string File = "scan.db";

    private static SqliteConnection Configure(SqliteConnection connection)
    {
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";
        command.ExecuteNonQuery();
        return connection;
    }

    public static SqliteConnection OpenPooled() => Configure(new SqliteConnection($"Data Source={File}"));

    public static SqliteConnection OpenUnpooled() => Configure(new SqliteConnection($"Data Source={File};Pooling=False"));

    public static void Write(SqliteConnection connection)
    {
        using var command = new SqliteCommand("INSERT INTO pages (text) VALUES ('x')", connection);
        command.ExecuteNonQuery();
    }
}

internal static class Cases
{
    public static void UnpooledAndClosed()
    {
        using (var connection = Db.OpenUnpooled())
        {
            Db.Write(connection);
        }

        Process.Start("ocr");
    }

    public static void UnpooledInPlace()
    {
        using (var connection = new SqliteConnection("Data Source=scan.db;Pooling=False"))
        {
            connection.Open();
            Db.Write(connection);
        }

        Process.Start("ocr");
    }

    public static void UnpooledAndStillOpen()
    {
        using var connection = Db.OpenUnpooled();
        Db.Write(connection);
        Process.Start("ocr"); // expect: SQLITE1001
    }

    public static void PooledAndDisposed()
    {
        using (var connection = Db.OpenPooled())
        {
            Db.Write(connection);
        }

        Process.Start("ocr"); // expect: SQLITE1001
    }

    public static void PoolsClearedAfterDispose()
    {
        using (var connection = Db.OpenPooled())
        {
            Db.Write(connection);
        }

        SqliteConnection.ClearAllPools();
        Process.Start("ocr");
    }

    public static void PoolsClearedWhileOpen()
    {
        using var connection = Db.OpenPooled();
        Db.Write(connection);
        SqliteConnection.ClearAllPools();
        Process.Start("ocr"); // expect: SQLITE1001
    }

    public static void PoolOfThisConnectionCleared()
    {
        var connection = Db.OpenPooled();
        Db.Write(connection);
        connection.Close();
        SqliteConnection.ClearPool(connection);
        Process.Start("ocr");
    }

    public static void ClosedExplicitly()
    {
        var connection = Db.OpenPooled();
        try
        {
            Db.Write(connection);
        }
        finally
        {
            connection.Close();
        }

        Process.Start("ocr"); // expect: SQLITE1001
    }
}
