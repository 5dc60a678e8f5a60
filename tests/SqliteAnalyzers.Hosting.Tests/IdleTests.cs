namespace SqliteAnalyzers.Hosting.Tests;

/// <summary>What the host does for the -wal file while the program runs.</summary>
public sealed class IdleTests : IDisposable
{
    private const int CheckpointedWhileIdle = 2;
    private const int Truncated = 3;
    private const int CannotTruncate = 4;
    private const int CannotMaintain = 5;

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_was_committed_is_moved_when_nobody_has_written_for_the_idle_time()
    {
        await using var host = await TestHost.StartAsync(_database);
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        host.Pass(4);
        Assert.Equal(0, _database.CountWithoutWal());

        // Somebody writes, and the time begins anew: another process is seen as well.
        using (var other = _database.OpenOther())
        {
            other.Execute("INSERT INTO item (id) VALUES (2)");
        }

        host.Pass(4);
        Assert.Equal(0, _database.CountWithoutWal());
        host.Pass(3);
        Assert.Equal(2, _database.CountWithoutWal());
        Assert.Equal(1, host.Logged(CheckpointedWhileIdle));

        // Once is enough.
        host.Pass(20);
        Assert.Equal(1, host.Logged(CheckpointedWhileIdle));
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (3)");
        host.Pass(7);
        Assert.Equal(3, _database.CountWithoutWal());
        Assert.Equal(2, host.Logged(CheckpointedWhileIdle));
    }

    [Fact]
    public async Task A_reader_of_an_older_state_does_not_keep_it_for_ever()
    {
        await using var host = await TestHost.StartAsync(_database);
        using var reader = _database.OpenOther();
        reader.Execute("BEGIN");
        reader.Scalar("SELECT count(*) FROM item");
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        host.Pass(10);
        Assert.Equal(0, _database.CountWithoutWal());
        reader.Execute("COMMIT");
        host.Pass(1);
        Assert.Equal(1, _database.CountWithoutWal());
    }

    [Fact]
    public async Task A_big_wal_file_is_cut()
    {
        await using var host = await TestHost.StartAsync(_database, options => options.MaxWalSize = 100_000);
        await host.Writer.ExecuteAsync("INSERT INTO item (id, content) VALUES (1, randomblob(200000))");
        Assert.InRange(_database.WalLength, 200_000, 300_000);
        host.Pass(1);
        Assert.Equal(0, _database.WalLength);
        Assert.Contains(_database.Path, host.Text(Truncated), StringComparison.Ordinal);

        // What a small one holds waits until nobody writes.
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (2)");
        host.Pass(1);
        Assert.InRange(_database.WalLength, 1, 100_000);
    }

    [Fact]
    public async Task Another_process_that_reads_keeps_a_big_wal_file_and_is_told_of_once()
    {
        await using var host = await TestHost.StartAsync(_database, options => (options.MaxWalSize, options.TruncateTimeout) = (100_000, TimeSpan.FromMilliseconds(10)));
        using var reader = new OtherProgram("read", _database.Path);
        Assert.Equal(OtherProgram.Ready, reader.ReadLine());
        await host.Writer.ExecuteAsync("INSERT INTO item (id, content) VALUES (1, randomblob(200000))");
        host.Pass(5);
        Assert.InRange(_database.WalLength, 200_000, 300_000);
        Assert.Equal(1, host.Logged(CannotTruncate));
        Assert.Equal(0, reader.EndInput());
        host.Pass(1);
        Assert.Equal(0, _database.WalLength);
        Assert.Equal(1, host.Logged(CannotTruncate));
    }

    [Fact]
    public async Task Writers_wait_for_a_cut_that_others_prevent_only_a_twentieth_of_the_time()
    {
        await using var host = await TestHost.StartAsync(_database, options => (options.MaxWalSize, options.TruncateTimeout) = (1, TimeSpan.FromMilliseconds(500)));
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        using var reader = _database.OpenOther();
        reader.Execute("BEGIN");
        reader.Scalar("SELECT count(*) FROM item");

        // It reads the newest state: all can be moved, and only the cut waits for it.
        var began = System.Diagnostics.Stopwatch.StartNew();
        host.Pass(9);
        Assert.InRange(began.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3));
        reader.Execute("COMMIT");
        host.Pass(2);
        Assert.Equal(0, _database.WalLength);
    }

    [Fact]
    public async Task What_a_killed_process_has_left_in_the_wal_file_is_moved()
    {
        long acknowledged;
        using (var killed = new OtherProgram("serve", _database.Path, "endless"))
        {
            do
            {
                acknowledged = long.Parse(killed.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
            }
            while (acknowledged < 200);

            killed.Kill();
        }

        Assert.True(_database.WalLength > 0);
        await using var host = await TestHost.StartAsync(_database);
        host.Pass(6);
        Assert.InRange(_database.CountWithoutWal(), acknowledged, long.MaxValue);
    }

    [Fact]
    public async Task A_read_only_database_is_left_alone()
    {
        using (var other = _database.OpenOther())
        {
            other.Execute("INSERT INTO item (id) VALUES (1)");
            await using var host = new TestHost(services => services.AddSqliteDatabase(_database.ConnectionString + ";Mode=ReadOnly", options => options.MaxWalSize = 1));
            await host.StartAsync();
            host.Pass(10);
            Assert.Equal(0, _database.CountWithoutWal());
            await host.StopAsync();
            Assert.Equal(0, host.Logged(CannotMaintain));
            Assert.Equal(0, _database.CountWithoutWal());
        }

        Assert.Equal(1, _database.CountWithoutWal());
    }

    [Fact]
    public async Task What_fails_is_told_once_and_tried_again()
    {
        var fails = false;
        await using var host = await TestHost.StartAsync(_database, options => options.PrepareConnection = _ =>
        {
            if (fails)
            {
                throw new InvalidOperationException("No key.");
            }
        });
        await host.Database.SuspendAsync();
        fails = true;
        host.Database.Resume();
        host.Pass(5);
        Assert.Equal(1, host.Logged(CannotMaintain));
        fails = false;
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        host.Pass(7);
        Assert.Equal(1, _database.CountWithoutWal());
    }
}
