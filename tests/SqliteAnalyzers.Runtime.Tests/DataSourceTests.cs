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
        using var source = new SqliteDataSource(_database.Pooled, new() { CacheSize = -123 });

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
        using var source = new SqliteDataSource(_database.Pooled, new() { CacheSize = -123 });
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
        using var source = new SqliteDataSource($"Data Source=file:{_database.Path}?nolock=1;Pooling=False");
        using var connection = source.CreateConnection();

        Assert.Throws<InvalidOperationException>(connection.Open);

        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
        Assert.Throws<InvalidOperationException>(source.OpenConnection);
    }

    [Fact]
    public void Disposing_it_closes_the_pooled_connections()
    {
        var source = new SqliteDataSource(_database.Pooled);
        using (var connection = source.OpenConnection())
        {
            connection.Run("CREATE TABLE item (id INTEGER)");
        }

        Assert.True(File.Exists(_database.Path + "-wal"));
        source.Dispose();
        Assert.False(File.Exists(_database.Path + "-wal"));
    }

    [Fact]
    public void Refuses_a_wrong_connection_string()
    {
        Assert.Throws<ArgumentNullException>(() => new SqliteDataSource(null!));
        Assert.Throws<ArgumentException>(() => new SqliteDataSource("Data Source=x;Journal Mode=WAL"));
    }

    private static void AssertConfigured(SqliteConnection connection)
    {
        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
        Assert.Equal(-123L, connection.Scalar("PRAGMA cache_size"));
    }
}
#endif
