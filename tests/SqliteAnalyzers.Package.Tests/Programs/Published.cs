using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

// Everything the library has, on a real database. Ends with 0 and says so at the end, or with an exception.
var folder = Directory.CreateTempSubdirectory("published-");
try
{
    await Published.Run(folder.FullName);
}
finally
{
    SqliteConnection.ClearAllPools();
    folder.Delete(recursive: true);
}

Console.WriteLine("Everything works.");

internal static class Published
{
    private static readonly string[] s_columns = ["id", "text", "price", "data"];

    public static async Task Run(string folder)
    {
        var path = Path.Combine(folder, "shop.db");
        using (var source = new ConfiguredSqliteDataSource($"Data Source={path}", SqliteConnectionOptions.BulkWork))
        using (var connection = source.OpenConnection())
        {
            WriteInBatches(connection);
            await WriteFromSequences(connection);
            await WriteInTransactions(connection);
            await WriteForMany(source);
            Require(Count(connection), 30 + 10 + 3 + 2 + 100);

            connection.Checkpoint(SqliteCheckpointMode.Truncate);
            CopyAndRestore(connection, Path.Combine(folder, "copy.db"));
            Require(SqliteKeyRange.Split(connection, "item", 3).Count, 3);
            Examine(connection, path);
            HandOver(connection);
        }
    }

    private static void WriteInBatches(SqliteConnection connection)
    {
        using var batch = new SqliteBatchWriter(connection);
        batch.Execute("CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT, price REAL, data BLOB)");
        batch.InsertMany("item", s_columns, Enumerable.Range(1, 20), (row, i) => row.Bind(1, i).Bind(2, $"item {i}").Bind(3, i / 2.0).Bind(4, new byte[i]));
        using (var insert = batch.Prepare("INSERT INTO item VALUES ($id, $text, $price, NULL)"))
        {
            for (var i = 21; i <= 30; i++)
            {
                insert.Bind(1, (long)i).BindText(2, "text").Bind<double>(3, null).Execute();
            }
        }

        using (var unit = batch.BeginUnit())
        {
            batch.Execute("INSERT INTO item (id) VALUES (?)", 31);
        }

        batch.CommitAndCheckpoint();
    }

    private static async Task WriteFromSequences(SqliteConnection connection)
    {
        using var batch = new SqliteBatchWriter(connection);
        await batch.InsertManyAsync("item", s_columns, Numbers(), (row, i) => row.Bind(1, i).Bind(2, DateTime.UnixEpoch).Bind(3, 1.5m).Bind(4, Guid.Empty));
        batch.Commit();
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        for (var i = 101; i <= 110; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static async Task WriteInTransactions(SqliteConnection connection)
    {
        connection.InTransaction(transaction => Insert(connection, transaction, 201, 202, 203));
        await connection.InTransactionAsync((transaction, _) =>
        {
            Insert(connection, transaction, 301, 302);
            return Task.CompletedTask;
        });
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, params int[] ids)
    {
        foreach (var id in ids)
        {
            using var command = new SqliteCommand("INSERT INTO item (id) VALUES ($id)", connection, transaction);
            command.Parameters.AddWithValue("$id", id);
            command.ExecuteNonQuery();
        }
    }

    private static async Task WriteForMany(ConfiguredSqliteDataSource source)
    {
        await using var writer = new SqliteSingleWriter(source);
        await Task.WhenAll(Enumerable.Range(1_001, 50).Select(i => writer.RunAsync(unit => (long)unit.ExecuteScalar("INSERT INTO item (id) VALUES (?) RETURNING id", i)!)));
        await Task.WhenAll(Enumerable.Range(2_001, 50).Select(i => writer.ExecuteAsync("INSERT INTO item (id, text) VALUES (?, ?)", [i, "text"])));
    }

    private static void CopyAndRestore(SqliteConnection connection, string copy)
    {
        connection.BackupTo(copy);
        using (var command = new SqliteCommand("DELETE FROM item", connection))
        {
            command.ExecuteNonQuery();
        }

        connection.RestoreFrom(copy);
        Require(Count(connection), 145);
        connection.BackupTo(copy, overwrite: true);
    }

    private static void Examine(SqliteConnection connection, string path)
    {
        Console.WriteLine(SqliteExamination.Of(connection, checkIntegrity: true));
        Console.WriteLine(SqliteExamination.OfFile(path));
    }

    private static void HandOver(SqliteConnection connection)
    {
        using var worker = SqliteWorker.Start(connection, new ProcessStartInfo("dotnet", "--version"));
        worker.WaitForExit();
        Require(worker.ExitCode, 0);
    }

    private static long Count(SqliteConnection connection)
    {
        using var command = new SqliteCommand("SELECT count(*) FROM item", connection);
        return (long)command.ExecuteScalar()!;
    }

    private static void Require(long found, long expected)
    {
        if (found != expected)
        {
            throw new InvalidOperationException($"{expected} were expected, and {found} are there.");
        }
    }
}
