using System.Diagnostics;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>What waits for a lock keeps nobody from the connection, and leaves what others have set on it.</summary>
public sealed class BatchWaitTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SqliteConnection _other;

    public BatchWaitTests()
    {
        _other = _database.OpenConfigured();
        _other.Run("CREATE TABLE item (id INTEGER PRIMARY KEY)");
    }

    public void Dispose()
    {
        _other.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30_000)]
    public async Task Who_has_the_lock_may_use_the_connection_that_waits_for_it(int busyTimeout)
    {
        using var connection = Open(busyTimeout);
        using var batch = new SqliteBatchWriter(connection);
        _other.Run("BEGIN IMMEDIATE");
        var waiting = Start(() =>
        {
            batch.Execute("INSERT INTO item VALUES (1)");
            batch.Commit();
        });

        raw.sqlite3_changes(connection.Handle);
        _other.Run("COMMIT");

        Assert.Null(await waiting);
        Assert.Equal(1L, _other.Scalar("SELECT count(*) FROM item"));
        Assert.Equal((long)busyTimeout, connection.Scalar("PRAGMA busy_timeout"));
        Assert.Equal(10, connection.DefaultTimeout);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(30_000, false)]
    [InlineData(0, true)]
    [InlineData(30_000, true)]
    public async Task A_batch_that_waits_for_the_lock_ends_at_once(int busyTimeout, bool closesConnection)
    {
        using var connection = Open(busyTimeout);
        using var batch = new SqliteBatchWriter(connection);
        _other.Run("BEGIN IMMEDIATE");
        var waiting = Start(() => batch.Execute("INSERT INTO item VALUES (1)"));

        var watch = Stopwatch.StartNew();
        IDisposable ended = closesConnection ? connection : batch;
        ended.Dispose();
        var error = await waiting;

        Assert.InRange(watch.ElapsedMilliseconds, 0, 6_000);
        Assert.Contains(closesConnection ? "closed under the batch" : nameof(SqliteBatchWriter), Assert.IsAssignableFrom<InvalidOperationException>(error).Message);
        _other.Run("ROLLBACK");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1_500)]
    public void It_waits_for_the_longer_of_the_two_timeouts(int defaultTimeout, int busyTimeout)
    {
        using var connection = Open(busyTimeout);
        connection.DefaultTimeout = defaultTimeout;
        using var batch = new SqliteBatchWriter(connection);
        _other.Run("BEGIN IMMEDIATE");

        var watch = Stopwatch.StartNew();
        Assert.Equal(5, Assert.Throws<SqliteException>(() => batch.Execute("INSERT INTO item VALUES (1)")).SqliteErrorCode);

        Assert.InRange(watch.ElapsedMilliseconds, Math.Max(defaultTimeout * 1_000, busyTimeout) - 100, 8_000);
        _other.Run("ROLLBACK");
        batch.Execute("INSERT INTO item VALUES (1)");
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("InTransaction")]
    [InlineData("checkpoint")]
    public void A_busy_handler_of_somebody_else_stays(string operation)
    {
        using var connection = Open(busyTimeout: 0);
        var calls = 0;
        BusyHandler handler = (_, _) =>
        {
            calls++;
            return 0;
        };
        sqlite3_busy_handler(connection.Handle!.DangerousGetHandle(), handler, IntPtr.Zero);
        switch (operation)
        {
            case "batch":
                using (var batch = new SqliteBatchWriter(connection))
                {
                    batch.Execute("INSERT INTO item VALUES (1)");
                    batch.Commit();
                }

                break;
            case "InTransaction":
                connection.InTransaction(_ => connection.Run("INSERT INTO item VALUES (1)"));
                break;
            default:
                connection.TryCheckpoint(SqliteCheckpointMode.Passive);
                break;
        }

        _other.Run("BEGIN IMMEDIATE");
        raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");

        Assert.Equal(1, calls);
        _other.Run("ROLLBACK");
        GC.KeepAlive(handler);
    }

#if !NETSTANDARD_BUILD
    // The netstandard2.0 build cannot ask whose hook is there.
    [Theory]
    [InlineData("ROLLBACK")]
    [InlineData("COMMIT")]
    [InlineData("INSERT OR ROLLBACK INTO item VALUES (1)")]
    public void A_rollback_hook_of_somebody_else_proves_nothing(string sql)
    {
        using var connection = Open(busyTimeout: 0);
        using var batch = new SqliteBatchWriter(connection);
        batch.Execute("INSERT INTO item VALUES (1)");
        var calls = 0;
        raw.sqlite3_rollback_hook(connection.Handle, _ => calls++, null);

        raw.sqlite3_exec(connection.Handle, sql);

        Assert.Equal(sql == "COMMIT" ? 0 : 1, calls);
        Assert.Contains("are stored if it was committed, and gone if it was rolled back", Assert.Throws<InvalidOperationException>(batch.Commit).Message);
        batch.Rollback();
        batch.Execute("INSERT INTO item VALUES (2)");
        batch.Commit();
        Assert.Equal(sql == "COMMIT" ? 2L : 1L, _other.Scalar("SELECT count(*) FROM item"));
    }
#endif

    private SqliteConnection Open(int busyTimeout)
    {
        var connection = _database.Open(";Default Timeout=10");
        connection.Run($"PRAGMA busy_timeout = {busyTimeout}");
        return connection;
    }

    // By then it has met the lock.
    private static Task<Exception?> Start(Action operation)
    {
        var task = Task.Factory.StartNew(() => (Exception?)Record.Exception(operation), TaskCreationOptions.LongRunning);
        Thread.Sleep(100);
        return task;
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern int sqlite3_busy_handler(IntPtr connection, BusyHandler handler, IntPtr data);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int BusyHandler(IntPtr data, int calls);
}
