using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace SqliteAnalyzers.Hosting.Tests;

/// <summary>The end of the host: drain, checkpoint, release.</summary>
public sealed class ShutdownTests : IDisposable
{
    private const int UnitsRefused = 6;
    private const int CheckpointIncomplete = 8;
    private const int CheckpointFailed = 9;

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_services_hand_over_while_they_stop_is_carried_out_and_all_is_released()
    {
        // The first that is registered is the last to stop.
        await using var host = new TestHost(services => services
            .AddSingleton<LateProducer.Units>()
            .AddHostedService<LateProducer>()
            .AddSqliteDatabase(_database.ConnectionString));
        await host.StartAsync();
        using (var pooled = host.DataSource.OpenConnection())
        {
            pooled.Scalar("SELECT count(*) FROM item");
        }

        using var other = _database.OpenOther();
        await host.StopAsync();
        Assert.All(host.Services.GetRequiredService<LateProducer.Units>().All, task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Equal(0, _database.WalLength);
        Assert.Equal(100, _database.CountWithoutWal());

        // The other one is the last: nobody of this host has the database open any more.
        other.Dispose();
        Assert.Equal(-1, _database.WalLength);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1000)"));
    }

    [Fact]
    public void A_signal_to_end_loses_no_unit_that_was_handed_over()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var server = new OtherProgram("serve", _database.Path, "queued");
        Assert.Equal(OtherProgram.Ready, server.ReadLine());
        Assert.Equal(0, _database.Count());
        Assert.Equal(0, server.Terminate());
        Assert.Equal(-1, _database.WalLength);
        Assert.Equal(OtherProgram.Units, _database.CountWithoutWal());
    }

    [Fact]
    public async Task Another_process_that_reads_does_not_keep_the_host_from_its_end()
    {
        await using var host = await TestHost.StartAsync(_database, options => options.ReleaseTimeout = TimeSpan.FromMilliseconds(100));
        using var reader = new OtherProgram("read", _database.Path);
        Assert.Equal(OtherProgram.Ready, reader.ReadLine());
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        await host.StopAsync();
        Assert.Equal(1, host.Logged(CheckpointIncomplete));
        Assert.Equal(0, reader.EndInput());
        Assert.Equal(1, _database.Count());
    }

    [Theory]
    [InlineData(4_096)]
    [InlineData(3)]
    public async Task When_the_time_is_over_those_who_wait_are_told_and_counted(int queueCapacity)
    {
        await using var host = await TestHost.StartAsync(_database, options => options.Writer = new() { QueueCapacity = queueCapacity }, services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100)));
        using var goOn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = host.Writer.RunAsync(unit =>
        {
            begun.SetResult();
            goOn.Wait();
            unit.Execute("INSERT INTO item (id) VALUES (0)");
        });
        await begun.Task;
        var waiting = Enumerable.Range(1, 25).Select(id => host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [id])).ToArray();
        var stop = host.StopAsync();
        await Task.Delay(1_000);
        goOn.Set();
        await stop;
        await first;
        foreach (var unit in waiting)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => unit);
        }

        Assert.StartsWith("25 units", host.Text(UnitsRefused), StringComparison.Ordinal);
        Assert.Equal(1, _database.CountWithoutWal());
    }

    [Fact]
    public async Task A_cancelled_end_does_not_wait_for_readers()
    {
        await using var host = await TestHost.StartAsync(_database, options => options.ReleaseTimeout = TimeSpan.FromMinutes(1));
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        using var reader = _database.OpenOther();
        reader.Execute("BEGIN");
        reader.Scalar("SELECT count(*) FROM item");
        try
        {
            await host.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (OperationCanceledException)
        {
            // The host says that it was cancelled.
        }

        Assert.Equal(1, _database.CountWithoutWal());
    }

    [Fact]
    public async Task Disposing_again_does_nothing_and_a_host_that_was_never_started_can_be_disposed()
    {
        var host = await TestHost.StartAsync(_database);
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        var database = host.Database;
        await host.StopAsync();
        await host.StopAsync();
        await host.DisposeAsync();
        await host.DisposeAsync();
        await database.DisposeAsync();
        database.Dispose();
        Assert.Throws<ObjectDisposedException>(database.Resume);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.SuspendAsync());
        Assert.Equal(-1, _database.WalLength);

        await using var never = new TestHost(services => services.AddSqliteDatabase(_database.ConnectionString));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_writers_own_work_cannot_end_the_database_and_the_end_comes_all_the_same(bool isStarted)
    {
        await using var host = new TestHost(services => services.AddSqliteDatabase(_database.ConnectionString));
        if (isStarted)
        {
            await host.StartAsync();
        }

        var database = host.Database;
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Writer.RunAsync(_ => database.Dispose()).WaitAsync(TimeSpan.FromSeconds(20)));
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)").WaitAsync(TimeSpan.FromSeconds(20));
        await database.DisposeAsync();

        Assert.Equal(-1, _database.WalLength);
        Assert.Equal(1, _database.CountWithoutWal());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_host_the_provider_drains_and_releases(bool asksForDbDataSource)
    {
        var provider = new ServiceCollection().AddSqliteDatabase(_database.ConnectionString).BuildServiceProvider();
        var unit = provider.GetRequiredService<SqliteSingleWriter>().ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        if (asksForDbDataSource)
        {
            // Whoever asks for it last does not have it disposed first.
            Assert.Same(provider.GetRequiredService<ConfiguredSqliteDataSource>(), provider.GetRequiredService<System.Data.Common.DbDataSource>());
        }

        await provider.DisposeAsync();
        await unit;
        Assert.Equal(-1, _database.WalLength);
        Assert.Equal(1, _database.CountWithoutWal());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("shop")]
    public async Task A_data_source_that_is_asked_for_last_is_not_the_first_to_go(string? key)
    {
        var services = new ServiceCollection();
        _ = key is null ? services.AddSqliteDatabase(_database.ConnectionString) : services.AddKeyedSqliteDatabase(key, _database.ConnectionString);
        var provider = services.BuildServiceProvider();
        var writer = provider.GetRequiredKeyedService<SqliteSingleWriter>(key);
        Assert.NotNull(provider.GetRequiredKeyedService<System.Data.Common.DbDataSource>(key));
        var units = Enumerable.Range(1, 50).Select(id => writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [id])).ToArray();

        provider.Dispose();
        await Task.WhenAll(units);
        Assert.Equal(-1, _database.WalLength);
        Assert.Equal(50, _database.CountWithoutWal());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_data_source_of_the_programs_own_is_not_asked_for(bool isRegistered)
    {
        var services = new ServiceCollection().AddSqliteDatabase(_database.ConnectionString);
        services.RemoveAll<System.Data.Common.DbDataSource>();
        if (isRegistered)
        {
            services.AddSingleton<System.Data.Common.DbDataSource>(_ => throw new FormatException());
        }

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SqliteSingleWriter>().ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        Assert.Equal(1, _database.Count());
    }

    [Fact]
    public async Task The_end_makes_no_file_where_none_was_opened_or_the_one_that_was_is_gone()
    {
        using var empty = new TestDatabase(withTable: false);
        var never = new TestHost(services => services.AddSqliteDatabase(empty.ConnectionString));
        Assert.NotNull(never.Database);
        await never.DisposeAsync();
        Assert.False(File.Exists(empty.Path));

        await using var host = await TestHost.StartAsync(_database);
        await host.Database.SuspendAsync();
        File.Delete(_database.Path);
        await host.StopAsync();
        Assert.False(File.Exists(_database.Path));
        Assert.Equal(0, host.Logged(CheckpointFailed));
    }

    [Fact]
    public async Task A_database_that_could_not_be_opened_is_not_opened_again_at_the_end()
    {
        var openings = 0;
        var host = new TestHost(services => services.AddSqliteDatabase(_database.ConnectionString, options => options.PrepareConnection = _ =>
        {
            openings++;
            throw new SqliteException("Locked.", 5);
        }));
        await Assert.ThrowsAsync<SqliteException>(host.StartAsync);
        await host.DisposeAsync();
        Assert.Equal(1, openings);
        Assert.Equal(0, host.Logged(CheckpointFailed));
    }

    [Fact]
    public async Task A_preparation_that_fails_at_the_end_keeps_nothing_from_being_released()
    {
        var fails = false;
        await using var host = await TestHost.StartAsync(_database, options => options.PrepareConnection = _ =>
        {
            if (fails)
            {
                throw new FormatException();
            }
        });
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        await host.Database.SuspendAsync();
        fails = true;
        Assert.IsType<FormatException>((await host.Database.SuspendAsync()).Failure);
        await host.StopAsync();
        Assert.Equal(2, host.Logged(CheckpointFailed));
        Assert.Equal(-1, _database.WalLength);
    }

    [Fact]
    public async Task The_writer_is_not_made_for_the_first_time_after_the_end()
    {
        await using var host = await TestHost.StartAsync(_database);
        await host.StopAsync();
        Assert.Throws<ObjectDisposedException>(() => host.Database.Writer);
    }

    private sealed class LateProducer(SqliteSingleWriter writer, LateProducer.Units units) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            units.All = Enumerable.Range(1, 100).Select(id => writer.ExecuteAsync("INSERT INTO item (id) VALUES (?)", [id])).ToArray();
            return Task.CompletedTask;
        }

        public sealed class Units
        {
            public Task[] All { get; set; } = [];
        }
    }
}
