// One database in WAL mode; await, lambdas, local functions, tasks.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace AsyncAndDelegates;

internal static class Db
{
    private const string Source = "Data Source=mail.db";

    private const string Pragmas = """
        PRAGMA busy_timeout = 30000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        """;

    public static async Task<SqliteConnection> OpenAsync(CancellationToken token = default)
    {
        var connection = new SqliteConnection(Source);
        await connection.OpenAsync(token).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        return connection;
    }

    public static SqliteConnection Open() => OpenAsync().GetAwaiter().GetResult();

    public static async Task CheckpointAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        bool busy = reader.GetBoolean(0);
        if (busy)
        {
            throw new TimeoutException("The checkpoint was blocked.");
        }
    }

    public static async Task InsertAsync(SqliteConnection connection, string subject)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO mails (subject) VALUES (@subject)";
        command.Parameters.AddWithValue("@subject", subject);
        await command.ExecuteNonQueryAsync();
    }
}

internal static class Awaiting
{
    public static async Task WriteThenStart()
    {
        await using var connection = await Db.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE mails SET seen = 1";
        await command.ExecuteNonQueryAsync();
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static async Task WriteThenCheckpointThenStart(CancellationToken token)
    {
        await using var connection = await Db.OpenAsync(token);
        await Db.InsertAsync(connection, "hello");
        await Db.CheckpointAsync(connection);
        using var process = Process.Start("indexer");
        await process!.WaitForExitAsync(token);
    }

    public static async Task WriteInAnAwaitedCallee()
    {
        await using var connection = await Db.OpenAsync();
        await Db.InsertAsync(connection, "hello").ConfigureAwait(false);
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static async Task<int> StartInAnAwaitedCallee()
    {
        await using var connection = await Db.OpenAsync();
        await Db.InsertAsync(connection, "hello");
        return await RunIndexerAsync(); // expect: SQLITE1001
    }

    public static async Task TransactionAwaited()
    {
        await using var connection = await Db.OpenAsync();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        await Db.InsertAsync(connection, "hello");
        Process.Start("indexer"); // expect: SQLITE1002
        await transaction.CommitAsync();
    }

    public static async Task CommittedAndCheckpointed()
    {
        await using var connection = await Db.OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await Db.InsertAsync(connection, "hello");
            await transaction.CommitAsync();
        }

        await Db.CheckpointAsync(connection);
        Process.Start("indexer");
    }

    public static async Task CheckpointBeforeCommit()
    {
        await using var connection = await Db.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Db.InsertAsync(connection, "hello");
        await Db.CheckpointAsync(connection); // expect: SQLITE2001
        await transaction.CommitAsync();
    }

    public static async Task WhenAll()
    {
        await using var first = await Db.OpenAsync();
        await using var second = await Db.OpenAsync();
        await Task.WhenAll(Db.InsertAsync(first, "a"), Db.InsertAsync(second, "b"));
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static async IAsyncEnumerable<string> StreamOnlyReads()
    {
        await using var connection = await Db.OpenAsync();
        await using var command = new SqliteCommand("SELECT subject FROM mails", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            yield return reader.GetString(0);
        }

        Process.Start("indexer");
    }

    private static async Task<int> RunIndexerAsync()
    {
        using var process = new Process { StartInfo = new ProcessStartInfo("indexer", "--once") };
        process.Start();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

internal static class Lambdas
{
    public static void InvokedLocally()
    {
        using var connection = Db.Open();
        Action clear = () =>
        {
            using var command = new SqliteCommand("DELETE FROM mails", connection);
            command.ExecuteNonQuery();
        };
        clear();
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static Action NeverInvokedHere()
    {
        using var connection = Db.Open();
        Action clear = () =>
        {
            using var command = new SqliteCommand("DELETE FROM mails", connection);
            command.ExecuteNonQuery();
        };
        Process.Start("indexer");
        return clear;
    }

    public static void EventHandlerIsNotRunHere(System.Timers.Timer timer)
    {
        var connection = Db.Open();
        timer.Elapsed += (_, _) =>
        {
            using var command = new SqliteCommand("DELETE FROM mails", connection);
            command.ExecuteNonQuery();
        };
        Process.Start("indexer");
    }

    public static async Task TaskRunWrites()
    {
        await using var connection = await Db.OpenAsync();
        await Task.Run(() =>
        {
            using var command = new SqliteCommand("DELETE FROM mails", connection);
            command.ExecuteNonQuery();
        });
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static async Task TaskRunStarts()
    {
        await using var connection = await Db.OpenAsync();
        await Db.InsertAsync(connection, "hello");
        await Task.Run(() => Process.Start("indexer")); // expect: SQLITE1001
    }

    public static async Task TaskRunStartsAfterACheckpoint()
    {
        await using var connection = await Db.OpenAsync();
        await Db.InsertAsync(connection, "hello");
        await Db.CheckpointAsync(connection);
        await Task.Run(() => Process.Start("indexer"));
    }

    public static void ParallelWrites(string[] subjects)
    {
        Parallel.ForEach(subjects, subject =>
        {
            using var connection = Db.Open();
            using var command = new SqliteCommand("UPDATE mails SET seen = 1 WHERE subject = $subject", connection);
            command.Parameters.AddWithValue("$subject", subject);
            command.ExecuteNonQuery();
        });
        Process.Start("indexer"); // expect: SQLITE1001
    }

    public static void ParallelStartsAfterACheckpoint(string[] shares)
    {
        using var connection = Db.Open();
        Db.InsertAsync(connection, "hello").Wait();
        Db.CheckpointAsync(connection).Wait();
        Parallel.For(0, shares.Length, i => Process.Start("indexer", shares[i])?.WaitForExit());
    }

    public static void ParallelStarts(string[] shares)
    {
        using var connection = Db.Open();
        Db.InsertAsync(connection, "hello").Wait();
        Parallel.For(0, shares.Length, i => Process.Start("indexer", shares[i])?.WaitForExit()); // expect: SQLITE1001
    }

    public static void OwnHelperThatRunsADelegate()
    {
        InTransaction(connection =>
        {
            using var command = new SqliteCommand("DELETE FROM mails", connection);
            command.ExecuteNonQuery();
        });
        Process.Start("indexer"); // expect: SQLITE1001
    }

    private static void InTransaction(Action<SqliteConnection> work)
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        work(connection);
        transaction.Commit();
    }
}

internal static class LocalFunctions
{
    public static void WritesInALocalFunction()
    {
        using var connection = Db.Open();
        Clear();
        Process.Start("indexer"); // expect: SQLITE1001

        void Clear()
        {
            using var command = new SqliteCommand("DELETE FROM mails", connection);
            command.ExecuteNonQuery();
        }
    }

    public static void StartsInALocalFunction()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("DELETE FROM mails", connection);
        command.ExecuteNonQuery();
        Launch(); // expect: SQLITE1001

        static void Launch() => Process.Start("indexer");
    }

    public static void UncalledLocalFunction()
    {
        using var connection = Db.Open();
        Process.Start("indexer");
        if (connection.State == System.Data.ConnectionState.Open)
        {
            return;
        }

        Clear();

        void Clear()
        {
            using var command = new SqliteCommand("DELETE FROM mails", connection);
            command.ExecuteNonQuery();
        }
    }

    public static void BothInsideOneLocalFunction(IEnumerable<string> subjects)
    {
        foreach (string subject in subjects.Where(s => s.Length > 0))
        {
            Handle(subject);
        }

        static void Handle(string subject)
        {
            using var connection = Db.Open();
            using var command = new SqliteCommand("DELETE FROM mails WHERE subject = $subject", connection);
            command.Parameters.AddWithValue("$subject", subject);
            command.ExecuteNonQuery();
            Db.CheckpointAsync(connection).GetAwaiter().GetResult();
            Process.Start("indexer", subject);
        }
    }

    public static void CheckpointInALocalFunction()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("DELETE FROM mails", connection);
        command.ExecuteNonQuery();
        Flush();
        Process.Start("indexer");

        void Flush()
        {
            command.CommandText = "PRAGMA wal_checkpoint(FULL)";
            if (Convert.ToInt32(command.ExecuteScalar()) == 1)
            {
                throw new TimeoutException();
            }
        }
    }
}
