// Paths through one method that need care. One database in WAL mode.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace Paths;

internal static class Db
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=trips.db");
        connection.Open();
        using var command = new SqliteCommand { Connection = connection, CommandText = "PRAGMA busy_timeout=5000;" };
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA journal_mode=WAL;";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA synchronous=NORMAL;";
        command.ExecuteNonQuery();
        return connection;
    }

    public static int Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static bool IsBusy(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return Convert.ToInt32(command.ExecuteScalar()) != 0;
    }
}

internal static class Switches
{
    public static void GotoCase(int kind)
    {
        using var connection = Db.Open();
        switch (kind)
        {
            case 0:
                Db.Run(connection, "DELETE FROM trips");
                goto case 1;
            case 1:
                Process.Start("map"); // expect: SQLITE1001
                break;
        }
    }

    public static void EachCaseForItself(int kind)
    {
        using var connection = Db.Open();
        switch (kind)
        {
            case 0:
                Db.Run(connection, "DELETE FROM trips");
                break;
            case 1:
                Process.Start("map");
                break;
        }
    }

    public static void SwitchOnTheSameValueTwice(bool dirty)
    {
        using var connection = Db.Open();
        switch (dirty)
        {
            case true:
                Db.Run(connection, "DELETE FROM trips");
                break;
        }

        if (!dirty)
        {
            Process.Start("map");
        }
    }
}

internal static class TryBlocks
{
    public static void NestedFinally()
    {
        using var connection = Db.Open();
        try
        {
            try
            {
                Db.Run(connection, "DELETE FROM trips");
            }
            finally
            {
                Console.WriteLine("deleted");
            }
        }
        finally
        {
            if (Db.IsBusy(connection))
            {
                throw new TimeoutException();
            }
        }

        Process.Start("map");
    }

    public static void FilteredCatch()
    {
        using var connection = Db.Open();
        Db.Run(connection, "BEGIN");
        try
        {
            Db.Run(connection, "DELETE FROM trips");
            Db.Run(connection, "COMMIT");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == 5)
        {
            Db.Run(connection, "ROLLBACK");
            return;
        }

        if (Db.IsBusy(connection))
        {
            return;
        }

        Process.Start("map");
    }

    public static void CatchReturnsOthersGoOn(string file)
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            Db.Run(connection, "DELETE FROM trips");
            File.Delete(file);
            transaction.Commit();
        }
        catch (IOException)
        {
            transaction.Rollback();
            return;
        }

        Process.Start("map"); // expect: SQLITE1001
    }

    public static void StartInTheCatchOfAnOpenTransaction(string file)
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            Db.Run(connection, "DELETE FROM trips");
            File.Delete(file);
        }
        catch (IOException)
        {
            Process.Start("report-crash"); // expect: SQLITE1002
        }

        transaction.Commit();
    }

    public static void UsingRollsBackBeforeTheCatch(string file)
    {
        using var connection = Db.Open();
        try
        {
            using var transaction = connection.BeginTransaction();
            Db.Run(connection, "DELETE FROM trips");
            File.Delete(file);
        }
        catch (IOException)
        {
            Process.Start("report-crash");
        }
    }

    public static void RetryLoop()
    {
        using var connection = Db.Open();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Db.Run(connection, "DELETE FROM trips");
                break;
            }
            catch (SqliteException) when (attempt < 3)
            {
                Thread.Sleep(100);
            }
        }

        Process.Start("map"); // expect: SQLITE1001
    }

    public static void ThrowOnlyMethod()
    {
        using var connection = Db.Open();
        Db.Run(connection, "DELETE FROM trips");
        Fail();
        Process.Start("map");
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void Fail() => throw new InvalidOperationException();
}

internal static class Conditions
{
    public static void CountOfRows()
    {
        using var connection = Db.Open();
        int rows = Db.Run(connection, "DELETE FROM trips");
        if (rows > 0 && Db.IsBusy(connection))
        {
            throw new TimeoutException();
        }

        Process.Start("map"); // expect: SQLITE1001
    }

    public static void ShortCircuitWrite(bool clear)
    {
        using var connection = Db.Open();
        if (clear && Db.Run(connection, "DELETE FROM trips") > 0)
        {
            Console.WriteLine("cleared");
        }

        Process.Start("map"); // expect: SQLITE1001
    }

