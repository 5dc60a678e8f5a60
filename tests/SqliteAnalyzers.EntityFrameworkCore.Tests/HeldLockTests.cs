namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>What really holds a lock for longer than one attempt.</summary>
public sealed class HeldLockTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(";Mode=Memory;Cache=Shared")]
    public async Task The_lock_of_somebody_else_is_outlasted(string keywords)
    {
        var connectionString = _database.ConnectionString + keywords + ";Default Timeout=1";
        await using var other = new SqliteConnection(connectionString);
        await other.OpenAsync();
        var options = new DbContextOptionsBuilder<ShopContext>().UseSqlite(connectionString, sqlite => sqlite.EnableRetryOnBusy()).UseConfiguredSqlite().Options;
        await using var context = new ShopContext(options);
        await context.Database.EnsureCreatedAsync();
        other.Scalar("BEGIN IMMEDIATE; INSERT INTO Items (Name, Stock) VALUES ('other', 0)");

        // Longer than one attempt.
        var release = Task.Delay(1_400).ContinueWith(_ => other.Scalar("COMMIT"), TaskScheduler.Default);
        context.Add(new Item { Name = "one" });
        await context.SaveChangesAsync();
        await release;

        Assert.Equal(2, await context.Items.CountAsync());
    }
}
