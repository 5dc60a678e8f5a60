// Every case has a database file of its own and sets it up in place, in the shapes people write.
using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Shapes;

internal static class WorkerStarts
{
    public static void NothingDisposed()
    {
        var conn = new SqliteConnection("Data Source=shape1.db");
        conn.Open();
        var pragma = conn.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=5000;";
        pragma.ExecuteNonQuery();
        var cmd = conn.CreateCommand();
        cmd.CommandText = "insert into t(a) values(1)";
        cmd.ExecuteNonQuery();
        Process.Start("worker"); // expect: SQLITE1001
    }

    public static void TryFinallyClose()
    {
        var conn = new SqliteConnection("Data Source=shape2.db");
        try
        {
            conn.Open();
            SetUp(conn);
            new SqliteCommand("insert into t(a) values(1)", conn).ExecuteNonQuery();
        }
        finally
        {
            conn.Close();
        }

        new Process { StartInfo = new ProcessStartInfo("worker", "1") }.Start(); // expect: SQLITE1001
    }

    public static void CheckpointThroughAScalarInAnIf()
    {
        using (var conn = new SqliteConnection("Data Source=shape3.db"))
        {
            conn.Open();
            SetUp(conn);
            using (var cmd = new SqliteCommand("insert into t(a) values(1)", conn))
            {
                cmd.ExecuteNonQuery();
            }

            using (var cmd = new SqliteCommand("PRAGMA wal_checkpoint(FULL)", conn))
            {
                var result = cmd.ExecuteScalar();
                if (result is long and > 0)
                {
                    Console.WriteLine("blocked");
                    return;
                }
            }
        }

        Process.Start(new ProcessStartInfo("worker") { CreateNoWindow = true });
    }

    public static void TransactionInTheConstructorOfTheCommand()
    {
        using var conn = new SqliteConnection("Data Source=shape4.db");
        conn.Open();
        SetUp(conn);
        using var tx = conn.BeginTransaction();
        using var insert = new SqliteCommand("insert into t(a) values(@a)", conn, tx);
        insert.Parameters.Add(new SqliteParameter("@a", 1));
        insert.ExecuteNonQuery();
        var info = new ProcessStartInfo("worker") { WorkingDirectory = Environment.CurrentDirectory };
        using (var process = Process.Start(info)) // expect: SQLITE1002
        {
            process!.WaitForExit();
        }

        tx.Commit();
    }

    public static void TransactionThatIsHandedBack()
    {
        using var conn = new SqliteConnection("Data Source=shape5.db");
        conn.Open();
        SetUp(conn);
        var tx = Begin(conn);
        conn.Execute("insert into t(a) values(1)", transaction: tx);
        Finish(tx, commit: true);
        Checkpoint(conn);
        Process.Start("worker");
    }

    public static void TransactionRolledBackByAHelper()
    {
        using var conn = new SqliteConnection("Data Source=shape6.db");
        conn.Open();
        SetUp(conn);
        var tx = Begin(conn);
        conn.Execute("insert into t(a) values(1)", transaction: tx);
        Finish(tx, commit: false);
        Process.Start("worker");
    }

    public static void ConcurrentTransactions()
    {
        using var conn = new SqliteConnection("Data Source=shape7.db");
        conn.Open();
        SetUp(conn);
        using (var tx = conn.BeginTransaction(IsolationLevel.Serializable, deferred: true))
        {
            conn.Execute("insert into t(a) values(1)", transaction: tx);
            Process.Start("worker"); // expect: SQLITE1002
            tx.Commit();
        }
    }

    public static async Task AwaitedEverything(CancellationToken ct)
    {
        await using var conn = new SqliteConnection("Data Source=shape8.db");
        await conn.OpenAsync(ct).ConfigureAwait(false);
        SetUp(conn);
        var tx = await conn.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using (tx.ConfigureAwait(false))
        {
            await conn.ExecuteAsync(new CommandDefinition("insert into t(a) values(1)", transaction: tx, cancellationToken: ct)).ConfigureAwait(false);
            await tx.CommitAsync(ct).ConfigureAwait(false);
        }

        using var process = Process.Start("worker"); // expect: SQLITE1001
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
    }

    public static async Task TasksInAList(IEnumerable<int> values)
    {
        await using var conn = new SqliteConnection("Data Source=shape9.db");
        await conn.OpenAsync();
        SetUp(conn);
        var tasks = values.Select(value => conn.ExecuteAsync("insert into t(a) values(@value)", new { value })).ToList();
        await Task.WhenAll(tasks);
        Checkpoint(conn);
        Process.Start("worker");
    }

    public static void ThreadThatIsJoined()
    {
        using var conn = new SqliteConnection("Data Source=shape10.db");
        conn.Open();
        SetUp(conn);
        var thread = new Thread(() => conn.Execute("insert into t(a) values(1)"));
        thread.Start();
        thread.Join();
        Checkpoint(conn);
        Process.Start("worker");
    }

