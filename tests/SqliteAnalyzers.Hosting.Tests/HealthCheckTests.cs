using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SqliteAnalyzers.Hosting.Tests;

public sealed class HealthCheckTests : IDisposable
{
    private const int CannotOpen = 1;

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_database_as_recommended_is_healthy()
    {
        await using var host = await StartAsync();
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        var entry = await CheckAsync(host);
        Assert.True(entry.Status == HealthStatus.Healthy, entry.Description);
        Assert.Equal(_database.Path, entry.Data["file"]);
        Assert.Equal(_database.WalLength, entry.Data["wal_bytes"]);
        Assert.Equal(0, entry.Data["queue_length"]);
        Assert.Empty(Assert.IsType<string[]>(entry.Data["findings"]));
    }

    [Fact]
    public async Task A_wal_file_that_a_reader_lets_grow_is_degraded()
    {
        await using var host = await StartAsync();
        using var reader = _database.OpenOther();
        reader.Execute("BEGIN");
        reader.Scalar("SELECT count(*) FROM item");
        await host.Writer.ExecuteAsync("INSERT INTO item (id, content) VALUES (1, zeroblob(17000000))");
        var entry = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.StartsWith("Warning: -wal file is 17.", entry.Description, StringComparison.Ordinal);
        Assert.Equal(2, Assert.IsType<string[]>(entry.Data["findings"]).Length);
    }

    /// <summary>What is encrypted with a password cannot be opened here: the library that is bundled knows no encryption.</summary>
    [Theory]
    [InlineData("Data Source=FILE;Password=opensesame")]
    [InlineData("Data Source=file:FOLDER/absent/shop.db?key=opensesame;Mode=ReadWrite")]
    public async Task A_password_comes_neither_into_the_log_nor_onto_the_health_page(string connectionString)
    {
        connectionString = connectionString.Replace("FILE", _database.Path, StringComparison.Ordinal).Replace("FOLDER", Path.GetDirectoryName(_database.Path), StringComparison.Ordinal);
        await using var host = new TestHost(services =>
        {
            services.AddSqliteDatabase(connectionString);
            services.AddHealthChecks().AddSqliteDatabase();
        });

        await Assert.ThrowsAnyAsync<Exception>(host.StartAsync);

        Assert.Contains("shop.db", host.Text(CannotOpen), StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", host.Text(CannotOpen), StringComparison.Ordinal);
        var entry = await CheckAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.DoesNotContain("opensesame", $"{entry.Description} {string.Join(" ", entry.Data.Values)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_unhealthy_and_not_made_anew()
    {
        await using var host = await StartAsync(HealthStatus.Degraded);
        File.Delete(_database.Path);
        var entry = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal($"The file '{_database.Path}' is gone.", entry.Description);
        Assert.False(File.Exists(_database.Path));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_unhealthy()
    {
        await using var host = await StartAsync();
        await host.Database.SuspendAsync();
        File.WriteAllText(_database.Path, new string('x', 10_000));
        host.Database.Resume();
        var entry = await CheckAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal(26, Assert.IsType<SqliteException>(entry.Exception).SqliteErrorCode);
    }

    [Fact]
    public async Task A_suspended_database_is_not_opened()
    {
        await using var host = await StartAsync();
        await host.Database.SuspendAsync();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        Assert.Equal(-1, _database.WalLength);
    }

    [Fact]
    public async Task One_with_a_key_has_its_name_and_is_checked_for_damage_on_demand()
    {
        await using var host = new TestHost(services =>
        {
            services.AddKeyedSqliteDatabase("shop", _database.ConnectionString);
            services.AddHealthChecks().AddSqliteDatabase("shop", checkIntegrity: true);
        });
        await host.StartAsync();
        using (var other = _database.OpenOther())
        {
            other.Execute("INSERT INTO item (id) VALUES (1); PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = 'CREATE TABLE item (id INTEGER PRIMARY KEY, content BLOB NOT NULL)'");
        }

        var entry = await CheckAsync(host, "sqlite:shop");
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("NULL value in item.content", entry.Description, StringComparison.Ordinal);
    }

    private static async Task<HealthReportEntry> CheckAsync(TestHost host, string name = "sqlite") =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries[name];

    private Task<TestHost> StartAsync(HealthStatus? failureStatus = null) =>
        TestHost.StartAsync(_database, more: services => services.AddHealthChecks().AddSqliteDatabase(failureStatus: failureStatus));
}
