// Nothing here sets a pragma that is required: every read-write file connection is reported where it is opened.
using System;
using System.Data.Common;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NothingConfigured;

internal static class Files
{
    public static void Constant()
    {
        using var connection = new SqliteConnection("Data Source=notes.db");
        connection.Open(); // expect: SQLITE3001
        connection.Execute("DELETE FROM notes");
    }

    public static async Task Awaited()
    {
        await using var connection = new SqliteConnection("Data Source=notes.db");
        await connection.OpenAsync(); // expect: SQLITE3001
        await connection.ExecuteAsync("DELETE FROM notes");
    }

    public static void Builder()
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = "notes.db" };
        using var connection = new SqliteConnection(builder.ConnectionString);
        connection.Open(); // expect: SQLITE3001
        connection.Execute("DELETE FROM notes");
    }

    public static void PathFromAParameter(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open(); // expect: SQLITE3001
        connection.Execute("DELETE FROM notes");
    }

    public static void ConnectionStringSetLater()
    {
        using var connection = new SqliteConnection();
        connection.ConnectionString = "Data Source=" + Path.Combine("data", "notes.db") + ";Mode=ReadWriteCreate";
        connection.Open(); // expect: SQLITE3001
        connection.Execute("DELETE FROM notes");
    }

    public static void OtherPragmasAreNotEnough()
    {
        using var connection = new SqliteConnection("Data Source=notes.db;Foreign Keys=True");
        connection.Open(); // expect: SQLITE3001
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA cache_size = -2000";
        command.ExecuteNonQuery();
        connection.Execute("DELETE FROM notes");
    }

    public static void AskingIsNotSetting()
    {
        using var connection = new SqliteConnection("Data Source=notes.db");
        connection.Open(); // expect: SQLITE3001
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode; PRAGMA synchronous; PRAGMA busy_timeout;";
        using var reader = command.ExecuteReader();
        Console.WriteLine(reader.Read());
        connection.Execute("DELETE FROM notes");
    }

    public static SqliteConnection Factory()
    {
        var connection = new SqliteConnection("Data Source=notes.db");
        connection.Open(); // expect: SQLITE3001
        return connection;
    }

    public static void UsesTheFactory()
    {
        using var connection = Factory();
        connection.Execute("DELETE FROM notes");
        Process.Start("indexer");
    }
}

internal sealed class Repository : IDisposable
{
    private readonly SqliteConnection _connection;

    public Repository(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        _connection.Open(); // expect: SQLITE3001
    }

    public void Dispose() => _connection.Dispose();
}

internal static class NotFiles
{
    public static void Memory()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
    }

    public static void MemoryMode()
    {
        using var connection = new SqliteConnection("Data Source=shared;Mode=Memory;Cache=Shared");
        connection.Open();
    }

    public static void MemoryFilename()
    {
        using var connection = new SqliteConnection("Filename=:memory:");
        connection.Open();
    }

    public static void MemoryByBuilder()
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = "scratch", Mode = SqliteOpenMode.Memory };
        using var connection = new SqliteConnection(builder.ToString());
        connection.Open();
    }
}

internal static class ReadOnly
{
    public static void Keyword()
    {
        using var connection = new SqliteConnection("Data Source=notes.db;Mode=ReadOnly");
        connection.Open();
    }

    public static void Builder(string path)
    {
        var builder = new SqliteConnectionStringBuilder();
        builder.DataSource = path;
        builder.Mode = SqliteOpenMode.ReadOnly;
        using var connection = new SqliteConnection(builder.ConnectionString);
        connection.Open();
    }

    public static void Interpolated(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
    }
}

internal static class Exempt
{
    public static void BothEndsOfABackup(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from}");
        using var destination = new SqliteConnection($"Data Source={to}");
        source.Open();
        destination.Open();
        source.BackupDatabase(destination);
    }

    public static bool IntegrityCheckOnly(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return command.ExecuteScalar() is "ok";
    }

    public static bool CheckpointOnly(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return command.ExecuteScalar() is 0L;
    }

    public static void NeverOpened()
    {
        using var connection = new SqliteConnection("Data Source=notes.db");
        Console.WriteLine(connection.DataSource);
    }

    public static void OpensSomethingElse(Stream stream, DbConnection connection)
    {
        Console.WriteLine(stream.CanRead);
        Console.WriteLine(connection.State);
        using var file = File.Open("notes.txt", FileMode.Open);
    }
}
