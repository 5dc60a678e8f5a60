using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace OrderDesk;

/// <summary>A connection for each request, with what is in the box.</summary>
internal sealed class NaiveDesk : IOrderDesk
{
    // A page must answer within a second.
    private readonly string _connectionString;

    public NaiveDesk(string file)
    {
        _connectionString = $"Data Source={file};Default Timeout=1";
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Schema.Sql;
        command.ExecuteNonQuery();
        command.CommandText = "INSERT OR IGNORE INTO total (id, last, counted, amount) VALUES (1, 0, 0, 0)";
        command.ExecuteNonQuery();
        Process.Start(Environment.ProcessPath!, ["naive-worker", file, $"{Environment.ProcessId}"]);
    }

    public Task<long> EnterAsync(Order order)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        using var number = connection.CreateCommand();
        number.Transaction = transaction;
        number.CommandText = "SELECT coalesce(max(id), 0) + 1 FROM orders";
        var id = (long)number.ExecuteScalar()!;
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO orders (id, article, amount) VALUES ($id, $article, $amount)";
        insert.Parameters.AddWithValue("$id", id);
        insert.Parameters.AddWithValue("$article", order.Article);
        insert.Parameters.AddWithValue("$amount", order.Amount);
        insert.ExecuteNonQuery();
        transaction.Commit();
        return Task.FromResult(id);
    }

    public Totals Totals()
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Schema.Totals;
        using var reader = command.ExecuteReader();
        reader.Read();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
