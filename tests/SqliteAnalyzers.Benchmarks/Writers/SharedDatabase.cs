using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>The database that all producers write to.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Synchronous">When SQLite waits for the disk.</param>
internal sealed record SharedDatabase(string Path, SqliteSynchronous Synchronous)
{
    public const string Insert = "INSERT INTO orders (id, text) VALUES (?1, ?2)";
    public const string Text = "twenty letters or so";

    public string ConnectionString => $"Data Source={Path}";

    /// <summary>WAL, and 30 seconds of busy_timeout.</summary>
    public SqliteConnectionOptions Options => new() { Synchronous = Synchronous };

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.OpenConfigured(Options);
        return connection;
    }

    public void Create()
    {
        using var connection = Open();
        using var command = new SqliteCommand("CREATE TABLE orders (id INTEGER PRIMARY KEY, text TEXT NOT NULL)", connection);
        command.ExecuteNonQuery();
    }

    public long CountRows()
    {
        using var connection = Open();
        using var command = new SqliteCommand("SELECT count(*) FROM orders", connection);
        return (long)command.ExecuteScalar()!;
    }
}