    public static void OneTextFromBeginToCheckpoint()
    {
        using var conn = new SqliteConnection("Data Source=shape11.db");
        conn.Open();
        SetUp(conn);
        using var cmd = conn.CreateCommand();
        cmd.CommandText = "BEGIN; INSERT INTO t(a) VALUES(1); COMMIT; PRAGMA wal_checkpoint(TRUNCATE);";
        using (var reader = cmd.ExecuteReader())
        {
            while (reader.Read())
            {
                Console.WriteLine(reader.GetInt32(0));
            }
        }

        Process.Start("worker");
    }

    public static void StartedTwiceCheckpointedOnce(bool again)
    {
        using var conn = new SqliteConnection("Data Source=shape12.db");
        conn.Open();
        SetUp(conn);
        conn.Execute("delete from t");
        Checkpoint(conn);
        Process.Start("worker", "first");
        if (again)
        {
            conn.Execute("insert into t(a) values(1)");
            Process.Start("worker", "second"); // expect: SQLITE1001
        }
    }

    private static void SetUp(SqliteConnection conn)
    {
        var cmd = conn.CreateCommand();
        cmd.CommandText = @"
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;";
        cmd.ExecuteNonQuery();
    }

    private static SqliteTransaction Begin(SqliteConnection conn)
    {
        return conn.BeginTransaction();
    }

    private static void Finish(SqliteTransaction tx, bool commit)
    {
        if (commit)
        {
            tx.Commit();
        }
        else
        {
            tx.Rollback();
        }

        tx.Dispose();
    }

    private static void Checkpoint(SqliteConnection conn)
    {
        var busy = conn.QuerySingle<int>("PRAGMA wal_checkpoint(TRUNCATE)");
        if (busy != 0)
        {
            throw new IOException("busy");
        }
    }
}

internal static class CheckpointCases
{
    private static SqliteConnection Connect()
    {
        var conn = new SqliteConnection(@"Data Source=checkpoints.db;Default Timeout=10");
        conn.Open();
        conn.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000;");
        return conn;
    }

    public static void CheckpointInTheFinallyOfAnOpenTransaction()
    {
        using var conn = Connect();
        using var tx = conn.BeginTransaction();
        try
        {
            conn.Execute("delete from t", transaction: tx);
        }
        finally
        {
            Console.WriteLine(conn.ExecuteScalar("PRAGMA wal_checkpoint(FULL)")); // expect: SQLITE2001
        }

        tx.Commit();
    }

    public static void EverySoManyRows(IEnumerable<int> values)
    {
        using var conn = Connect();
        var tx = conn.BeginTransaction();
        var n = 0;
        foreach (var value in values)
        {
            conn.Execute("insert into t(a) values(@value)", new { value }, tx);
            if (++n % 1000 == 0)
            {
                tx.Commit();
                Console.WriteLine(conn.ExecuteScalar("PRAGMA wal_checkpoint(PASSIVE)"));
                tx = conn.BeginTransaction();
            }
        }

        tx.Commit();
    }

    public static void EverySoManyRowsInside(IEnumerable<int> values)
    {
        using var conn = Connect();
        using var tx = conn.BeginTransaction();
        var n = 0;
        foreach (var value in values)
        {
            conn.Execute("insert into t(a) values(@value)", new { value }, tx);
            if (++n % 1000 == 0)
            {
                Console.WriteLine(conn.ExecuteScalar("PRAGMA wal_checkpoint(PASSIVE)")); // expect: SQLITE2001
            }
        }

        tx.Commit();
    }

    public static void RawBeginInAHelper()
    {
        using var conn = Connect();
        Begin(conn);
        conn.Execute("delete from t");
        var busy = conn.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)"); // expect: SQLITE2001
        Console.WriteLine(busy);
        End(conn);
    }

    public static void RawCommitInAHelper()
    {
        using var conn = Connect();
        Begin(conn);
        conn.Execute("delete from t");
        End(conn);
        var busy = conn.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)");
        Console.WriteLine(busy);
    }

    public static void IgnoredInALambda()
    {
        using var conn = Connect();
        Action flush = () => conn.Execute("PRAGMA wal_checkpoint(TRUNCATE)"); // expect: SQLITE2002
        flush();
    }

    public static void IgnoredInATimer()
    {
        var conn = Connect();
        var timer = new Timer(_ => conn.Execute("PRAGMA wal_checkpoint(RESTART)")); // expect: SQLITE2002
        timer.Change(1000, 1000);
    }

    public static async Task IgnoredInALocalFunction()
    {
        await using var conn = Connect();
        await FlushAsync();

        async Task FlushAsync()
        {
            await using var cmd = conn.CreateCommand();
            cmd.CommandText = "PRAGMA wal_checkpoint(FULL)";
            await cmd.ExecuteNonQueryAsync(); // expect: SQLITE2002
        }
    }

    public static async Task AwaitedScalar()
    {
        await using var conn = Connect();
        await using var cmd = conn.CreateCommand();
        cmd.CommandText = "PRAGMA wal_checkpoint(FULL)";
        if (await cmd.ExecuteScalarAsync() is long busy && busy != 0)
        {
            Console.WriteLine("busy");
        }
    }

    public static int ExpressionBodied(DbConnection conn) => conn.ExecuteScalar<int>("PRAGMA wal_checkpoint(FULL)");

    public static void Logged()
    {
        using var conn = Connect();
        using var cmd = conn.CreateCommand();
        cmd.CommandText = "PRAGMA wal_checkpoint(FULL)";
        using var reader = cmd.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            Console.WriteLine(string.Join(", ", row));
        }
    }

    private static void Begin(SqliteConnection conn) => conn.Execute("BEGIN IMMEDIATE TRANSACTION");

    private static void End(SqliteConnection conn) => conn.Execute("COMMIT TRANSACTION");
}

