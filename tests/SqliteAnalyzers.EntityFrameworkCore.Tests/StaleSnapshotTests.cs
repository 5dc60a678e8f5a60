using System.Data;

namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>SQLITE_BUSY_SNAPSHOT: a connection reads, somebody else commits, and it writes.</summary>
public sealed class StaleSnapshotTests : IDisposable
{
    private const int BusySnapshot = 517;

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void A_stale_snapshot_is_read_again()
    {
        _database.Fill(1);
        using var context = _database.Shop(TestDatabase.Retrying, ";Default Timeout=1");
        var attempts = 0;

        context.Database.CreateExecutionStrategy().Execute(() =>
        {
            context.ChangeTracker.Clear();
            using var transaction = context.Database.BeginTransaction(IsolationLevel.ReadUncommitted);
            var item = context.Items.Single();
            if (attempts++ == 0)
            {
                using var other = _database.OpenOther();
                other.Scalar("UPDATE Items SET Stock = 10");
            }

            item.Stock++;
            context.SaveChanges();
            transaction.Commit();
        });

        Assert.Equal(2, attempts);
        using var reader = _database.OpenOther();
        Assert.Equal(11L, reader.Scalar("SELECT Stock FROM Items"));
    }

    [Fact]
    public async Task Saving_while_the_results_of_a_query_are_gone_through_meets_no_stale_snapshot()
    {
        _database.Fill(20);
        await using var context = _database.Shop(TestDatabase.Retrying, ";Default Timeout=1");
        await foreach (var item in context.Items.AsAsyncEnumerable())
        {
            await using (var other = _database.OpenOther())
            {
                other.Scalar("UPDATE Items SET Stock = Stock + 1");
            }

            item.Name += " seen";
            await context.SaveChangesAsync();
        }

        Assert.Equal(20, await context.Items.CountAsync(item => item.Name.EndsWith(" seen") && item.Stock == 20));
    }

    [Fact]
    public void Without_the_strategy_it_meets_one()
    {
        _database.Fill(2);
        using var context = _database.Shop(TestDatabase.Configured, ";Default Timeout=1");
        var exception = Assert.Throws<DbUpdateException>(() =>
        {
            foreach (var item in context.Items)
            {
                using (var other = _database.OpenOther())
                {
                    other.Scalar("UPDATE Items SET Stock = Stock + 1");
                }

                item.Name += " seen";
                context.SaveChanges();
            }
        });

        Assert.Equal(BusySnapshot, Assert.IsType<SqliteException>(exception.InnerException).SqliteExtendedErrorCode);
    }
}
