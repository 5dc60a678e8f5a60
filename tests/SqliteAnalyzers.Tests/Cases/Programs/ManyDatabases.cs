// Each class has its own database file; what one class configures says nothing about another's.
using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Threading.Tasks;
using Dapper;
using Microsoft.Data.Sqlite;
using Db = Microsoft.Data.Sqlite.SqliteConnection;

namespace ManyDatabases;

internal static class ConfiguredInPlace
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=in-place.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;";
        command.ExecuteNonQuery();
    }
}

internal static class NotConfigured
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=raw.db");
        connection.Open(); // expect: SQLITE3001
        connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    }
}

internal static class NotConfiguredAsync
{
    public static async Task Run()
    {
        await using var connection = new SqliteConnection("Data Source=raw-async.db");
        await connection.OpenAsync(); // expect: SQLITE3001
        await connection.ExecuteAsync("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    }
}

internal static class PartlyConfigured
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=part.db");
        connection.Open(); // expect: SQLITE3001
        connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000");
        connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    }
}

internal static class ConfiguredByAnotherOpenOfTheSameFile
{
    private const string Source = "Data Source=same.db";

    public static void Initialize()
    {
        using var connection = new SqliteConnection(Source);
        connection.Open();
        connection.Execute("PRAGMA busy_timeout=1000");
        connection.Execute("PRAGMA journal_mode=WAL");
        connection.Execute("PRAGMA synchronous=FULL");
    }

    public static void Use()
    {
        using var connection = new SqliteConnection(Source);
        connection.Open();
        connection.Execute("DELETE FROM t");
    }

    public static void UseWithTheLiteral()
    {
        using var connection = new SqliteConnection("Data Source=same.db");
        connection.Open();
        connection.Execute("DELETE FROM t");
    }
}

internal static class ConfiguredByAHelper
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=helper.db");
        connection.Open();
        Configure(connection);
    }

    public static void Configure(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        command.ExecuteNonQuery();
    }
}

internal static class ConfiguredByTheHelperOfAnotherClass
{
    public static void Run()
    {
        var connection = new SqliteConnection("Data Source=other-helper.db");
        connection.Open();
        ConfiguredByAHelper.Configure(connection);
    }
}

internal static class ConfiguredByAFactory
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=factory.db");
        connection.Open();
        connection.Execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        return connection;
    }

    public static void Use()
    {
        using SqliteConnection connection = Open();
        connection.Execute("DELETE FROM t");
    }
}

internal static class ConfiguredByTheCaller
{
    public static void Run()
    {
        using SqliteConnection connection = OpenRaw();
        connection.Execute("PRAGMA busy_timeout = 5000");
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("PRAGMA synchronous = NORMAL");
    }

    private static SqliteConnection OpenRaw()
    {
        var connection = new SqliteConnection("Data Source=caller.db");
        connection.Open();
        return connection;
    }
}

internal sealed class ConfiguringConnection : SqliteConnection
{
    public ConfiguringConnection()
        : base("Data Source=derived.db")
    {
    }

    public override void Open()
    {
        base.Open();
        using var command = CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        command.ExecuteNonQuery();
    }
}

internal static class ConfiguredByADerivedConnection
{
    public static void Run()
    {
        using var connection = new ConfiguringConnection();
        connection.Open();
        connection.Execute("DELETE FROM t");
    }
}

internal static class ConfiguredThroughAnAlias
{
    public static void Run()
    {
        using var connection = new Db("Data Source=alias.db");
        connection.Open();
        connection.Execute("PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
    }
}

internal static class NotConfiguredThroughAnAlias
{
    public static void Run()
    {
        using Db connection = new("Data Source=raw-alias.db");
        connection.Open(); // expect: SQLITE3001
        connection.Execute("DELETE FROM t");
    }
}

internal sealed class ConfiguredInTheConstructor : IDisposable
{
    private static readonly string[] Scripts =
    {
        "PRAGMA busy_timeout = 5000",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
    };

