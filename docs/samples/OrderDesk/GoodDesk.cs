using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace OrderDesk;

/// <summary>One writer for all requests, and connections from the data source for those that read.</summary>
internal sealed class GoodDesk(SqliteSingleWriter writer, ConfiguredSqliteDataSource source) : IOrderDesk
{
    public static async Task<int> RunAsync(string file, string[] arguments)
    {
        var builder = WebPage.Builder(arguments);
        builder.Services.AddSqliteDatabase($"Data Source={file}");
        builder.Services.AddHealthChecks().AddSqliteDatabase();
        builder.Services.AddSingleton<IOrderDesk, GoodDesk>();
        var app = builder.Build();
        app.MapHealthChecks("/health");
        var source = app.Services.GetRequiredService<ConfiguredSqliteDataSource>();
        using (var connection = source.OpenConnection())
        {
            CreateTables(connection);

            // Nothing stands in the -wal file alone when the worker begins.
            using var worker = SqliteWorker.Start(connection, new ProcessStartInfo(Environment.ProcessPath!, ["good-worker", file, $"{Environment.ProcessId}"]));
        }

        WebPage.Map(app, app.Services.GetRequiredService<IOrderDesk>());
        await app.RunAsync();
        return 0;
    }

    public async Task<long> EnterAsync(Order order) => await writer.RunAsync(unit =>
        (long)unit.ExecuteScalar("INSERT INTO orders (article, amount) VALUES (?, ?) RETURNING id", order.Article, order.Amount)!);

    public Totals Totals()
    {
        using var connection = source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = Schema.Totals;
        using var reader = command.ExecuteReader();
        reader.Read();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    private static void CreateTables(SqliteConnection connection)
    {
        using var batch = new SqliteBatchWriter(connection);
        foreach (var sql in Schema.Sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            batch.Execute(sql);
        }

        batch.Execute("INSERT OR IGNORE INTO total (id, last, counted, amount) VALUES (1, 0, 0, 0)");
        batch.Commit();
    }
}
