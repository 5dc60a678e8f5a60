// Writes, transactions and checkpoints through Dapper. One database in WAL mode.
using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Dapper;
using Microsoft.Data.Sqlite;

namespace DapperCalls;

internal sealed record Person(long Id, string Name);

internal sealed record CheckpointRow(long Busy, long Log, long Checkpointed);

internal static class Db
{
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=people.db");
        connection.Open();
        connection.Execute("PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        return connection;
    }

    public static IDbConnection OpenAbstract() => Open();

    public static void Checkpoint(IDbConnection connection)
    {
        var (busy, _, _) = connection.QuerySingle<(long Busy, long Log, long Checkpointed)>("PRAGMA wal_checkpoint(TRUNCATE)");
        if (busy != 0)
        {
            throw new TimeoutException();
        }
    }
}

internal static class Writes
{
    public static void Execute()
    {
        using var connection = Db.Open();
        connection.Execute("INSERT INTO people (name) VALUES (@name)", new { name = "Ann" });
        Process.Start("mailer"); // expect: SQLITE1001
    }

    public static void ExecuteWithAList(IEnumerable<Person> people)
    {
        using var connection = Db.Open();
        connection.Execute("INSERT INTO people (id, name) VALUES (@Id, @Name)", people);
        Process.Start("mailer"); // expect: SQLITE1001
    }

    public static async Task ExecuteAsync()
    {
        await using var connection = Db.Open();
        await connection.ExecuteAsync("UPDATE people SET mailed = 1");
        Process.Start("mailer"); // expect: SQLITE1001
    }

    public static void QueryWithReturning()
    {
        using var connection = Db.Open();
        long id = connection.QuerySingle<long>("INSERT INTO people (name) VALUES ('Ann') RETURNING id");
        Process.Start("mailer", id.ToString()); // expect: SQLITE1001
    }

    public static async Task ScalarThatInserts()
    {
        await using var connection = Db.Open();
        var id = await connection.ExecuteScalarAsync<long>("INSERT INTO people (name) VALUES ('Ann'); SELECT last_insert_rowid();");
        Process.Start("mailer", id.ToString()); // expect: SQLITE1001
    }

    public static void ThroughIDbConnection()
    {
        using IDbConnection connection = Db.OpenAbstract();
        connection.Execute("DELETE FROM people");
        Process.Start("mailer"); // expect: SQLITE1001
    }

    public static void CommandDefinitionObject()
    {
        using var connection = Db.Open();
        connection.Execute(new CommandDefinition("DELETE FROM people"));
        Process.Start("mailer"); // expect: SQLITE1001
    }

    public static void Checkpointed()
    {
        using var connection = Db.Open();
        connection.Execute("DELETE FROM people");
        Db.Checkpoint(connection);
        Process.Start("mailer");
    }

    public static void QueryOnlyReads()
    {
        using var connection = Db.Open();
        var people = connection.Query<Person>("SELECT id, name FROM people").AsList();
        Process.Start("mailer", people.Count.ToString());
    }

    public static async Task FirstOrDefaultOnlyReads(long id)
    {
        await using var connection = Db.Open();
        var person = await connection.QueryFirstOrDefaultAsync<Person>("SELECT id, name FROM people WHERE id = @id", new { id });
        if (person is not null)
        {
            Process.Start("mailer", person.Name);
        }
    }
}

internal static class Transactions
{
    public static void StartBeforeCommit()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute("UPDATE people SET mailed = 1", transaction: transaction);
        Process.Start("mailer"); // expect: SQLITE1002
        transaction.Commit();
    }

    public static void CommittedAndCheckpointed()
    {
        using var connection = Db.Open();
        using (var transaction = connection.BeginTransaction())
        {
            connection.Execute("UPDATE people SET mailed = 1", transaction: transaction);
            connection.Execute("DELETE FROM people WHERE name = @name", new { name = "Ann" }, transaction);
            transaction.Commit();
        }

        Db.Checkpoint(connection);
        Process.Start("mailer");
    }

    public static void CommittedOnly()
    {
        using var connection = Db.Open();
        using (var transaction = connection.BeginTransaction())
        {
            connection.Execute("UPDATE people SET mailed = 1", transaction: transaction);
            transaction.Commit();
        }

        Process.Start("mailer"); // expect: SQLITE1001
    }

    public static void RawStatements()
    {
        using var connection = Db.Open();
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("UPDATE people SET mailed = 1");
        Process.Start("mailer"); // expect: SQLITE1002
        connection.Execute("COMMIT");
    }

    public static void CheckpointBeforeCommit()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute("UPDATE people SET mailed = 1", transaction: transaction);
        long busy = connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)", transaction: transaction); // expect: SQLITE2001
        transaction.Commit();
        Console.WriteLine(busy);
    }

    public static void RolledBackInCatch()
    {
        using var connection = Db.Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            connection.Execute("UPDATE people SET mailed = 1", transaction: transaction);
            transaction.Commit();
        }
        catch (DbException)
        {
            transaction.Rollback();
            throw;
        }

        Db.Checkpoint(connection);
        Process.Start("mailer");
    }
}

internal static class Checkpoints
{
    public static void Execute()
    {
        using var connection = Db.Open();
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)"); // expect: SQLITE2002
    }

    public static async Task ExecuteAsync()
    {
        await using var connection = Db.Open();
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(RESTART);"); // expect: SQLITE2002
    }

    public static void ScalarDropped()
    {
        using var connection = Db.Open();
        connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(FULL)"); // expect: SQLITE2002
    }

    public static void ScalarCompared()
    {
        using var connection = Db.Open();
        if (connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(FULL)") == 1)
        {
            Console.WriteLine("busy");
        }
    }

    public static bool MappedRow()
    {
        using var connection = Db.Open();
        CheckpointRow row = connection.QuerySingle<CheckpointRow>("PRAGMA wal_checkpoint(FULL)");
        return row.Busy == 0;
    }

    public static void DynamicRow()
    {
        using var connection = Db.Open();
        dynamic row = connection.QuerySingle("PRAGMA wal_checkpoint(FULL)");
        Console.WriteLine(row.busy);
    }

    public static void UnknownMode()
    {
        using var connection = Db.Open();
        if (connection.ExecuteScalar<int>("PRAGMA wal_checkpoint(TRUNCATED)") == 1) // expect: SQLITE2003
        {
            Console.WriteLine("busy");
        }
    }

    public static void BufferedQueryLeavesNoReader()
    {
        using var connection = Db.Open();
        foreach (Person person in connection.Query<Person>("SELECT id, name FROM people"))
        {
            Console.WriteLine(person.Name);
        }

        Db.Checkpoint(connection);
    }

    public static int UnderstoodAsARead() => Db.Open().Query<int>("SELECT 1").Single();
}
