// Open transactions at process starts and checkpoints. One database in WAL mode.
using System;
using System.Collections.Generic;
using System.Data;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Transactions;

internal static class Db
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = "bank.db", Mode = SqliteOpenMode.ReadWriteCreate }.ToString());
        connection.Open();
        foreach (string pragma in new[] { "busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL" })
        {
            Execute(connection, "PRAGMA " + pragma);
        }

        return connection;
    }

    public static int Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static void Checkpoint(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        if (Convert.ToInt64(command.ExecuteScalar()) != 0)
        {
            throw new InvalidOperationException("busy");
        }
    }
}

internal static class RawStatements
{
    public static void StartBeforeCommit()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN";
        command.ExecuteNonQuery();
        command.CommandText = "UPDATE accounts SET balance = 0";
        command.ExecuteNonQuery();
        Process.Start("audit"); // expect: SQLITE1002
        command.CommandText = "COMMIT";
        command.ExecuteNonQuery();
    }

    public static void CommitCheckpointStart()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        command.CommandText = "UPDATE accounts SET balance = 0";
        command.ExecuteNonQuery();
        command.CommandText = "COMMIT";
        command.ExecuteNonQuery();
        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void CommitWithoutCheckpoint()
    {
        using var connection = Db.Open();
        Db.Execute(connection, "BEGIN TRANSACTION");
        Db.Execute(connection, "UPDATE accounts SET balance = 0");
        Db.Execute(connection, "END TRANSACTION");
        Process.Start("audit"); // expect: SQLITE1001
    }

    public static void RolledBack()
    {
        using var connection = Db.Open();
        Db.Execute(connection, "BEGIN");
        Db.Execute(connection, "UPDATE accounts SET balance = 0");
        Db.Execute(connection, "ROLLBACK");
        Process.Start("audit");
    }

    public static void CheckpointBeforeCommit()
    {
        using var connection = Db.Open();
        Db.Execute(connection, "BEGIN IMMEDIATE");
        Db.Execute(connection, "UPDATE accounts SET balance = 0");
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0) // expect: SQLITE2001
        {
            Console.Error.WriteLine("busy");
        }

        Db.Execute(connection, "COMMIT");
    }

    public static void WholeTransactionInOneText()
    {
        using var connection = Db.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            BEGIN;
            UPDATE accounts SET balance = balance - 1 WHERE id = 1;
            UPDATE accounts SET balance = balance + 1 WHERE id = 2;
            COMMIT;
            """;
        command.ExecuteNonQuery();
        Process.Start("audit"); // expect: SQLITE1001
    }

    public static void BeginAndWriteInOneText()
    {
        using var connection = Db.Open();
        Db.Execute(connection, "BEGIN; DELETE FROM accounts;");
        Process.Start("audit"); // expect: SQLITE1002
        Db.Execute(connection, "COMMIT");
    }

    public static void OutermostSavepointIsATransaction()
    {
        using var connection = Db.Open();
        Db.Execute(connection, "SAVEPOINT import");
        Db.Execute(connection, "DELETE FROM accounts");
        Process.Start("audit"); // expect: SQLITE1002
        Db.Execute(connection, "RELEASE import");
    }

    public static void ReleasedSavepointIsCommitted()
    {
        using var connection = Db.Open();
        Db.Execute(connection, "SAVEPOINT import");
        Db.Execute(connection, "DELETE FROM accounts");
        Db.Execute(connection, "RELEASE SAVEPOINT import");
        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void ReleaseInsideABeginCommitsNothing()
    {
        using var connection = Db.Open();
        Db.Execute(connection, "BEGIN");
        Db.Execute(connection, "SAVEPOINT import");
        Db.Execute(connection, "DELETE FROM accounts");
        Db.Execute(connection, "RELEASE import");
        Process.Start("audit"); // expect: SQLITE1002
        Db.Execute(connection, "COMMIT");
    }

    public static void CommitOnBothWaysOut(bool fine)
    {
        using var connection = Db.Open();
        Db.Execute(connection, "BEGIN");
        Db.Execute(connection, "DELETE FROM accounts");
        if (fine)
        {
            Db.Execute(connection, "COMMIT");
        }
        else
        {
            Db.Execute(connection, "ROLLBACK");
        }

        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void CommitOnOneWayOnly(bool fine)
    {
        using var connection = Db.Open();
        Db.Execute(connection, "BEGIN");
        Db.Execute(connection, "DELETE FROM accounts");
        if (fine)
        {
            Db.Execute(connection, "COMMIT");
        }

        Db.Checkpoint(connection); // expect: SQLITE2001
    }
}

internal static class TransactionObjects
{
    public static void StartInsideTheUsing()
    {
        using var connection = Db.Open();
        using (var transaction = connection.BeginTransaction())
        {
            using var command = new SqliteCommand("DELETE FROM accounts", connection, transaction);
            command.ExecuteNonQuery();
            Process.Start("audit"); // expect: SQLITE1002
            transaction.Commit();
        }
    }

    public static void StartAfterCommitInsideTheUsing()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        using var command = new SqliteCommand("DELETE FROM accounts", connection, transaction);
        command.ExecuteNonQuery();
        transaction.Commit();
        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void DisposedWithoutCommitRollsBack(bool fine)
    {
        using var connection = Db.Open();
        using (var transaction = connection.BeginTransaction(IsolationLevel.Serializable))
        {
            using var command = new SqliteCommand("DELETE FROM accounts", connection, transaction);
            command.ExecuteNonQuery();
        }

        Process.Start("audit", fine.ToString());
    }

    public static void CommittedOnOnePath(bool fine)
    {
        using var connection = Db.Open();
        using (var transaction = connection.BeginTransaction())
        {
            using var command = new SqliteCommand("DELETE FROM accounts", connection, transaction);
            command.ExecuteNonQuery();
            if (fine)
            {
                transaction.Commit();
            }
        }

        Process.Start("audit"); // expect: SQLITE1001
    }

    public static void CheckpointInsideTheUsing()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM accounts";
        command.ExecuteNonQuery();
        Db.Checkpoint(connection); // expect: SQLITE2001
        transaction.Commit();
    }

    public static void CheckpointAfterTheUsing()
    {
        using var connection = Db.Open();
        using (var transaction = connection.BeginTransaction())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM accounts";
            command.ExecuteNonQuery();
            transaction.Commit();
        }

        Db.Checkpoint(connection);
    }

    public static void CheckpointOnAnotherConnectionIsNotThisRule()
    {
        using var connection = Db.Open();
        using var other = Db.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM accounts";
        command.ExecuteNonQuery();
        using var checkpoint = other.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var reader = checkpoint.ExecuteReader();
        reader.Read();
        Console.WriteLine($"{reader.GetInt32(0)} {reader.GetInt32(1)} {reader.GetInt32(2)}");
        transaction.Commit();
    }

    public static void TransactionThatOnlyReads()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        using var command = new SqliteCommand("SELECT sum(balance) FROM accounts", connection, transaction);
        string sum = command.ExecuteScalar()!.ToString()!;
        Process.Start("audit", sum);
        transaction.Commit();
    }

    public static void CheckpointInATransactionThatOnlyReads()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        using var command = new SqliteCommand("SELECT sum(balance) FROM accounts", connection, transaction);
        Console.WriteLine(command.ExecuteScalar());
        Db.Checkpoint(connection); // expect: SQLITE2001
        transaction.Commit();
    }

    public static void TwoTransactionsOneAfterTheOther()
    {
        using var connection = Db.Open();
        using (var first = connection.BeginTransaction())
        {
            Db.Execute(connection, "DELETE FROM accounts");
            first.Commit();
        }

        using (var second = connection.BeginTransaction())
        {
            Db.Execute(connection, "DELETE FROM entries");
            second.Rollback();
        }

        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void NewTransactionEachRound(IEnumerable<string> statements)
    {
        using var connection = Db.Open();
        SqliteTransaction transaction = connection.BeginTransaction();
        var count = 0;
        foreach (string statement in statements)
        {
            Db.Execute(connection, "INSERT INTO entries (text) VALUES ('" + statement + "')");
            if (++count % 5000 == 0)
            {
                transaction.Commit();
                transaction.Dispose();
                transaction = connection.BeginTransaction();
            }
        }

        transaction.Commit();
        transaction.Dispose();
        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void LastTransactionOfTheLoopIsOpen(IEnumerable<string> statements)
    {
        using var connection = Db.Open();
        SqliteTransaction transaction = connection.BeginTransaction();
        foreach (string statement in statements)
        {
            Db.Execute(connection, "INSERT INTO entries (text) VALUES ('" + statement + "')");
            transaction.Commit();
            transaction = connection.BeginTransaction();
        }

        Db.Checkpoint(connection); // expect: SQLITE2001
        transaction.Commit();
    }
}

internal static class Correlations
{
    public static void TransactionOnlyIfAsked(bool batch)
    {
        using var connection = Db.Open();
        SqliteTransaction? transaction = null;
        if (batch)
        {
            transaction = connection.BeginTransaction();
        }

        Db.Execute(connection, "DELETE FROM accounts");
        if (transaction != null)
        {
            transaction.Commit();
        }

        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void ConditionalAccess(bool batch)
    {
        using var connection = Db.Open();
        var transaction = batch ? connection.BeginTransaction() : null;
        Db.Execute(connection, "DELETE FROM accounts");
        transaction?.Commit();
        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void SameFlagForBeginAndCommit(bool batch)
    {
        using var connection = Db.Open();
        if (batch)
        {
            Db.Execute(connection, "BEGIN");
        }

        Db.Execute(connection, "DELETE FROM accounts");
        if (batch)
        {
            Db.Execute(connection, "COMMIT");
        }

        Db.Checkpoint(connection);
        Process.Start("audit");
    }

    public static void TransactionIfTheCallerHasNone(SqliteConnection connection, SqliteTransaction? outer)
    {
        SqliteTransaction? own = outer is null ? connection.BeginTransaction() : null;
        using (var command = connection.CreateCommand())
        {
            command.Transaction = own ?? outer;
            command.CommandText = "DELETE FROM accounts";
            command.ExecuteNonQuery();
        }

        own?.Commit();
        own?.Dispose();
    }

    public static void SuccessFlag()
    {
        using var connection = Db.Open();
        var committed = false;
        using (var transaction = connection.BeginTransaction())
        {
            try
            {
                Db.Execute(connection, "DELETE FROM accounts");
                transaction.Commit();
                committed = true;
            }
            catch (SqliteException)
            {
                transaction.Rollback();
            }
        }

        if (committed)
        {
            Db.Checkpoint(connection);
        }

        if (committed)
        {
            Process.Start("audit");
        }
    }
}