    private readonly SqliteConnection _connection = new("Data Source=constructor.db");

    public ConfiguredInTheConstructor()
    {
        _connection.Open();
        foreach (string script in Scripts)
        {
            using var command = new SqliteCommand(script, _connection);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => _connection.Dispose();
}

internal sealed class ConfiguredInAnotherMethod
{
    private readonly SqliteConnection _connection = new("Data Source=another-method.db");

    public void Open() => _connection.Open();

    public void Tune(int timeout)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {timeout}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL";
        command.ExecuteNonQuery();
    }
}

internal sealed class FieldNeverConfigured
{
    private readonly SqliteConnection _connection = new("Data Source=field.db");

    public void Open() => _connection.Open(); // expect: SQLITE3001

    public void Clear() => _connection.Execute("DELETE FROM t");
}

internal static class ConfiguredByAnEvent
{
    public static SqliteConnection Create()
    {
        var connection = new SqliteConnection("Data Source=event.db");
        connection.StateChange += (sender, args) =>
        {
            if (args.CurrentState == ConnectionState.Open && sender is SqliteConnection opened)
            {
                using var command = opened.CreateCommand();
                command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
                command.ExecuteNonQuery();
            }
        };
        connection.Open();
        return connection;
    }
}

internal static class ConfiguredOnlyIfNew
{
    public static void Run(bool created)
    {
        using var connection = new SqliteConnection("Data Source=if-new.db");
        connection.Open();
        if (created)
        {
            connection.Execute("PRAGMA journal_mode = WAL");
        }

        connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 100");
    }
}

internal static class ReadOnlyUse
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=read-only.db;Mode=ReadOnly");
        connection.Open();
    }
}

internal static class InMemory
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
    }
}

internal static class BuilderNotConfigured
{
    public static void Run()
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = "builder.db", Mode = SqliteOpenMode.ReadWrite };
        using var connection = new SqliteConnection(builder.ToString());
        connection.Open(); // expect: SQLITE3001
        connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    }
}

internal static class WalDatabase
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=wal.db");
        connection.Open();
        connection.Execute("PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;");
        return connection;
    }

    public static void WriteThenStart()
    {
        using SqliteConnection connection = Open();
        connection.Execute("DELETE FROM t");
        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class RollbackDatabase
{
    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=rollback.db");
        connection.Open();
        connection.Execute("PRAGMA busy_timeout=5000; PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;");
        return connection;
    }

    public static void WriteThenStart()
    {
        using SqliteConnection connection = Open();
        connection.Execute("DELETE FROM t");
        Process.Start("worker");
    }
}

internal static class CheckpointOfTheWrongDatabase
{
    private static SqliteConnection OpenFirst()
    {
        var connection = new SqliteConnection("Data Source=first.db");
        connection.Open();
        ConfiguredByAHelper.Configure(connection);
        return connection;
    }

    private static SqliteConnection OpenSecond()
    {
        var connection = new SqliteConnection("Data Source=second.db");
        connection.Open();
        ConfiguredByAHelper.Configure(connection);
        return connection;
    }

    public static void Run()
    {
        using SqliteConnection first = OpenFirst();
        using SqliteConnection second = OpenSecond();
        first.Execute("DELETE FROM t");
        if (second.ExecuteScalar<int>("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        {
            throw new TimeoutException();
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void BothCheckpointed()
    {
        using SqliteConnection first = OpenFirst();
        using SqliteConnection second = OpenSecond();
        first.Execute("DELETE FROM t");
        second.Execute("DELETE FROM t");
        foreach (SqliteConnection connection in new List<SqliteConnection> { first, second })
        {
            Checkpoint(connection);
        }

        Checkpoint(first);
        Checkpoint(second);
        Process.Start("worker");
    }

    private static void Checkpoint(DbConnection connection)
    {
        if (connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        {
            throw new TimeoutException();
        }
    }
}
