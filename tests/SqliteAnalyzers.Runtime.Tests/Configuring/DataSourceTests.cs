#if !NETSTANDARD_BUILD
using System.Data.Common;

namespace SqliteAnalyzers.Runtime.Tests;

public sealed class DataSourceTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Every_way_to_a_connection_configures_it()
    {
        using var source = new ConfiguredSqliteDataSource(_database.Pooled, new() { CacheSize = -123 });

        using (var connection = source.OpenConnection())
        {
            AssertConfigured(connection);
        }

        using (var connection = source.CreateConnection())
        {
            connection.Open();
            AssertConfigured(connection);
        }

        await using (var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            AssertConfigured((SqliteConnection)connection);
        }

        DbDataSource general = source;
        using var command = general.CreateCommand("PRAGMA cache_size");
        Assert.Equal(-123L, command.ExecuteScalar());
    }

    [Fact]
    public void Repairs_what_the_last_user_of_a_pooled_connection_set()
    {
        using var source = new ConfiguredSqliteDataSource(_database.Pooled, new() { CacheSize = -123 });
        using (var first = source.OpenConnection())
        {
            first.Run("PRAGMA cache_size=7; PRAGMA synchronous=OFF");
        }

        using var second = source.OpenConnection();
        AssertConfigured(second);
        Assert.Equal(1L, second.Scalar("PRAGMA synchronous"));
    }

    [Fact]
    public void A_connection_that_cannot_be_configured_is_closed()
    {
        using var source = new ConfiguredSqliteDataSource($"Data Source=file:{_database.Path}?nolock=1;Pooling=False");
        using var connection = source.CreateConnection();

        Assert.Throws<InvalidOperationException>(connection.Open);

        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
        Assert.Throws<InvalidOperationException>(source.OpenConnection);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_it_closes_the_pooled_connections(bool asynchronously)
    {
        var source = new ConfiguredSqliteDataSource(_database.Pooled);
        using (var connection = source.OpenConnection())
        {
            connection.Run("CREATE TABLE item (id INTEGER)");
        }

        Assert.True(File.Exists(_database.Path + "-wal"));
        await Dispose(source, asynchronously);
        Assert.False(File.Exists(_database.Path + "-wal"));
        await Dispose(source, asynchronously);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Once_disposed_it_opens_no_connection_in_any_way(bool asynchronously)
    {
        var source = new ConfiguredSqliteDataSource(_database.Pooled);
        using var made = source.CreateConnection();
        await Dispose(source, asynchronously);

        Assert.Throws<ObjectDisposedException>(source.OpenConnection);
        Assert.Throws<ObjectDisposedException>(source.CreateConnection);
        Assert.Throws<ObjectDisposedException>(made.Open);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await source.OpenConnectionAsync(TestContext.Current.CancellationToken));
        DbDataSource general = source;
        Assert.Throws<ObjectDisposedException>(() => general.CreateCommand("SELECT 1").ExecuteScalar());
    }

    [Fact]
    public void A_connection_in_use_when_it_is_disposed_is_closed_when_it_is_given_back()
    {
        var source = new ConfiguredSqliteDataSource(_database.Pooled);
        using (var connection = source.OpenConnection())
        {
            source.Dispose();
            connection.Run("CREATE TABLE item (id INTEGER)");
        }

        Assert.False(File.Exists(_database.Path + "-wal"));
    }

    [Theory]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("SAVEPOINT s; CREATE TABLE other (id INTEGER)")]
    public void A_transaction_that_a_statement_has_begun_does_not_go_to_the_pool(string sql)
    {
        using var source = new ConfiguredSqliteDataSource(_database.Pooled);
        using (var connection = source.OpenConnection())
        {
            connection.Run(sql);
        }

        using var other = _database.Open(";Default Timeout=1");
        other.Run("CREATE TABLE item (id INTEGER)");
        using var again = source.OpenConnection();
        again.Run("BEGIN IMMEDIATE; INSERT INTO item VALUES (1); COMMIT");
    }

    [Fact]
    public void A_driver_transaction_that_a_statement_has_ended_does_not_keep_the_connection_from_being_closed()
    {
        using var source = new ConfiguredSqliteDataSource(_database.Pooled);
        using (var connection = source.OpenConnection())
        {
            connection.Run("CREATE TABLE item (id INTEGER)");
            var transaction = connection.BeginTransaction();
            connection.Run("INSERT INTO item VALUES (1); COMMIT; BEGIN; INSERT INTO item VALUES (2)");
        }

        using var again = source.OpenConnection();
        Assert.Equal(1L, again.Scalar("SELECT count(*) FROM item"));
        again.Run("BEGIN IMMEDIATE; COMMIT");
    }

    [Fact]
    public void Shows_no_password()
    {
        var source = new ConfiguredSqliteDataSource("Data Source=x;Password=top secret;Foreign Keys=True");
        Assert.DoesNotContain("secret", source.ConnectionString);
        Assert.Contains("Data Source=x", source.ConnectionString);
        Assert.Contains("Foreign Keys=True", source.ConnectionString);
        Assert.Contains("top secret", source.CreateConnection().ConnectionString);
    }

    [Fact]
    public void Each_opening_is_prepared_before_the_options_are_set()
    {
        var attached = Path.Combine(_database.Folder, "attached.db");
        var calls = 0;
        using var source = new ConfiguredSqliteDataSource(_database.Pooled, prepareConnection: connection =>
        {
            calls++;
            connection.Run($"PRAGMA page_size=8192; PRAGMA auto_vacuum=FULL; ATTACH '{attached}' AS other");
            connection.CreateFunction("twice", (long value) => 2 * value);
        });
        for (var i = 1; i <= 3; i++)
        {
            using var connection = source.OpenConnection();
            Assert.Equal(i, calls);
            Assert.Equal(42L, connection.Scalar("SELECT twice(21)"));
            Assert.Equal("main,other", connection.Scalar("SELECT group_concat(name) FROM pragma_database_list WHERE name <> 'temp'"));
            connection.Run("CREATE TABLE IF NOT EXISTS item (id INTEGER); CREATE TABLE IF NOT EXISTS other.item (id INTEGER)");
            Assert.Equal(8192L, connection.Scalar("PRAGMA page_size"));
            Assert.Equal(1L, connection.Scalar("PRAGMA auto_vacuum"));
            Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
            Assert.Equal("delete", connection.Scalar("PRAGMA other.journal_mode"));
        }
    }

    [Fact]
    public void Temporary_tables_made_in_preparation_are_not_dropped()
    {
        using var source = new ConfiguredSqliteDataSource(
            _database.Pooled,
            SqliteConnectionOptions.BulkWork,
            connection => connection.Run("CREATE TEMP TABLE IF NOT EXISTS mine (id INTEGER)"));
        Assert.Contains("temporary tables", Assert.Throws<InvalidOperationException>(source.OpenConnection).Message);
        using var better = new ConfiguredSqliteDataSource(
            _database.Unpooled,
            SqliteConnectionOptions.BulkWork,
            connection => connection.Run("PRAGMA temp_store=MEMORY; CREATE TEMP TABLE mine (id INTEGER)"));
        using var connection = better.OpenConnection();
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM mine"));
    }

    [Fact]
    public void A_connection_whose_preparation_throws_is_closed()
    {
        using var source = new ConfiguredSqliteDataSource(_database.Pooled, prepareConnection: _ => throw new FormatException("no"));
        using var connection = source.CreateConnection();
        Assert.Throws<FormatException>(connection.Open);
        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
    }

    [Fact]
    public void Refuses_a_wrong_connection_string()
    {
        Assert.Throws<ArgumentNullException>(() => new ConfiguredSqliteDataSource(null!));
        Assert.Throws<ArgumentException>(() => new ConfiguredSqliteDataSource("Data Source=x;Journal Mode=WAL"));
    }

    private static async Task Dispose(ConfiguredSqliteDataSource source, bool asynchronously)
    {
        if (asynchronously)
        {
            await source.DisposeAsync();
        }
        else
        {
            source.Dispose();
        }
    }

    private static void AssertConfigured(SqliteConnection connection)
    {
        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(-123L, connection.Scalar("PRAGMA cache_size"));
    }
}
#endif
