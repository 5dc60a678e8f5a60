using System.Data.Common;
using Microsoft.Extensions.Options;

namespace SqliteAnalyzers.Hosting.Tests;

public sealed class RegistrationTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly TestDatabase _archive = new();

    public void Dispose()
    {
        _database.Dispose();
        _archive.Dispose();
    }

    [Fact]
    public async Task Two_databases_with_keys_and_one_without_have_all_that_belongs_to_them()
    {
        using var third = new TestDatabase();
        await using var host = new TestHost(services => services
            .AddSqliteDatabase(third.ConnectionString)
            .AddKeyedSqliteDatabase("shop", _database.ConnectionString, options => options.MaxWalSize = 1)
            .AddKeyedSqliteDatabase(2, options => (options.ConnectionString, options.Connection) = (_archive.ConnectionString, new() { BusyTimeout = TimeSpan.FromSeconds(7) })));
        await host.StartAsync();
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1), (2), (3)");
        await host.Services.GetRequiredKeyedService<SqliteSingleWriter>("shop").ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        await host.Services.GetRequiredKeyedService<SqliteSingleWriter>(2).ExecuteAsync("INSERT INTO item (id) VALUES (1), (2)");
        using (var connection = host.Services.GetRequiredKeyedService<SqliteConnection>(2))
        {
            connection.Open();
            Assert.Equal(7_000L, connection.Scalar("PRAGMA busy_timeout"));
            Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
        }

        // Each has its own options.
        host.Pass(1);
        Assert.Equal(0, _database.WalLength);
        Assert.True(_archive.WalLength > 0);
        await host.StopAsync();
        Assert.Equal((1L, 2L, 3L), (_database.CountWithoutWal(), _archive.CountWithoutWal(), third.CountWithoutWal()));
        Assert.Equal((-1L, -1L, -1L), (_database.WalLength, _archive.WalLength, third.WalLength));
    }

    [Fact]
    public async Task The_types_of_ADO_NET_lead_to_the_same_database_unless_they_are_taken()
    {
        await using var host = await TestHost.StartAsync(_database);
        Assert.Same(host.DataSource, host.Services.GetRequiredService<DbDataSource>());
        Assert.Same(host.Database, host.Services.GetRequiredService<SqliteHostedDatabase>());
        Assert.Same(host.Writer, host.Database.Writer);
        using var scope = host.Services.CreateScope();
        var connection = scope.ServiceProvider.GetRequiredService<DbConnection>();
        Assert.NotSame(connection, scope.ServiceProvider.GetRequiredService<SqliteConnection>());
        connection.Open();
        Assert.Equal(30_000L, ((SqliteConnection)connection).Scalar("PRAGMA busy_timeout"));

        using var taken = new ConfiguredSqliteDataSource(_archive.ConnectionString);
        await using var provider = new ServiceCollection().AddSingleton<DbDataSource>(taken).AddSqliteDatabase(_database.ConnectionString).BuildServiceProvider();
        Assert.Same(taken, provider.GetRequiredService<DbDataSource>());
    }

    [Fact]
    public void A_second_registration_is_refused_and_says_what_to_do()
    {
        var services = new ServiceCollection().AddSqliteDatabase("Data Source=a.db").AddKeyedSqliteDatabase("a", "Data Source=a.db");
        Assert.Contains("AddKeyedSqliteDatabase", Assert.Throws<InvalidOperationException>(() => services.AddSqliteDatabase("Data Source=b.db")).Message, StringComparison.Ordinal);
        Assert.Contains("'a'", Assert.Throws<InvalidOperationException>(() => services.AddKeyedSqliteDatabase("a", "Data Source=b.db")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => services.AddKeyedSqliteDatabase("", "Data Source=b.db"));
        Assert.Throws<ArgumentNullException>(() => services.AddKeyedSqliteDatabase(null!, "Data Source=b.db"));
        Assert.Throws<ArgumentNullException>(() => services.AddSqliteDatabase((string)null!));
        Assert.Throws<ArgumentNullException>(() => services.AddSqliteDatabase((Action<SqliteDatabaseOptions>)null!));
    }

    [Fact]
    public async Task Wrong_options_keep_the_host_from_starting_and_all_are_named()
    {
        await using var host = new TestHost(services => services.AddSqliteDatabase("", options =>
        {
            options.CheckInterval = TimeSpan.Zero;
            options.IdleTime = TimeSpan.FromDays(30);
            options.MaxWalSize = -1;
            options.TruncateTimeout = TimeSpan.FromSeconds(-1);
            options.ReleaseTimeout = TimeSpan.FromSeconds(-1);
        }));
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);
        Assert.Equal(
            [
                "ConnectionString is empty. Give it to AddSqliteDatabase, or set it in the options: \"Data Source=shop.db\".",
                "CheckInterval is 00:00:00. It must be from 1 to 2,147,483,647 milliseconds.",
                "IdleTime is 30.00:00:00. It must be from 0 to 2,147,483,647 milliseconds.",
                "TruncateTimeout is -00:00:01. It must be from 0 to 2,147,483,647 milliseconds.",
                "ReleaseTimeout is -00:00:01. It must be from 0 to 2,147,483,647 milliseconds.",
                "MaxWalSize is -1. It must be at least 0 bytes.",
            ],
            exception.Failures);
    }

    [Theory]
    [InlineData("Data Source=a.db;Journal Mode=WAL", "Microsoft.Data.Sqlite")]
    [InlineData("Data Source=a.db;Mode=Sometimes", "Microsoft.Data.Sqlite")]
    [InlineData("Data Source=:memory:", "for itself")]
    [InlineData("Mode=Memory;Data Source=shop", "for itself")]
    [InlineData("Data Source=", "for itself")]
    [InlineData("Data Source=file:", "for itself")]
    [InlineData("Data Source=file:?cache=shared", "for itself")]
    [InlineData("Data Source=file::memory:", "for itself")]
    [InlineData("Data Source=file:%3Amemory%3A?cache=private;Cache=Shared", "for itself")]
    [InlineData("Data Source=file:shop?mode=memory", "for itself")]
    [InlineData("Data Source=file:shop?vfs=memdb", "for itself")]
    public void A_connection_string_that_cannot_work_is_refused(string connectionString, string reason)
    {
        using var provider = new ServiceCollection().AddSqliteDatabase(connectionString).BuildServiceProvider();
        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<ConfiguredSqliteDataSource>);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data Source=file::memory:?cache=shared")]
    [InlineData("Data Source=file:registered?mode=memory&cache=shared")]
    [InlineData("Data Source=file:registered-too?mode=memory;Cache=Shared")]
    [InlineData("Data Source=file:/registered?vfs=memdb")]
    public async Task A_uri_may_name_a_database_in_memory_that_all_share(string connectionString)
    {
        await using var provider = new ServiceCollection().AddSqliteDatabase(connectionString).BuildServiceProvider();
        var source = provider.GetRequiredService<ConfiguredSqliteDataSource>();
        using var kept = source.OpenConnection();
        await provider.GetRequiredService<SqliteSingleWriter>().ExecuteAsync("CREATE TABLE item (id INTEGER)");
        Assert.Equal(0L, kept.Scalar("SELECT count(*) FROM item"));
    }

    [Fact]
    public void The_key_of_all_is_not_that_of_one() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKeyedSqliteDatabase(KeyedService.AnyKey, "Data Source=a.db"));

    [Fact]
    public async Task A_shared_database_in_memory_lives_as_long_as_the_host()
    {
        await using var host = new TestHost(services => services.AddSqliteDatabase("Data Source=hosting-shared;Mode=Memory;Cache=Shared"));
        await host.StartAsync();
        await host.Writer.ExecuteAsync("CREATE TABLE item (id INTEGER)");
        await host.Writer.CloseConnectionAsync();
        host.Pass(10);
        using (var connection = host.DataSource.OpenConnection())
        {
            Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM item"));
        }

        await host.StopAsync();
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_keeps_the_host_from_starting()
    {
        await using var host = new TestHost(services => services.AddSqliteDatabase("Data Source=" + Path.Combine(_database.Path, "none", "shop.db")));
        Assert.Equal(14, (await Assert.ThrowsAsync<SqliteException>(host.StartAsync)).SqliteErrorCode);
        Assert.Contains("none", host.Text(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_are_set_elsewhere_hold()
    {
        await using var host = new TestHost(services =>
        {
            services.AddSqliteDatabase(options => options.IdleTime = TimeSpan.FromSeconds(1));
            services.Configure<SqliteDatabaseOptions>(options => options.ConnectionString = _database.ConnectionString);
        });
        await host.StartAsync();
        await host.Writer.ExecuteAsync("INSERT INTO item (id) VALUES (1)");
        host.Pass(3);
        Assert.Equal(1, _database.CountWithoutWal());
    }

    [Fact]
    public void The_assembly_has_the_strong_name_of_the_runtime_library() => Assert.Equal(
        typeof(SqliteConnectionOptions).Assembly.GetName().GetPublicKeyToken(),
        typeof(SqliteHostedDatabase).Assembly.GetName().GetPublicKeyToken());
}
