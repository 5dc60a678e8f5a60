namespace SqliteAnalyzers.Hosting.Tests;

/// <summary>What a program does that the operating system is about to suspend.</summary>
public sealed class SuspendTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Nothing_is_open_while_it_is_suspended_and_all_goes_on_after_it()
    {
        await using var host = await TestHost.StartAsync(_database);
        var units = Enumerable.Range(1, 500).Select(id => host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [id])).ToArray();
        using (host.DataSource.OpenConnection())
        {
        }

        var result = await host.Database.SuspendAsync();
        Assert.True(result.IsComplete);
        Assert.True(host.Database.IsSuspended);
        Assert.All(units, unit => Assert.True(unit.IsCompletedSuccessfully));

        // The last connection that is closed deletes it.
        Assert.Equal(-1, _database.WalLength);
        host.Pass(20);
        Assert.Equal(-1, _database.WalLength);
        Assert.Equal(500, _database.CountWithoutWal());
        Assert.True((await host.Database.SuspendAsync()).IsComplete);

        host.Database.Resume();
        host.Database.Resume();
        Assert.False(host.Database.IsSuspended);
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (501)");
        host.Pass(7);
        Assert.Equal(501, _database.CountWithoutWal());
    }

    [Fact]
    public async Task When_the_time_is_over_the_units_wait_until_the_program_goes_on()
    {
        await using var host = await TestHost.StartAsync(_database);
        using var goOn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = host.Writer.RunAsync(_ =>
        {
            begun.SetResult();
            goOn.Wait();
        });
        await begun.Task;
        var waiting = host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        using var cancellation = new CancellationTokenSource(50);
        var result = await host.Database.SuspendAsync(cancellation.Token);
        Assert.False(result.IsComplete);
        Assert.Equal(1, result.UnitsLeft);
        goOn.Set();
        await first;
        host.Database.Resume();
        await waiting;
        Assert.Equal(1, _database.Count());
    }

    [Fact]
    public async Task A_program_without_a_host_begins_and_ends_by_itself()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var provider = new ServiceCollection().AddSingleton<TimeProvider>(time).AddSqliteDatabase(_database.ConnectionString).BuildServiceProvider();
        var database = provider.GetRequiredService<SqliteHostedDatabase>();
        database.Resume();
        await database.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        for (var i = 0; i < 7; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, _database.CountWithoutWal());
        Assert.True((await database.SuspendAsync()).IsComplete);
        Assert.Equal(-1, _database.WalLength);
    }

    [Fact]
    public async Task The_writers_own_work_cannot_suspend_the_database_and_nothing_is_suspended_then()
    {
        await using var host = await TestHost.StartAsync(_database);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Writer.RunAsync(_ => { host.Database.SuspendAsync().GetAwaiter().GetResult(); }).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(host.Database.IsSuspended);
    }

    [Fact]
    public async Task The_writers_own_work_is_refused_while_another_thread_suspends_the_database()
    {
        await using var host = await TestHost.StartAsync(_database);
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var work = host.Writer.RunAsync(_ =>
        {
            begun.Set();
            goOn.Wait();
            Assert.Throws<InvalidOperationException>(host.Database.Resume);
            Assert.Throws<InvalidOperationException>(() => host.Database.SuspendAsync().GetAwaiter().GetResult());
        });
        begun.Wait();
        var suspended = host.Database.SuspendAsync();
        goOn.Set();

        await work.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True((await suspended.WaitAsync(TimeSpan.FromSeconds(20))).IsComplete);
        Assert.True(host.Database.IsSuspended);
    }

    [Fact]
    public async Task A_suspended_host_can_stop()
    {
        await using var host = await TestHost.StartAsync(_database);
        await host.Database.SuspendAsync();
        var unit = host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        await host.StopAsync();
        await unit;
        Assert.Equal(-1, _database.WalLength);
    }
}