internal static class Openings
{
    private const string Folder = "data";
    private const string RawSource = "Data Source=" + Folder + "/raw.db";
    private static readonly string s_configured = $"Data Source={Folder}/configured.db";

    public static void ConstantOfTwoParts()
    {
        using var conn = new SqliteConnection(RawSource);
        conn.Open(); // expect: SQLITE3001
        conn.Execute("delete from t");
    }

    public static void StaticFieldConfiguredElsewhere()
    {
        using var conn = new SqliteConnection(s_configured);
        conn.Open();
        conn.Execute("delete from t");
    }

    public static void TheElsewhere()
    {
        using var conn = new SqliteConnection(s_configured);
        conn.Open();
        foreach (var (name, value) in new[] { ("journal_mode", "WAL"), ("synchronous", "NORMAL"), ("busy_timeout", "5000") })
        {
            conn.Execute($"PRAGMA {name} = {value}");
        }
    }

    public static void OpenedInABranch(bool write)
    {
        using var conn = new SqliteConnection("Data Source=branch.db");
        if (write)
        {
            conn.Open(); // expect: SQLITE3001
            conn.Execute("delete from t");
        }
    }

    public static void OpenedInALoop(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            using var conn = new SqliteConnection("Data Source=loop.db");
            conn.Open(); // expect: SQLITE3001
            conn.Execute("insert into t(name) values(@name)", new { name });
        }
    }

    public static void OpenedInALambda()
    {
        Func<SqliteConnection> open = () =>
        {
            var conn = new SqliteConnection("Data Source=lambda.db");
            conn.Open(); // expect: SQLITE3001
            return conn;
        };
        using var opened = open();
        opened.Execute("delete from t");
    }

    public static void ConfiguredInALambda()
    {
        Action<SqliteConnection> configure = conn => conn.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=100");
        using var connection = new SqliteConnection("Data Source=lambda-configured.db");
        connection.Open();
        configure(connection);
    }

    public static void ConfiguredOneByOne()
    {
        using var conn = new SqliteConnection("Data Source=one-by-one.db");
        conn.Open();
        Pragma(conn, "journal_mode", "WAL");
        Pragma(conn, "synchronous", "NORMAL");
        Pragma(conn, "busy_timeout", "5000");
    }

    public static void TwoOfThree()
    {
        using var conn = new SqliteConnection("Data Source=two-of-three.db");
        conn.Open(); // expect: SQLITE3001
        Pragma(conn, "synchronous", "NORMAL");
        Pragma(conn, "busy_timeout", "5000");
        conn.Execute("DELETE FROM notes");
    }

    public static void AbstractConnection()
    {
        using DbConnection conn = new SqliteConnection("Data Source=abstract.db");
        conn.Open(); // expect: SQLITE3001
        conn.Execute("DELETE FROM notes");
    }

    public static void InterfaceConnection()
    {
        IDbConnection conn = new SqliteConnection("Data Source=interface.db");
        conn.Open(); // expect: SQLITE3001
        conn.Execute("DELETE FROM notes");
        conn.Close();
    }

    public static void ReadOnlyByUri()
    {
        using var conn = new SqliteConnection("Data Source=file:uri.db?mode=ro");
        conn.Open();
    }

    public static void EmptySourceIsTemporary()
    {
        using var conn = new SqliteConnection("Data Source=");
        conn.Open();
        using var other = new SqliteConnection();
        other.Open();
    }

    public static void BackupOfAnUnconfiguredFile()
    {
        using var from = new SqliteConnection("Data Source=from.db");
        using var to = new SqliteConnection("Data Source=to.db");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
    }

    private static void Pragma(SqliteConnection conn, string name, string value)
    {
        using var cmd = conn.CreateCommand();
        cmd.CommandText = $"PRAGMA {name}={value}";
        cmd.ExecuteNonQuery();
    }
}
