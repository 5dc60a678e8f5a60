// One database in WAL mode, opened by one helper. Everything happens within one method.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Microsoft.Data.Sqlite;

namespace ProcessStarts;

internal static class Db
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=orders.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";
        command.ExecuteNonQuery();
        return connection;
    }
}

internal static class StraightLine
{
    public static void WriteThenStart()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO orders (name) VALUES ('a')";
        command.ExecuteNonQuery();
        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void WriteThenCheckpointThenStart()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO orders (name) VALUES ('a')";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        if ((long)command.ExecuteScalar()! != 0)
        {
            throw new InvalidOperationException("The checkpoint was blocked.");
        }

        Process.Start("worker");
    }

    public static void CheckpointBeforeTheWrite()
    {
        using var connection = Db.Open();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        if (Convert.ToInt32(checkpoint.ExecuteScalar()) != 0)
        {
            return;
        }

        using var command = new SqliteCommand("DELETE FROM orders WHERE done = 1", connection);
        command.ExecuteNonQuery();
        Process.Start("worker", "--all"); // expect: SQLITE1001
    }

    public static void OnlyReads()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM orders", connection);
        var count = (long)command.ExecuteScalar()!;
        Process.Start("worker", count.ToString());
    }

    public static void StartThenWrite()
    {
        using var connection = Db.Open();
        Process.Start("worker");
        using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
        command.ExecuteNonQuery();
    }

    public static void WriteOnADisposedPooledConnection()
    {
        using (var connection = Db.Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "UPDATE orders SET done = 1";
            command.ExecuteNonQuery();
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void CheckpointOnASecondConnectionToTheSameFile()
    {
        using (var connection = Db.Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE orders SET done = 1";
            command.ExecuteNonQuery();
        }

        using (var connection = Db.Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(RESTART)";
            if (Convert.ToInt32(command.ExecuteScalar()) != 0)
            {
                return;
            }
        }

        Process.Start("worker");
    }

    public static void EveryKindOfWriteIsAWrite()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, name TEXT)";
        command.ExecuteNonQuery();
        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void WriteThroughAReader()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO orders (name) VALUES ('a') RETURNING id";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                Console.WriteLine(reader.GetInt64(0));
            }
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void TwoStartsAfterOneWrite()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("REPLACE INTO orders (id, name) VALUES (1, 'a')", connection);
        command.ExecuteNonQuery();
        Process.Start("first"); // expect: SQLITE1001
        Process.Start("second"); // expect: SQLITE1001
    }

    public static void RolledBackWriteLeavesNothingToCheckpoint()
    {
        using var connection = Db.Open();
        using (var transaction = connection.BeginTransaction())
        {
            using var command = new SqliteCommand("DELETE FROM orders", connection, transaction);
            command.ExecuteNonQuery();
            transaction.Rollback();
        }

        Process.Start("worker");
    }
}

internal static class Branches
{
    public static void WriteInOneBranch(bool dirty)
    {
        using var connection = Db.Open();
        if (dirty)
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void CheckpointInOneBranchOnly(bool careful)
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
        command.ExecuteNonQuery();
        if (careful)
        {
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            if (Convert.ToInt64(command.ExecuteScalar()) != 0)
            {
                return;
            }
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void CheckpointInBothBranches(bool thorough)
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
        command.ExecuteNonQuery();
        if (thorough)
        {
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            if (Convert.ToInt64(command.ExecuteScalar()) != 0)
            {
                return;
            }
        }
        else
        {
            command.CommandText = "PRAGMA wal_checkpoint(FULL)";
            if (Convert.ToInt64(command.ExecuteScalar()) != 0)
            {
                return;
            }
        }

        Process.Start("worker");
    }

    public static void WriteAndStartInDifferentBranches(bool import)
    {
        using var connection = Db.Open();
        if (import)
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
        }
        else
        {
            Process.Start("worker");
        }
    }

    public static void SameFlagTwice(bool dirty)
    {
        using var connection = Db.Open();
        if (dirty)
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
        }

