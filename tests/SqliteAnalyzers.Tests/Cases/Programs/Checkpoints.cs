// When a checkpoint cannot run, when its answer is lost, and which modes count. One database in WAL mode.
using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Checkpoints;

internal static class Db
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=log.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=30000;PRAGMA journal_mode=WAL;PRAGMA synchronous=1";
        command.ExecuteNonQuery();
        return connection;
    }

    public static void Write(SqliteConnection connection)
    {
        using var command = new SqliteCommand("INSERT INTO lines (text) VALUES ('x')", connection);
        command.ExecuteNonQuery();
    }
}

internal static class Readers
{
    public static void HalfReadReader()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT text FROM lines", connection);
        using var reader = command.ExecuteReader();
        reader.Read();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        if (Convert.ToInt64(checkpoint.ExecuteScalar()) != 0) // expect: SQLITE2001
        {
            Console.WriteLine("busy");
        }
    }

    public static void InsideTheReadLoop()
    {
        using var connection = Db.Open();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        using var command = new SqliteCommand("SELECT text FROM lines", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            Console.WriteLine(reader.GetString(0));
            object? busy = checkpoint.ExecuteScalar(); // expect: SQLITE2001
            Console.WriteLine(busy);
        }
    }

    public static void ReadToTheEnd()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT text FROM lines", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            Console.WriteLine(reader.GetString(0));
        }

        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void ReaderDisposedBefore()
    {
        using var connection = Db.Open();
        using (var command = new SqliteCommand("SELECT text FROM lines", connection))
        using (var reader = command.ExecuteReader())
        {
            if (reader.Read())
            {
                Console.WriteLine(reader.GetString(0));
            }
        }

        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void ReaderClosedBefore()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT text FROM lines", connection);
        SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        reader.Close();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void ReaderOfAnotherConnection()
    {
        using var connection = Db.Open();
        using var other = Db.Open();
        using var command = new SqliteCommand("SELECT text FROM lines", other);
        using var reader = command.ExecuteReader();
        reader.Read();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void LeftTheReadLoopEarly(string wanted)
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT text FROM lines", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (reader.GetString(0) == wanted)
            {
                break;
            }
        }

        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", connection);
        Console.WriteLine(checkpoint.ExecuteScalar()); // expect: SQLITE2001
    }

    public static void ScalarLeavesNoReader()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM lines", connection);
        Console.WriteLine(command.ExecuteScalar());
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        Console.WriteLine(command.ExecuteScalar());
    }
}

internal static class Answers
{
    public static void ExecuteNonQuery()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        command.ExecuteNonQuery(); // expect: SQLITE2002
    }

    public static void ScalarDiscarded()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        command.ExecuteScalar(); // expect: SQLITE2002
    }

    public static void ScalarIntoADiscard()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        _ = command.ExecuteScalar(); // expect: SQLITE2002
    }

    public static void AssignedAndNeverRead()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(RESTART)", connection);
        object? busy = command.ExecuteScalar(); // expect: SQLITE2002
    }

    public static void ReaderNeverRead()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(RESTART)", connection);
        using var reader = command.ExecuteReader(); // expect: SQLITE2002
    }

    public static void CompareToZero()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        if ((long)command.ExecuteScalar()! != 0)
        {
            throw new TimeoutException();
        }
    }

    public static void PatternOnTheScalar()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        if (command.ExecuteScalar() is not 0L)
        {
            throw new TimeoutException();
        }
    }

    public static void AssignedAndCompared()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        var busy = Convert.ToInt32(command.ExecuteScalar());
        if (busy == 1)
        {
            Console.Error.WriteLine("The checkpoint was blocked.");
        }
    }

    public static void ReaderByOrdinal()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        using var reader = command.ExecuteReader();
        if (reader.Read() && reader.GetInt32(0) == 0)
        {
            Console.WriteLine("complete");
        }
    }

    public static void ReaderByName()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        using DbDataReader reader = command.ExecuteReader();
        reader.Read();
        Console.WriteLine(reader["busy"]);
    }

    public static bool Returned()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        return Convert.ToInt64(command.ExecuteScalar()) == 0;
    }

    public static SqliteDataReader ReaderHandedOut(SqliteConnection connection)
    {
        var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        return command.ExecuteReader();
    }

    public static void ReaderHandedOn(SqliteConnection connection)
    {
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        using var reader = command.ExecuteReader();
        Print(reader);
    }

    public static void InAnArgument(ICollection<object?> answers)
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        answers.Add(command.ExecuteScalar());
    }

    public static void AmongOtherStatements()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;", connection);
        command.ExecuteNonQuery(); // expect: SQLITE2002
    }

    public static void InsideATransactionAndIgnored()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        Db.Write(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery(); // expect: SQLITE2001
        transaction.Commit();
    }

    public static void ThroughAHelperThatDropsIt()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        Drop(connection);
    }

    private static void Drop(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        command.ExecuteNonQuery(); // expect: SQLITE2002
    }

    private static void Print(SqliteDataReader reader)
    {
        while (reader.Read())
        {
            Console.WriteLine(reader.GetInt64(0));
        }
    }
}

