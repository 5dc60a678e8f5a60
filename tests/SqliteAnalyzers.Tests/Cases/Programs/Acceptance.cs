// Sixty cases in one program. Most use the helper that configures everything; some open a file of their own without it.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CliWrap;
using Dapper;
using Microsoft.Data.Sqlite;
using MedallionCommand = Medallion.Shell.Command;

namespace Acceptance;

internal static class Store
{
    private const string ConnectionString = "Data Source=store.db";

    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Configure(connection);
        return connection;
    }

    public static async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        Configure(connection);
        return connection;
    }

    public static SqliteConnection OpenAt(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);
        connection.Open();
        Configure(connection);
        return connection;
    }

    public static void Configure(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA busy_timeout = 30000;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -64000;
            """;
        command.ExecuteNonQuery();
    }

    public static int Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static void Checkpoint(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var reader = command.ExecuteReader();
        reader.Read();
        if (reader.GetInt32(0) != 0)
        {
            throw new InvalidOperationException("The checkpoint could not complete.");
        }
    }
}

internal static class Case01_InsertThenStart
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO records (name) VALUES ($name)";
        command.Parameters.AddWithValue("$name", "first");
        command.ExecuteNonQuery();

        Process.Start("worker", "--share 0"); // expect: SQLITE1001
    }
}

internal static class Case02_InsertCheckpointStart
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "INSERT INTO records (name) VALUES ('first')");
        Store.Checkpoint(connection);
        Process.Start("worker", "--share 0");
    }
}

internal static class Case03_PassiveDoesNotCount
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "INSERT INTO records (name) VALUES ('first')");
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        var busy = Convert.ToInt64(command.ExecuteScalar());
        if (busy == 0)
        {
            Process.Start("worker", "--share 0"); // expect: SQLITE1001
        }
    }
}

internal static class Case04_OpenTransaction
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var transaction = connection.BeginTransaction();
        Store.Execute(connection, "INSERT INTO records (name) VALUES ('first')", transaction);
        Process.Start("worker", "--share 0"); // expect: SQLITE1002
        transaction.Commit();
    }
}

internal static class Case05_CommitCheckpointStart
{
    public static void Run()
    {
        using var connection = Store.Open();
        using (var transaction = connection.BeginTransaction())
        {
            Store.Execute(connection, "INSERT INTO records (name) VALUES ('first')", transaction);
            transaction.Commit();
        }

        Store.Checkpoint(connection);
        Process.Start("worker", "--share 0");
    }
}

internal static class Case06_RawBegin
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE;";
        command.ExecuteNonQuery();
        command.CommandText = "DELETE FROM records;";
        command.ExecuteNonQuery();
        using var worker = new Process { StartInfo = new ProcessStartInfo("worker") { UseShellExecute = false } };
        worker.Start(); // expect: SQLITE1002
        worker.WaitForExit();
        command.CommandText = "COMMIT;";
        command.ExecuteNonQuery();
    }
}

internal static class Case07_RawBeginCheckpoint
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "BEGIN");
        Store.Execute(connection, "DELETE FROM records");
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA wal_checkpoint(FULL)";
            Console.WriteLine(command.ExecuteScalar()); // expect: SQLITE2001
        }

        Store.Execute(connection, "COMMIT");
    }
}

internal static class Case08_ResultIgnored
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "DELETE FROM records");
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        command.ExecuteNonQuery(); // expect: SQLITE2002
    }
}

internal static class Case09_UnknownMode
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCTE);"; // expect: SQLITE2003
        var busy = (long)command.ExecuteScalar()!;
        Console.WriteLine(busy == 0 ? "done" : "busy");
    }
}

internal static class Case10_RawOpen
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=case10.db");
        connection.Open(); // expect: SQLITE3001
        Store.Execute(connection, "CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, name TEXT)");
    }
}

internal static class Case11_RawOpenAsync
{
    public static async Task RunAsync()
    {
        await using var connection = new SqliteConnection("Data Source=case11.db");
        await connection.OpenAsync(); // expect: SQLITE3001
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(name) FROM records";
        Console.WriteLine(await command.ExecuteScalarAsync());
    }
}

internal static class Case12_ReadOnly
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=case12.db;Mode=ReadOnly");
        connection.Open();
        Console.WriteLine(connection.ServerVersion);
    }
}

internal static class Case13_InMemory
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Store.Execute(connection, "CREATE TABLE records (id INTEGER PRIMARY KEY)");
    }
}

internal static class Case14_ConfiguredByTheSharedHelper
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=case14.db");
        connection.Open();
        Store.Configure(connection);
        Store.Execute(connection, "DELETE FROM records");
    }
}

internal static class Case15_ConfiguredByItsCaller
{
    public static void Run()
    {
        using var connection = Create();
        Store.Configure(connection);
    }

    private static SqliteConnection Create()
    {
        var connection = new SqliteConnection("Data Source=case15.db");
        connection.Open();
        return connection;
    }
}

internal static class Case16_OpenAtAPath
{
    public static void Run(string path)
    {
        using var connection = Store.OpenAt(path);
        Store.Execute(connection, "DELETE FROM records");
    }

    public static void RunHere()
    {
        using var connection = Store.OpenAt("case16.db");
        Store.Execute(connection, "DELETE FROM records");
    }
}

internal static class Case17_WriteInOneBranch
{
    public static void Run(bool import)
    {
        using var connection = Store.Open();
        if (import)
        {
            Store.Execute(connection, "INSERT INTO records (name) VALUES ('first')");
        }
        else
        {
            Console.WriteLine("nothing to import");
        }

        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case18_CheckpointInBothBranches
{
    public static void Run(bool small)
    {
        using var connection = Store.Open();
        if (small)
        {
            Store.Execute(connection, "INSERT INTO records (name) VALUES ('first')");
            Store.Checkpoint(connection);
        }
        else
        {
            for (var i = 0; i < 1000; i++)
            {
                Store.Execute(connection, "INSERT INTO records (name) VALUES ('first')");
            }

            Store.Checkpoint(connection);
        }

        Process.Start("worker");
    }
}

internal static class Case19_WriteInALoop
{
    public static void Run(IReadOnlyList<string> names)
    {
        using var connection = Store.Open();
        using var transaction = connection.BeginTransaction();
        using var command = new SqliteCommand("INSERT INTO records (name) VALUES ($name)", connection, transaction);
        var name = command.Parameters.Add("$name", SqliteType.Text);
        foreach (var value in names)
        {
            name.Value = value;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case20_StartInALoopAfterTheCheckpoint
{
    public static void Run(int workers)
    {
        using var connection = Store.Open();
        Store.Execute(connection, "DELETE FROM results");
        Store.Checkpoint(connection);
        var processes = new List<Process>();
        for (var i = 0; i < workers; i++)
        {
            processes.Add(Process.Start("worker", $"--share {i}"));
        }

        processes.ForEach(process => process.WaitForExit());
    }
}

internal static class Case21_StartInALoopWithoutACheckpoint
{
    public static void Run(int workers)
    {
        using var connection = Store.Open();
        Store.Execute(connection, "DELETE FROM results");
        for (var i = 0; i < workers; i++)
        {
            Process.Start("worker", $"--share {i}"); // expect: SQLITE1001
        }
    }
}

internal static class Case22_WriteAfterTheStartOfTheRoundBefore
{
    public static void Run(Queue<string> jobs)
    {
        using var connection = Store.Open();
        while (jobs.TryDequeue(out var job))
        {
            using var worker = Process.Start("worker", job); // expect: SQLITE1001
            worker.WaitForExit();
            Store.Execute(connection, "UPDATE jobs SET done = 1");
        }
    }
}

internal static class Case23_ReadOnlyLoop
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var command = new SqliteCommand("SELECT name FROM records", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            Process.Start("worker", reader.GetString(0));
        }
    }
}

internal sealed class Case24_Helpers
{
    public void Run()
    {
        using var connection = Store.Open();
        Import(connection);
        StartWorkers(); // expect: SQLITE1001
    }

    public void RunWell()
    {
        using var connection = Store.Open();
        Import(connection);
        Store.Checkpoint(connection);
        StartWorkers();
    }

    private static void Import(SqliteConnection connection) => Store.Execute(connection, "INSERT INTO records (name) VALUES ('first')");

    private static void StartWorkers() => Process.Start("worker");
}

internal sealed class Case25_Fields : IDisposable
{
    private readonly SqliteConnection _connection = Store.Open();

    public void Save(string name)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO records (name) VALUES ($name)";
        command.Parameters.AddWithValue("$name", name);
        command.ExecuteNonQuery();
    }

    public void Finish()
    {
        Store.Checkpoint(_connection);
        Process.Start("worker");
    }

    public void SaveAndStart(string name)
    {
        Save(name);
        Process.Start("worker"); // expect: SQLITE1001
    }

    public void Dispose() => _connection.Dispose();
}

internal static class Case26_UserOfFields
{
    public static void SavesAndFinishes()
    {
        using var fields = new Case25_Fields();
        fields.Save("first");
        fields.Finish();
    }

    public static void SavesAndStarts()
    {
        using var fields = new Case25_Fields();
        fields.Save("first");
        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case27_TryCatchRollback
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            Store.Execute(connection, "DELETE FROM records", transaction);
            Store.Execute(connection, "DELETE FROM results", transaction);
            transaction.Commit();
        }
        catch
        {
            transaction.Rollback();
            throw;
        }

        Store.Checkpoint(connection);
        Process.Start("worker");
    }
}

internal static class Case28_SwallowedCommit
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "BEGIN");
        try
        {
            Store.Execute(connection, "DELETE FROM records");
            Store.Execute(connection, "COMMIT");
        }
        catch (SqliteException e)
        {
            Console.Error.WriteLine(e.Message);
        }

        Store.Checkpoint(connection); // expect: SQLITE2001
    }
}

internal static class Case29_RollbackInCatchContinues
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "BEGIN");
        try
        {
            Store.Execute(connection, "DELETE FROM records");
            Store.Execute(connection, "COMMIT");
        }
        catch (SqliteException)
        {
            Store.Execute(connection, "ROLLBACK");
        }

        Store.Checkpoint(connection);
        Process.Start("worker");
    }
}

internal static class Case30_Async
{
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Store.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE records SET name = 'x'";
        await command.ExecuteNonQueryAsync(cancellationToken);
        using var worker = Process.Start("worker"); // expect: SQLITE1001
        await worker.WaitForExitAsync(cancellationToken);
    }
}

internal static class Case31_AsyncWell
{
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Store.OpenAsync(cancellationToken);
        await SaveAsync(connection);
        Store.Checkpoint(connection);
        using var worker = Process.Start("worker");
        await worker.WaitForExitAsync(cancellationToken);
    }

    private static async Task SaveAsync(SqliteConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("UPDATE records SET name = 'x'", transaction: transaction);
        await transaction.CommitAsync();
    }
}

internal static class Case32_DapperExecute
{
    public static void Run()
    {
        using var connection = Store.Open();
        connection.Execute("INSERT INTO records (name) VALUES (@name)", new[] { new { name = "a" }, new { name = "b" } });
        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case33_DapperReturning
{
    public static async Task RunAsync()
    {
        await using var connection = await Store.OpenAsync();
        var id = await connection.QuerySingleAsync<long>("INSERT INTO records (name) VALUES (@name) RETURNING id", new { name = "a" });
        Process.Start("worker", id.ToString()); // expect: SQLITE1001
    }
}

internal static class Case34_DapperTransaction
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM records", transaction: transaction);
        Process.Start("worker"); // expect: SQLITE1002
        transaction.Commit();
    }
}

internal static class Case35_DapperCheckpoint
{
    public static void Run()
    {
        using var connection = Store.Open();
        connection.Execute("DELETE FROM records");
        var (busy, log, moved) = connection.QueryFirst<(int, int, int)>("PRAGMA wal_checkpoint(TRUNCATE)");
        if (busy != 0)
        {
            throw new InvalidOperationException($"{moved} of {log} pages");
        }

        Process.Start("worker");
    }
}

internal static class Case36_DapperCheckpointIgnored
{
    public static void Run()
    {
        using var connection = Store.Open();
        connection.Execute("PRAGMA wal_checkpoint(FULL)"); // expect: SQLITE2002
    }
}

internal static class Case37_Lambda
{
    public static void Run()
    {
        using var connection = Store.Open();
        Action save = () => Store.Execute(connection, "DELETE FROM records");
        save();
        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case38_LambdaThatIsNeverCalled
{
    public static void Run(ConcurrentQueue<Action> later)
    {
        var connection = Store.Open();
        later.Enqueue(() => Store.Execute(connection, "DELETE FROM records"));
        Process.Start("worker");
    }
}

internal static class Case39_TaskRun
{
    public static async Task RunAsync()
    {
        await Task.Run(() =>
        {
            using var connection = Store.Open();
            Store.Execute(connection, "DELETE FROM records");
        });
        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case40_ParallelWorkers
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "DELETE FROM records");
        Store.Checkpoint(connection);
        Parallel.ForEach(Enumerable.Range(0, 10), share =>
        {
            using var worker = Process.Start("worker", $"--share {share}");
            worker.WaitForExit();
        });
    }
}

internal static class Case41_LocalFunction
{
    public static void Run()
    {
        using var connection = Store.Open();
        Save("a");
        Save("b");
        Process.Start("worker"); // expect: SQLITE1001

        void Save(string name)
        {
            using var command = new SqliteCommand("INSERT INTO records (name) VALUES ($name)", connection);
            command.Parameters.AddWithValue("$name", name);
            command.ExecuteNonQuery();
        }
    }
}

internal static class Case42_Url
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "UPDATE records SET name = 'x'");
        Process.Start(new ProcessStartInfo("https://example.org/report") { UseShellExecute = true });
    }
}

internal static class Case43_ShellExecuteOfAFile
{
    public static void Run(string report)
    {
        using var connection = Store.Open();
        Store.Execute(connection, "UPDATE records SET name = 'x'");
        Process.Start(new ProcessStartInfo { FileName = report, UseShellExecute = true });
    }
}

internal static class Case44_Openers
{
    public static void Run(string folder)
    {
        using var connection = Store.Open();
        Store.Execute(connection, "UPDATE records SET name = 'x'");
        Process.Start("explorer.exe", folder);
        Process.Start("xdg-open", folder);
        Process.Start("open", folder);
    }
}

internal static class Case45_CliWrap
{
    public static async Task RunAsync()
    {
        await using var connection = await Store.OpenAsync();
        Store.Execute(connection, "UPDATE records SET name = 'x'");
        await Cli.Wrap("worker").WithArguments(["--share", "0"]).ExecuteAsync(); // expect: SQLITE1001
    }
}

internal static class Case46_MedallionShell
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "UPDATE records SET name = 'x'");
        var command = MedallionCommand.Run("worker", "--share", "0"); // expect: SQLITE1001
        command.Wait();
    }
}

internal static class Case47_ClearAllPools
{
    public static void Run()
    {
        using (var connection = Store.Open())
        {
            Store.Execute(connection, "UPDATE records SET name = 'x'");
        }

        SqliteConnection.ClearAllPools();
        Process.Start("worker");
    }
}

internal static class Case48_Savepoint
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "SAVEPOINT a");
        Store.Execute(connection, "DELETE FROM records");
        Store.Checkpoint(connection); // expect: SQLITE2001
        Store.Execute(connection, "RELEASE a");
        Store.Checkpoint(connection);
    }
}

internal static class Case49_SavepointOfATransaction
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var transaction = connection.BeginTransaction();
        transaction.Save("a");
        Store.Execute(connection, "DELETE FROM records", transaction);
        transaction.Rollback("a");
        Store.Execute(connection, "DELETE FROM results", transaction);
        transaction.Release("a");
        transaction.Commit();
        Store.Checkpoint(connection);
        Process.Start("worker");
    }
}

internal static class Case50_NullableTransaction
{
    public static void Run(bool atomic)
    {
        using var connection = Store.Open();
        SqliteTransaction? transaction = atomic ? connection.BeginTransaction() : null;
        Store.Execute(connection, "DELETE FROM records", transaction);
        if (transaction is not null)
        {
            transaction.Commit();
            transaction.Dispose();
        }

        Store.Checkpoint(connection);
        Process.Start("worker");
    }
}

internal static class Case51_FlagTwice
{
    public static void Run(bool dryRun)
    {
        using var connection = Store.Open();
        if (!dryRun)
        {
            Store.Execute(connection, "DELETE FROM records");
        }

        Console.WriteLine("deleted");
        if (!dryRun)
        {
            Store.Checkpoint(connection);
        }

        Process.Start("worker");
    }
}

internal static class Case52_EarlyReturn
{
    public static int Run(string[] args)
    {
        using var connection = Store.Open();
        if (args.Length == 0)
        {
            return 1;
        }

        if (Store.Execute(connection, "DELETE FROM records") == 0)
        {
            return 2;
        }

        Store.Checkpoint(connection);
        using var worker = Process.Start("worker", args);
        worker.WaitForExit();
        return worker.ExitCode;
    }
}

internal static class Case53_HalfReadReader
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var command = new SqliteCommand("SELECT id FROM records", connection);
        using var reader = command.ExecuteReader();
        if (reader.Read())
        {
            Console.WriteLine(reader.GetInt64(0));
        }

        Store.Checkpoint(connection); // expect: SQLITE2001
    }
}

internal static class Case54_ReaderReadToTheEnd
{
    public static void Run()
    {
        using var connection = Store.Open();
        using var command = new SqliteCommand("SELECT id FROM records", connection);
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                Console.WriteLine(reader.GetInt64(0));
            }
        }

        Store.Checkpoint(connection);
    }
}

internal interface ICase55Repository
{
    void Add(string name);

    void Flush();
}

internal sealed class Case55_Repository : ICase55Repository, IDisposable
{
    private readonly SqliteConnection _connection = Store.Open();

    public void Add(string name) => _connection.Execute("INSERT INTO records (name) VALUES (@name)", new { name });

    public void Flush() => Store.Checkpoint(_connection);

    public void Dispose() => _connection.Dispose();
}

internal sealed class Case55_Interface(ICase55Repository repository)
{
    public void Run()
    {
        repository.Add("first");
        Process.Start("worker"); // expect: SQLITE1001
    }

    public void RunWell()
    {
        repository.Add("first");
        repository.Flush();
        Process.Start("worker");
    }
}

internal static class Case56_Recursion
{
    public static void Run(DirectoryInfo folder)
    {
        using var connection = Store.Open();
        Visit(connection, folder);
        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void RunWell(DirectoryInfo folder)
    {
        using var connection = Store.Open();
        Visit(connection, folder);
        Store.Checkpoint(connection);
        Process.Start("worker");
    }

    private static void Visit(SqliteConnection connection, DirectoryInfo folder)
    {
        foreach (DirectoryInfo child in folder.EnumerateDirectories())
        {
            Visit(connection, child);
        }

        connection.Execute("INSERT INTO records (name) VALUES (@FullName)", new { folder.FullName });
    }
}

internal sealed class Case57_DataSource
{
    private readonly string _connectionString;

    public Case57_DataSource(string path)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Cache = SqliteCacheMode.Private }.ToString();
        using SqliteConnection connection = Open();
        Store.Execute(connection, "CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, name TEXT)");
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Store.Configure(connection);
        return connection;
    }
}

internal static class Case58_OnlyWalIsSet
{
    public static void Run()
    {
        using var connection = new SqliteConnection("Data Source=case58.db");
        connection.Open();
        Store.Execute(connection, "PRAGMA journal_mode = WAL");
        Store.Execute(connection, "CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, name TEXT)");
    }
}

internal static class Case59_RollbackThenStart
{
    public static void Run()
    {
        using var connection = Store.Open();
        using (var transaction = connection.BeginTransaction())
        {
            Store.Execute(connection, "DELETE FROM records", transaction);
            transaction.Rollback();
        }

        Process.Start("worker");
    }
}

internal static class Case60_WorkerSide
{
    public static int Main2(string[] args)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = args[0],
            Mode = SqliteOpenMode.ReadOnly,
        }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM records WHERE id BETWEEN $from AND $to";
        command.Parameters.AddWithValue("$from", args[1]);
        command.Parameters.AddWithValue("$to", args[2]);
        return Convert.ToInt32(command.ExecuteScalar());
    }
}

internal static class Case61_TwoDatabases
{
    public static void Run()
    {
        using var connection = Store.Open();
        Store.Execute(connection, "DELETE FROM records");
        using (var other = Store.OpenAt("case61.db"))
        {
            Store.Checkpoint(other);
        }

        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case62_StaticConstructorAndProperty
{
    private static SqliteConnection? s_connection;

    private static SqliteConnection Connection => s_connection ??= Store.Open();

    public static void Log(string text)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = $"INSERT INTO log (text) VALUES ('{text}')";
        command.ExecuteNonQuery();
    }

    public static void Run()
    {
        Log("starting the worker");
        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case63_AbstractTypes
{
    public static void Run()
    {
        using DbConnection connection = Store.Open();
        using DbTransaction transaction = connection.BeginTransaction(IsolationLevel.Serializable);
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "DELETE FROM records";
        command.ExecuteNonQuery();
        transaction.Commit();
        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Case64_Batches
{
    public static void Run(IEnumerable<string> names)
    {
        using var connection = Store.Open();
        var count = 0;
        Store.Execute(connection, "BEGIN");
        foreach (var name in names)
        {
            Store.Execute(connection, $"INSERT INTO records (name) VALUES ('{name}')");
            count++;
            if (count >= 5000)
            {
                Store.Execute(connection, "COMMIT");
                Store.Execute(connection, "BEGIN");
                count = 0;
            }
        }

        Store.Execute(connection, "COMMIT");
        Store.Checkpoint(connection);
        Process.Start("worker");
    }
}

internal static class Case65_LastBatchNotCommitted
{
    public static void Run(IEnumerable<string> names)
    {
        using var connection = Store.Open();
        var count = 0;
        Store.Execute(connection, "BEGIN");
        foreach (var name in names)
        {
            Store.Execute(connection, $"INSERT INTO records (name) VALUES ('{name}')");
            if (++count % 5000 == 0)
            {
                Store.Execute(connection, "COMMIT");
                Store.Checkpoint(connection);
                Store.Execute(connection, "BEGIN");
            }
        }

        Process.Start("worker"); // expect: SQLITE1002
        Store.Execute(connection, "COMMIT");
    }
}
