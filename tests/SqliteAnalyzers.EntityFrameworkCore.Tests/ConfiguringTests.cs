using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>Which connections are configured, and which are left alone.</summary>
public sealed class ConfiguringTests : IDisposable
{
    private readonly TestDatabase _database = new("delete");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Each_connection_that_the_context_opens_is_configured()
    {
        using (var context = _database.Shop(TestDatabase.Configured))
        {
            AssertConfigured(context);
            context.Database.OpenConnection();
            context.Database.GetDbConnection().Scalar("PRAGMA busy_timeout=1; PRAGMA synchronous=OFF");
        }

        // What the last user of the pool has set does not stay.
        await using (var context = _database.Shop(TestDatabase.Configured))
        {
            await context.Database.OpenConnectionAsync();
            AssertConfigured(context);
        }
    }

    [Fact]
    public void A_connection_that_the_program_has_opened_is_left_alone()
    {
        using var connection = _database.OpenOther();
        connection.Scalar("PRAGMA busy_timeout=777");
        using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite(connection).UseConfiguredSqlite().Options);

        Assert.Empty(context.Items.ToList());
        Assert.Equal(777L, context.Pragma("busy_timeout"));
        Assert.Equal("delete", context.Pragma("journal_mode"));
    }

    [Fact]
    public void A_connection_of_the_program_that_the_context_opens_is_configured_once_for_both_its_contexts()
    {
        using var connection = new SqliteConnection(_database.ConnectionString);
        var options = new DbContextOptionsBuilder<ShopContext>().UseSqlite(connection).UseConfiguredSqlite().Options;
        using var first = new ShopContext(options);
        using var second = new ShopContext(options);

        using var transaction = first.Database.BeginTransaction();
        AssertConfigured(first);
        second.Database.UseTransaction(Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction));
        second.Add(new Item { Name = "in the transaction of the first" });
        second.SaveChanges();
        transaction.Commit();

        Assert.Equal(1, _database.Count());
    }

    [Fact]
    public void A_read_only_connection_keeps_its_journal_mode_and_waits()
    {
        using var context = _database.Shop(TestDatabase.Configured, ";Mode=ReadOnly");

        Assert.Empty(context.Items.ToList());
        Assert.Equal("delete", context.Pragma("journal_mode"));
        Assert.Equal(30_000L, context.Pragma("busy_timeout"));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=configuring;Mode=Memory;Cache=Shared")]
    public void A_database_in_memory_stays_one(string connectionString)
    {
        using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite(connectionString).UseConfiguredSqlite().Options);
        context.Database.OpenConnection();
        context.Database.EnsureCreated();
        context.Add(new Item { Name = "item" });
        context.SaveChanges();

        Assert.Equal("memory", context.Pragma("journal_mode"));
        Assert.Equal(30_000L, context.Pragma("busy_timeout"));
    }

    [Fact]
    public void Contexts_of_a_pool_are_configured_at_every_opening()
    {
        var factory = new PooledDbContextFactory<ShopContext>(
            new DbContextOptionsBuilder<ShopContext>().UseSqlite(_database.ConnectionString, sqlite => sqlite.EnableRetryOnBusy()).UseConfiguredSqlite().Options);
        for (var i = 0; i < 3; i++)
        {
            using var context = factory.CreateDbContext();
            AssertConfigured(context);
            context.Database.OpenConnection();
            context.Database.GetDbConnection().Scalar("PRAGMA busy_timeout=1");
        }
    }

    [Fact]
    public void Contexts_with_options_of_their_own_share_what_Entity_Framework_Core_keeps()
    {
        // It throws when a program makes it build its services again and again.
        for (var i = 0; i < 25; i++)
        {
            using var context = _database.Shop(TestDatabase.Retrying);
            Assert.Empty(context.Items.ToList());
        }
    }

    [Fact]
    public void Other_options_of_the_same_database_do_not_reach_the_next_context()
    {
        using (var context = _database.Shop((options, connectionString) => options.UseSqlite(connectionString).UseConfiguredSqlite(new() { CacheSize = 77 })))
        {
            Assert.Equal(77L, context.Pragma("cache_size"));
        }

        using (var context = _database.Shop(TestDatabase.Configured))
        {
            Assert.Equal(-2000L, context.Pragma("cache_size"));
        }
    }

    [Fact]
    public void Of_options_given_twice_the_later_hold()
    {
        using var context = _database.Shop((options, connectionString) =>
            options.UseSqlite(connectionString).UseConfiguredSqlite(new() { CacheSize = 77 }).UseConfiguredSqlite(new() { BusyTimeout = TimeSpan.FromSeconds(7) }));

        Assert.Equal(7_000L, context.Pragma("busy_timeout"));
        Assert.Equal(-2000L, context.Pragma("cache_size"));
    }

    [Fact]
    public void Interceptors_run_in_the_order_in_which_they_were_added()
    {
        var before = new JournalModeSeen();
        var after = new JournalModeSeen();
        using var context = _database.Shop((options, connectionString) => options.AddInterceptors(before).UseConfiguredSqlite().AddInterceptors(after).UseSqlite(connectionString));

        context.Items.ToList();

        Assert.Equal(("delete", "wal"), (before.First, after.First));
    }

    [Fact]
    public void A_transaction_that_a_statement_has_begun_does_not_reach_the_next_context()
    {
        using (var context = _database.Shop(TestDatabase.Configured))
        {
            context.Database.OpenConnection();
            context.Database.ExecuteSqlRaw("BEGIN IMMEDIATE");
            context.Add(new Item { Name = "never committed" });
            context.SaveChanges();
        }

        using (var context = _database.Shop(TestDatabase.Configured))
        {
            context.Add(new Item { Name = "committed" });
            context.SaveChanges();
        }

        Assert.Equal(1, _database.Count());
    }

    [Fact]
    public void A_connection_that_cannot_be_configured_is_closed_and_the_next_opening_tries_again()
    {
        using var context = _database.Shop(TestDatabase.Configured, ";Default Timeout=1");
        using (var reader = _database.OpenOther())
        {
            reader.Scalar("BEGIN; SELECT count(*) FROM Items");
            Assert.Equal(5, Assert.Throws<SqliteException>(() => context.Items.ToList()).SqliteErrorCode);
            Assert.Equal(System.Data.ConnectionState.Closed, context.Database.GetDbConnection().State);
        }

        Assert.Empty(context.Items.ToList());
        Assert.Equal("wal", context.Pragma("journal_mode"));
    }

    [Fact]
    public void A_database_is_made_and_deleted_as_ever()
    {
        using var context = _database.Shop(TestDatabase.Retrying);
        Assert.True(context.Database.EnsureDeleted());
        Assert.False(File.Exists(_database.Path));
        Assert.True(context.Database.EnsureCreated());
        Assert.False(context.Database.EnsureCreated());
        AssertConfigured(context);
    }

    [Fact]
    public async Task A_wait_without_end_is_still_a_wait_for_the_lock()
    {
        await using var context = _database.Shop(TestDatabase.Retrying, ";Default Timeout=0");
        Assert.Empty(await context.Items.ToListAsync());
        await using var other = _database.OpenOther();
        other.Scalar("BEGIN IMMEDIATE");
        var release = Task.Delay(100).ContinueWith(_ => other.Scalar("COMMIT"), TaskScheduler.Default);

        context.Add(new Item { Name = "item" });
        await context.SaveChangesAsync();
        await release;

        Assert.Equal(1, _database.Count());
    }

    private static void AssertConfigured(DbContext context)
    {
        Assert.Equal("wal", context.Pragma("journal_mode"));
        Assert.Equal(1L, context.Pragma("synchronous"));
        Assert.Equal(30_000L, context.Pragma("busy_timeout"));
    }

    private sealed class JournalModeSeen : DbConnectionInterceptor
    {
        public object? First { get; private set; }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => First ??= connection.Scalar("PRAGMA journal_mode");
    }
}