        if (dirty)
        {
            using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
            if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0)
            {
                return;
            }
        }

        Process.Start("worker");
    }

    public static void OppositeFlags(bool dirty)
    {
        using var connection = Db.Open();
        if (dirty)
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
        }

        if (!dirty)
        {
            Process.Start("worker");
        }
    }

    public static void TwoDifferentFlags(bool dirty, bool careful)
    {
        using var connection = Db.Open();
        if (dirty)
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
        }

        if (careful)
        {
            using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
            if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0)
            {
                return;
            }
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void EarlyReturnAfterTheWrite(bool import)
    {
        using var connection = Db.Open();
        if (import)
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
            return;
        }

        Process.Start("worker");
    }

    public static void ThrowAfterTheWrite(bool import)
    {
        using var connection = Db.Open();
        if (import)
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
            throw new OperationCanceledException();
        }

        Process.Start("worker");
    }

    public static void SwitchStatement(string action)
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        switch (action)
        {
            case "clear":
                command.CommandText = "DELETE FROM orders";
                command.ExecuteNonQuery();
                break;
            case "show":
                Process.Start("viewer");
                return;
            default:
                return;
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void SwitchExpression(int kind)
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
        int rows = kind switch
        {
            0 => 0,
            1 => command.ExecuteNonQuery(),
            _ => -1,
        };
        Process.Start("worker", rows.ToString()); // expect: SQLITE1001
    }

    public static void ConditionalExpressionThatReadsOnly(bool all)
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = all ? "SELECT count(*) FROM orders" : "SELECT count(*) FROM orders WHERE done = 0";
        long count = command.ExecuteScalar() is long n ? n : 0;
        Process.Start("worker", count.ToString());
    }

    public static void PatternMatching(object input)
    {
        using var connection = Db.Open();
        if (input is string { Length: > 0 } name)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO orders (name) VALUES ($name)";
            command.Parameters.AddWithValue("$name", name);
            command.ExecuteNonQuery();
        }

        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Loops
{
    public static void WriteInTheLoopStartAfterIt(IEnumerable<string> names)
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO orders (name) VALUES ($name)";
        var parameter = command.Parameters.Add("$name", SqliteType.Text);
        foreach (var name in names)
        {
            parameter.Value = name;
            command.ExecuteNonQuery();
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void StartBeforeTheWriteOfTheSameLoop(string[] names)
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE orders SET started = started + 1";
        for (var i = 0; i < names.Length; i++)
        {
            Process.Start("worker", names[i]); // expect: SQLITE1001
            command.ExecuteNonQuery();
        }
    }

    public static void CheckpointAtTheEndOfEachRound(string[] names)
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        command.CommandText = "UPDATE orders SET started = started + 1";
        foreach (var name in names)
        {
            Process.Start("worker", name);
            command.ExecuteNonQuery();
            if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0)
            {
                throw new TimeoutException();
            }
        }
    }

    public static void CheckpointAfterTheLoop(string[] names)
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE orders SET started = started + 1";
        var i = 0;
        while (i < names.Length)
        {
            command.ExecuteNonQuery();
            i++;
        }

        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0)
        {
            throw new TimeoutException();
        }

        Process.Start("worker");
    }

    public static void LoopThatOnlyReads(string[] names)
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM orders WHERE name = $name", connection);
        var parameter = command.Parameters.Add("$name", SqliteType.Text);
        do
        {
            parameter.Value = names[0];
            Process.Start("worker", command.ExecuteScalar()!.ToString()!);
        }
        while (names.Length > 1);
    }

    public static void RetryUntilTheCheckpointIsComplete()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
        command.ExecuteNonQuery();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        while ((long)checkpoint.ExecuteScalar()! != 0)
        {
            System.Threading.Thread.Sleep(50);
        }

        Process.Start("worker");
    }

    public static void BreakOutOfTheLoop(IEnumerable<string> names)
    {
        using var connection = Db.Open();
        while (true)
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            if (command.ExecuteNonQuery() == 0)
            {
                break;
            }
        }

        Process.Start("worker", names.First()); // expect: SQLITE1001
    }

    public static void GotoRetry(int attempts)
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
    retry:
        if (attempts-- > 0)
        {
            command.ExecuteNonQuery();
            goto retry;
        }

        Process.Start("worker"); // expect: SQLITE1001
    }
}

internal static class Exceptions
{
    public static void WriteInATry()
    {
        using var connection = Db.Open();
        try
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            Console.Error.WriteLine(e.Message);
            return;
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void CheckpointInFinally()
    {
        using var connection = Db.Open();
        try
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
        }
        finally
        {
            using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
            if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0)
            {
                throw new TimeoutException();
            }
        }

        Process.Start("worker");
    }

    public static void StartInFinally()
    {
        using var connection = Db.Open();
        try
        {
            using var command = new SqliteCommand("UPDATE orders SET done = 1", connection);
            command.ExecuteNonQuery();
        }
        finally
        {
            Process.Start("worker"); // expect: SQLITE1001
        }
    }

    public static void CommitInTryRollbackInCatch()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "UPDATE orders SET done = 1";
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        catch
        {
            transaction.Rollback();
            throw;
        }

        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void CommitInTryRollbackInCatchThenCheckpoint()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "UPDATE orders SET done = 1";
            command.ExecuteNonQuery();
            transaction.Commit();
        }
        catch (Exception)
        {
            transaction.Rollback();
            throw;
        }

        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0)
        {
            throw new TimeoutException();
        }

        Process.Start("worker");
    }

    public static void StartInCatchOfAReadThatFailed(string file)
    {
        try
        {
            using var connection = Db.Open();
            using var command = new SqliteCommand("SELECT 1", connection);
            command.ExecuteScalar();
            File.Delete(file);
        }
        catch (IOException)
        {
            Process.Start("repair");
        }
    }
}
