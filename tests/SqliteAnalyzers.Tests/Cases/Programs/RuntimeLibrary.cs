// The helper library configures, checkpoints, batches and hands over. One database that it puts in WAL mode, one that nobody configures.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SqliteAnalyzers.Runtime;

namespace RuntimeLibrary;

internal static class Db
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=fleet.db");
        connection.OpenConfigured();
        return connection;
    }

    public static void Write(SqliteConnection connection)
    {
        using var command = new SqliteCommand("UPDATE cars SET checked = 1", connection);
        command.ExecuteNonQuery();
    }
}

internal static class Configuring
{
    public static void OpenThenConfigure()
    {
        using var connection = new SqliteConnection("Data Source=fleet.db");
        connection.Open();
        connection.Configure(SqliteConnectionOptions.BulkWork);
    }

    public static void DataSource()
    {
        using var source = new ConfiguredSqliteDataSource("Data Source=vans.db");
        using var connection = source.OpenConnection();
        Db.Write(connection);
    }

    public static void AnotherFileLeftAlone()
    {
        using var connection = new SqliteConnection("Data Source=bikes.db");
        connection.Open(); // expect: SQLITE3001
        Db.Write(connection);
    }
}

internal static class Checkpointing
{
    public static void WithoutACheckpoint()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        Process.Start("dispatcher"); // expect: SQLITE1001
    }

    public static void Full()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        connection.Checkpoint();
        Process.Start("dispatcher");
    }

    public static void Truncate()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        connection.Checkpoint(SqliteCheckpointMode.Truncate, TimeSpan.FromSeconds(5));
        Process.Start("dispatcher");
    }

    public static void Passive()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        connection.Checkpoint(SqliteCheckpointMode.Passive);
        Process.Start("dispatcher"); // expect: SQLITE1001
    }

    public static void TriedAndAsked()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        if (connection.TryCheckpoint().IsComplete)
        {
            Process.Start("dispatcher");
        }
    }

    public static void InsideATransaction()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE cars SET checked = 1";
        command.ExecuteNonQuery();
        connection.Checkpoint(); // expect: SQLITE2001
        transaction.Commit();
    }

    public static void AfterTheCommit()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE cars SET checked = 1";
        command.ExecuteNonQuery();
        transaction.Commit();
        connection.Checkpoint();
        Process.Start("dispatcher");
    }
}

internal static class HandingOver
{
    public static void WorkerStart()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        using Process worker = SqliteWorker.Start(connection, new ProcessStartInfo("dispatcher"));
        worker.WaitForExit();
    }

    public static void SecondWorkerNeedsNoOtherCheckpoint()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        using Process first = SqliteWorker.Start(connection, new ProcessStartInfo("dispatcher", "1"));
        using Process second = SqliteWorker.Start(connection, new ProcessStartInfo("dispatcher", "2"));
        Process.Start("dispatcher", "3");
    }
}

internal static class Batching
{
    public static void StartedBeforeTheCommit(IEnumerable<string> plates)
    {
        using var connection = Db.Open();
        using var batch = new SqliteBatchWriter(connection);
        batch.Execute("DELETE FROM cars");
        Process.Start("dispatcher"); // expect: SQLITE1002
        batch.Commit();
    }

    public static void StartedAfterTheCommit(IEnumerable<string> plates)
    {
        using var connection = Db.Open();
        using (var batch = new SqliteBatchWriter(connection))
        {
            foreach (string plate in plates)
            {
                batch.Execute("INSERT INTO cars (plate) VALUES (?)", plate);
            }

            batch.Commit();
        }

        Process.Start("dispatcher"); // expect: SQLITE1001
    }

    public static void CommittedAndCheckpointed(IEnumerable<string> plates)
    {
        using var connection = Db.Open();
        using (var batch = new SqliteBatchWriter(connection, batchSize: 1000))
        {
            foreach (string plate in plates)
            {
                batch.Execute("INSERT INTO cars (plate) VALUES (?)", plate);
            }

            batch.CommitAndCheckpoint();
        }

        Process.Start("dispatcher");
    }

    public static void StatementsEndAndTheBatchGoesOn(IEnumerable<string> plates)
    {
        using var connection = Db.Open();
        using var batch = new SqliteBatchWriter(connection);
        using (var insert = batch.Prepare("INSERT INTO cars (plate) VALUES (?)"))
        {
            foreach (string plate in plates)
            {
                insert.Bind(1, plate).Execute();
            }
        }

        Process.Start("dispatcher"); // expect: SQLITE1002
        batch.Commit();
    }
}
