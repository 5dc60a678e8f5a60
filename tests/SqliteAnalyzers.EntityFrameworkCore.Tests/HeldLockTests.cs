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

    [Fact]
    public async Task A_commit_that_a_reader_keeps_from_the_file_is_done_again()
    {
        using var database = new TestDatabase("delete");
        database.Fill(1);
        await using var reader = database.OpenOther();
        await using var context = database.Shop((options, connectionString) => options
            .UseSqlite(connectionString, sqlite => sqlite.EnableRetryOnBusy())
            .UseConfiguredSqlite(new() { JournalMode = SqliteJournalMode.Delete, BusyTimeout = TimeSpan.Zero }));
        reader.Scalar("BEGIN; SELECT * FROM Items");
        var release = Task.Delay(200).ContinueWith(_ => reader.Scalar("COMMIT"), TaskScheduler.Default);

        // The row is there and has its key when the commit fails.
        var item = new Item { Name = "one" };
        context.Add(item);
        await context.SaveChangesAsync();
        await release;

        Assert.Equal(2, item.Id);
        Assert.Equal(2, database.Count());
    }
}