    public static void NullConnection(string? path)
    {
        SqliteConnection? connection = path is null ? null : Db.Open();
        if (connection is not null)
        {
            Db.Run(connection, "DELETE FROM trips");
        }

        if (connection == null)
        {
            Process.Start("map");
        }
    }

    public static void DirtyFlagThatIsSet(IEnumerable<string> names)
    {
        using var connection = Db.Open();
        var dirty = false;
        foreach (var name in names)
        {
            Db.Run(connection, "DELETE FROM trips WHERE name = '" + name + "'");
            dirty = true;
        }

        if (dirty && Db.IsBusy(connection))
        {
            throw new TimeoutException();
        }

        if (!dirty)
        {
            Process.Start("map");
        }
    }

    public static void FlagOfAnArgument(bool import)
    {
        using var connection = Db.Open();
        Import(connection, import);
        Process.Start("map"); // expect: SQLITE1001
    }

    public static void ConstantFalse()
    {
        using var connection = Db.Open();
        const bool import = false;
        if (import)
        {
            Db.Run(connection, "DELETE FROM trips");
        }

        Process.Start("map");
    }

    private static void Import(SqliteConnection connection, bool import)
    {
        if (import)
        {
            Db.Run(connection, "DELETE FROM trips");
        }
    }
}

internal static class Connections
{
    public static void TwoConnectionsOneTransaction()
    {
        using var first = Db.Open();
        using var second = Db.Open();
        using var transaction = first.BeginTransaction();
        Db.Run(first, "DELETE FROM trips");
        transaction.Commit();
        if (Db.IsBusy(second))
        {
            return;
        }

        Process.Start("map");
    }

    public static void ConnectionPerRound(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            using var connection = Db.Open();
            using var transaction = connection.BeginTransaction();
            Db.Run(connection, "DELETE FROM trips WHERE name = '" + name + "'");
            transaction.Commit();
        }

        using var last = Db.Open();
        if (Db.IsBusy(last))
        {
            return;
        }

        Process.Start("map");
    }

    public static void TransactionOfTheRoundBefore(IEnumerable<string> names)
    {
        using var connection = Db.Open();
        foreach (var name in names)
        {
            using (var transaction = connection.BeginTransaction())
            {
                Db.Run(connection, "DELETE FROM trips WHERE name = '" + name + "'");
                transaction.Commit();
            }

            if (Db.IsBusy(connection))
            {
                continue;
            }

            Console.WriteLine(name);
        }
    }

    public static void Reassigned()
    {
        var connection = Db.Open();
        connection.BeginTransaction();
        Db.Run(connection, "DELETE FROM trips");
        connection.Dispose();
        connection = Db.Open();
        Console.WriteLine(Db.IsBusy(connection));
        connection.Dispose();
    }

    public static void ClosedRollsBack()
    {
        var connection = Db.Open();
        var transaction = connection.BeginTransaction();
        Db.Run(connection, "DELETE FROM trips");
        connection.Close();
        Process.Start("map");
        GC.KeepAlive(transaction);
    }
}

internal static class Readers
{
    public static void ReaderInAnIterator()
    {
        using var connection = Db.Open();
        foreach (var name in Names(connection))
        {
            Console.WriteLine(name);
        }

        Console.WriteLine(Db.IsBusy(connection));
    }

    public static void TwoResultSets()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("SELECT 1; SELECT 2", connection);
        using (var reader = command.ExecuteReader())
        {
            do
            {
                while (reader.Read())
                {
                    Console.WriteLine(reader.GetInt32(0));
                }
            }
            while (reader.NextResult());
        }

        Console.WriteLine(Db.IsBusy(connection));
    }

    public static async Task AsyncReader()
    {
        await using var connection = Db.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM trips";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            Console.WriteLine(Db.IsBusy(connection)); // expect: SQLITE2001
        }
    }

    public static void ReaderOfTheCheckpointItself()
    {
        using var connection = Db.Open();
        using var command = new SqliteCommand("PRAGMA wal_checkpoint(TRUNCATE)", connection);
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            Console.WriteLine(reader.GetInt32(0));
        }

        Console.WriteLine(Db.IsBusy(connection));
    }

    private static IEnumerable<string> Names(SqliteConnection connection)
    {
        using var command = new SqliteCommand("SELECT name FROM trips", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetString(0);
        }
    }
}