internal static class Modes
{
    private const string Typo = "TRUNCAT";

    public static void Passive()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(PASSIVE)", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
        Process.Start("tail"); // expect: SQLITE1001
    }

    public static void WithoutAMode()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
        Process.Start("tail"); // expect: SQLITE1001
    }

    public static void PassiveAndThenFull()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(PASSIVE)", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
        checkpoint.CommandText = "PRAGMA wal_checkpoint(FULL)";
        Console.WriteLine(checkpoint.ExecuteScalar());
        Process.Start("tail");
    }

    public static void LowerCaseAndSchema()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        using var checkpoint = new SqliteCommand("pragma main.wal_checkpoint ( truncate ) ;", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
        Process.Start("tail");
    }

    public static void EqualsSign()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint=RESTART", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
        Process.Start("tail");
    }

    public static void AnUnknownModeIsPassive()
    {
        using var connection = Db.Open();
        Db.Write(connection);
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(FUL)", connection); // expect: SQLITE2003
        Console.WriteLine(checkpoint.ExecuteScalar());
        Process.Start("tail"); // expect: SQLITE1001
    }

    public static void UnknownModeInCommandText()
    {
        using var connection = Db.Open();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = @"PRAGMA wal_checkpoint(COMPLETE)"; // expect: SQLITE2003
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void UnknownModeInARawString()
    {
        using var connection = Db.Open();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = """
            -- PRAGMA wal_checkpoint(NOT_THIS_ONE);
            PRAGMA wal_checkpoint(TRUNC); -- // expect: SQLITE2003
            """;
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void UnknownModeConcatenated()
    {
        using var connection = Db.Open();
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(" + "FLUSH" + ")", connection); // expect: SQLITE2003
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void EveryKnownMode()
    {
        using var connection = Db.Open();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(NOOP)";
        Console.WriteLine(checkpoint.ExecuteScalar());
        checkpoint.CommandText = "PRAGMA wal_checkpoint(Full)";
        Console.WriteLine(checkpoint.ExecuteScalar());
        checkpoint.CommandText = "PRAGMA wal_checkpoint(Restart)";
        Console.WriteLine(checkpoint.ExecuteScalar());
        checkpoint.CommandText = "PRAGMA\n  wal_checkpoint(\n  TRUNCATE\n)";
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void ModeFromAVariable(string mode)
    {
        using var connection = Db.Open();
        using var checkpoint = new SqliteCommand($"PRAGMA wal_checkpoint({mode})", connection);
        Console.WriteLine(checkpoint.ExecuteScalar());
    }

    public static void NotSqlAtAll()
    {
        Console.WriteLine("Usage: PRAGMA wal_checkpoint(MODE)");
        Console.WriteLine(Typo);
    }

    public static void InsideAStringOfTheStatement()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("INSERT INTO lines (text) VALUES ('PRAGMA wal_checkpoint(FUL)')", connection);
        command.ExecuteNonQuery();
    }
}

internal sealed class Maintenance
{
    private readonly SqliteConnection _connection = Db.Open();
    private SqliteTransaction? _transaction;

    public void Begin() => _transaction = _connection.BeginTransaction();

    public void Commit()
    {
        _transaction?.Commit();
        _transaction = null;
    }

    public bool Checkpoint()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        return Convert.ToInt64(command.ExecuteScalar()) == 0;
    }

    public void WrongOrder()
    {
        Begin();
        Db.Write(_connection);
        Console.WriteLine(Checkpoint()); // expect: SQLITE2001
        Commit();
    }

    public void RightOrder()
    {
        Begin();
        Db.Write(_connection);
        Commit();
        Console.WriteLine(Checkpoint());
    }
}
