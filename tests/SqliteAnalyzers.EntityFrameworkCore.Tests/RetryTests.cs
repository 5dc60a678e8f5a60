using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>What is done again, and what is not.</summary>
public sealed class RetryTests : IDisposable
{
    private const int Busy = 5;
    private const int BusySnapshot = 517;
    private const int LockedSharedCache = 262;

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(Busy, Busy)]
    [InlineData(Busy, BusySnapshot)]
    [InlineData(6, LockedSharedCache)]
    public async Task A_save_is_done_again_as_a_whole(int code, int extendedCode)
    {
        var obstacle = new Obstacle(code, extendedCode, times: 2, onCommand: 3);
        await using var context = Shop(obstacle);
        context.AddRange(new Item { Name = "one" }, new Item { Name = "two" });
        await context.SaveChangesAsync();
        context.AddRange(new Item { Name = "three" }, new Item { Name = "four" });
        Assert.Equal(2, context.SaveChanges());

        Assert.Equal([1, 2, 3, 4], context.Items.Select(item => item.Id).OrderBy(id => id));
        Assert.Equal(["four", "one", "three", "two"], context.ChangeTracker.Entries<Item>().Select(entry => entry.Entity.Name).Order());
        Assert.All(context.ChangeTracker.Entries(), entry => Assert.Equal(EntityState.Unchanged, entry.State));
        Assert.Equal(0, obstacle.Left);
    }

    [Fact]
    public void A_query_is_done_again()
    {
        _database.Fill(3);
        var obstacle = new Obstacle(Busy, Busy, times: 2, onCommand: 1, "SELECT");
        using var context = Shop(obstacle);

        Assert.Equal(3, context.Items.ToList().Count);
        Assert.Equal(0, obstacle.Left);
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(8, 8)]
    [InlineData(13, 13)]
    [InlineData(1, 1)]
    public void What_no_repetition_cures_is_not_done_again(int code, int extendedCode)
    {
        var obstacle = new Obstacle(code, extendedCode, times: 2, onCommand: 1);
        using var context = Shop(obstacle);
        context.Add(new Item { Name = "one" });

        Assert.Equal(code, Assert.IsType<SqliteException>(Assert.Throws<DbUpdateException>(() => context.SaveChanges()).InnerException).SqliteErrorCode);
        Assert.Equal(1, obstacle.Left);
    }

    [Fact]
    public void A_constraint_that_fails_is_not_done_again()
    {
        _database.Fill(1);
        var seen = new Obstacle(0, 0, times: 0, onCommand: 1);
        using var context = Shop(seen);
        context.Add(new Item { Name = "item 1" });

        Assert.Equal(19, Assert.IsType<SqliteException>(Assert.Throws<DbUpdateException>(() => context.SaveChanges()).InnerException).SqliteErrorCode);
        Assert.Equal(1, seen.Commands);
    }

    [Fact]
    public void What_is_committed_is_not_done_again_because_its_connection_cannot_be_closed()
    {
        using var context = _database.Shop((options, connectionString) =>
            options.UseSqlite(connectionString, sqlite => sqlite.EnableRetryOnBusy()).UseConfiguredSqlite().AddInterceptors(new UnfinishedStatement()));
        context.Add(new Item { Name = "one" });

        Assert.Throws<SqliteException>(() => context.SaveChanges());
        Assert.Equal(1, _database.Count());
    }

    [Fact]
    public void When_the_time_is_over_it_says_how_often_it_tried_and_what_it_met()
    {
        using var context = Shop(new Obstacle(Busy, Busy, times: int.MaxValue, onCommand: 1), TimeSpan.FromMilliseconds(100));
        context.Add(new Item { Name = "one" });

        var exception = Assert.Throws<RetryLimitExceededException>(() => context.SaveChanges());

        Assert.Equal(Busy, Assert.IsType<SqliteException>(Assert.IsType<DbUpdateException>(exception.InnerException).InnerException).SqliteErrorCode);
        Assert.Matches("for [0-9]+ ms and [0-9]+ attempts", exception.Message);
        Assert.Equal(EntityState.Added, context.ChangeTracker.Entries().Single().State);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await using var context = Shop(new Obstacle(Busy, Busy, times: int.MaxValue, onCommand: 1));
        context.Add(new Item { Name = "one" });
        using var cancellation = new CancellationTokenSource(100);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => context.SaveChangesAsync(cancellation.Token));
        Assert.Equal(0, _database.Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2_147_483_648)]
    public void A_time_that_cannot_be_waited_for_is_refused_when_it_is_said(double milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            "timeout",
            () => new DbContextOptionsBuilder().UseSqlite("Data Source=unused.db", sqlite => sqlite.EnableRetryOnBusy(TimeSpan.FromMilliseconds(milliseconds))));

    [Fact]
    public void A_transaction_of_the_program_must_be_begun_in_the_strategy()
    {
        using var context = Shop(new Obstacle(Busy, Busy, times: 0, onCommand: 1));
        using var transaction = context.Database.BeginTransaction();
        context.Add(new Item { Name = "one" });

        Assert.Contains("user-initiated transactions", Assert.Throws<InvalidOperationException>(() => context.SaveChanges()).Message);
    }

    [Fact]
    public void A_transaction_that_is_begun_in_the_strategy_is_done_again_as_a_whole()
    {
        var obstacle = new Obstacle(Busy, BusySnapshot, times: 2, onCommand: 2);
        using var context = Shop(obstacle);
        var attempts = 0;

        context.Database.CreateExecutionStrategy().Execute(() =>
        {
            attempts++;

            // Left open by an attempt that fails: the strategy rolls it back.
            var transaction = context.Database.BeginTransaction();
            context.ChangeTracker.Clear();
            context.Add(new Item { Name = "one" });
            context.SaveChanges();
            context.Add(new Item { Name = "two" });
            context.SaveChanges();
            transaction.Commit();
            transaction.Dispose();
        });

        Assert.Equal(3, attempts);
        Assert.Equal(2, _database.Count());
    }

    [Fact]
    public void An_exception_of_the_program_ends_the_strategy_which_can_be_used_again()
    {
        using var context = Shop(new Obstacle(Busy, Busy, times: 0, onCommand: 1));
        var strategy = context.Database.CreateExecutionStrategy();
        var attempts = 0;
        Assert.Throws<FormatException>(() => strategy.Execute(() =>
        {
            attempts++;
            using var transaction = context.Database.BeginTransaction();
            context.Add(new Item { Name = "one" });
            context.SaveChanges();
            throw new FormatException();
        }));
        Assert.Equal(1, attempts);
        Assert.Equal(0, _database.Count());

        context.ChangeTracker.Clear();
        strategy.Execute(() =>
        {
            using var transaction = context.Database.BeginTransaction();
            context.Add(new Item { Name = "one" });
            context.SaveChanges();
            transaction.Commit();
        });
        Assert.Equal(1, _database.Count());
    }

    [Fact]
    public void What_no_strategy_is_given_is_done_again_only_where_the_program_hands_it_to_one()
    {
        var obstacle = new Obstacle(Busy, Busy, times: 2, onCommand: 1);
        using var context = Shop(obstacle);
        const string insert = "INSERT INTO Items (Name, Stock) VALUES ('one', 1)";

        Assert.Equal(Busy, Assert.Throws<SqliteException>(() => context.Database.ExecuteSqlRaw(insert)).SqliteErrorCode);
        Assert.Equal(1, obstacle.Left);
        context.Database.CreateExecutionStrategy().Execute(() => context.Database.ExecuteSqlRaw(insert));
        Assert.Equal(0, obstacle.Left);
        Assert.Equal(1, _database.Count());
    }

    [Fact]
    public void Migrate_is_done_again_only_where_the_program_hands_it_to_a_strategy()
    {
        using var other = _database.OpenOther();
        other.Scalar("BEGIN IMMEDIATE");
        using var context = _database.Shop((options, connectionString) => options.UseSqlite(connectionString, sqlite => sqlite.EnableRetryOnBusy()).UseConfiguredSqlite(), ";Default Timeout=1");
        Assert.Throws<SqliteException>(context.Database.Migrate);

        var attempts = 0;
        context.Database.CreateExecutionStrategy().Execute(() =>
        {
            if (++attempts == 2)
            {
                other.Scalar("ROLLBACK");
            }

            context.Database.Migrate();
        });
        Assert.Equal(2, attempts);
    }

    private ShopContext Shop(Obstacle obstacle, TimeSpan? timeout = null) => _database.Shop((options, connectionString) =>
        options.UseSqlite(connectionString, sqlite => sqlite.EnableRetryOnBusy(timeout)).UseConfiguredSqlite().AddInterceptors(obstacle));

    /// <summary>Fails some commands, as SQLite would.</summary>
    private sealed class Obstacle(int code, int extendedCode, int times, int onCommand, string verb = "INSERT") : DbCommandInterceptor
    {
        public int Left { get; private set; } = times;

        public int Commands { get; private set; }

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
        {
            Refuse(command);
            return result;
        }

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Refuse(command);
            return result;
        }

        private void Refuse(DbCommand command)
        {
            if (command.CommandText.Contains(verb, StringComparison.Ordinal) && ++Commands >= onCommand && Left > 0)
            {
                Left--;
                throw new SqliteException($"SQLite Error {code}: 'database is locked'.", code, extendedCode);
            }
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            new(ReaderExecuting(command, eventData, result));
    }

    /// <summary>Says on closing what Microsoft.Data.Sqlite says when a statement is not finished.</summary>
    private sealed class UnfinishedStatement : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            throw new SqliteException("SQLite Error 5: 'unable to delete/modify user-function due to active statements'.", Busy, Busy);
    }
}
