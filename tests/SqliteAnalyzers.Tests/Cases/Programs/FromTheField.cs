// Shapes that real programs have: where the configured connection string goes, and pragmas that arrive by detours.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FromTheField;

internal sealed class FilterStorage
{
    private readonly string _connectionString;

    private FilterStorage(string connectionString)
    {
        _connectionString = connectionString;
    }

    public static FilterStorage FromFile(string path)
    {
        SqliteConnectionStringBuilder builder = new();
        builder.DataSource = path;
        builder.Pooling = true;
        string connectionString = builder.ConnectionString;

        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = """
                PRAGMA journal_mode = 'wal';
                PRAGMA synchronous  = 'NORMAL';
                PRAGMA busy_timeout = 5000;
                """;
            command.ExecuteNonQuery();
        }

        return new(connectionString);
    }

    public SqliteConnection CreateConnection()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    public IEnumerable<long> Heights()
    {
        using var connection = CreateConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT height FROM filters";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetInt64(0);
        }
    }
}

internal sealed record SyncOptions(string Name, string JournalMode, string Synchronous, int LockTimeout);

internal sealed class SyncConnection(SqliteConnection connection) : IDisposable
{
    public async Task Execute(string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    public void Dispose() => connection.Dispose();
}

internal sealed class SyncAdapter(SyncOptions options)
{
    private SyncConnection? _writer;
    private SyncConnection? _reader;

    public async Task InitAsync()
    {
        string[] common = [$"PRAGMA busy_timeout = {options.LockTimeout}", "PRAGMA temp_store = MEMORY"];
        string[] forWriting = [.. common, $"PRAGMA journal_mode = {options.JournalMode}", $"PRAGMA synchronous = {options.Synchronous}"];

        _writer = await OpenAsync(options.Name);
        foreach (string statement in forWriting)
        {
            await _writer.Execute(statement);
        }

        _reader = await OpenAsync(options.Name);
        foreach (string statement in common.Append("PRAGMA query_only = true"))
        {
            await _reader.Execute(statement);
        }
    }

    private static async Task<SyncConnection> OpenAsync(string name)
    {
        var connection = new SyncConnection(OpenDatabase(name));
        await connection.Execute("SELECT sync_init()");
        return connection;
    }

    private static SqliteConnection OpenDatabase(string name)
    {
        var connection = new SqliteConnection($"Data Source={name};Pooling=False;");
        connection.Open();
        return connection;
    }
}

internal static class Setup
{
    public static bool CanConnect(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        return true;
    }
}

internal sealed class PragmaSettings
{
    public string JournalMode { get; set; } = "WAL";

    public int BusyTimeout { get; set; } = 5000;

    public int? AutoCheckpoint { get; set; }

    public async Task ApplyAsync(SqliteConnection connection)
    {
        var pragmas = new List<string>
        {
            $"PRAGMA journal_mode = {JournalMode.ToUpperInvariant()}",
            "PRAGMA synchronous = NORMAL",
            $"PRAGMA busy_timeout = {BusyTimeout}",
        };
        if (AutoCheckpoint.HasValue)
        {
            pragmas.Add($"PRAGMA wal_autocheckpoint = {AutoCheckpoint.Value}");
        }

        await using var command = connection.CreateCommand();
        command.CommandText = string.Join(";\n", pragmas) + ";";
        await command.ExecuteNonQueryAsync();
    }
}

internal static class ConfiguredBySettingsObject
{
    public static async Task<long> CountAsync()
    {
        await using var connection = new SqliteConnection("Data Source=settings-object.db");
        await connection.OpenAsync();
        await new PragmaSettings { BusyTimeout = 100 }.ApplyAsync(connection);
        await using var command = new SqliteCommand("SELECT count(*) FROM t", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

internal static class HandedToEntityFramework
{
    public static DbContextOptions Options()
    {
        var connection = new SqliteConnection("Data Source=entity-framework.db");
        connection.Open();
        return new DbContextOptionsBuilder().UseSqlite(connection).Options;
    }
}
