// The project has one database and configures it, each pragma in another place: every connection to it is configured.
using System;
using System.Data.Common;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace OneDatabaseConfigured;

internal sealed class Settings
{
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(AppContext.BaseDirectory, "app.db"),
        DefaultTimeout = 30,
    }.ConnectionString;
}

internal sealed class Migrator(Settings settings)
{
    public void Migrate()
    {
        using var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = 'wal';";
        command.ExecuteNonQuery();
        command.CommandText = "CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY)";
        command.ExecuteNonQuery();
    }
}

internal sealed class Factory(Settings settings)
{
    public async Task<SqliteConnection> CreateAsync()
    {
        var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await Tune(connection);
        return connection;
    }

    private static async Task Tune(DbConnection connection)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous(NORMAL); PRAGMA busy_timeout(30000);";
        await command.ExecuteNonQueryAsync();
    }
}

internal sealed class Reports(Settings settings)
{
    public long Count()
    {
        using var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM items", connection);
        return (long)command.ExecuteScalar()!;
    }

    public async Task<long> CountAsync()
    {
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM items";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
