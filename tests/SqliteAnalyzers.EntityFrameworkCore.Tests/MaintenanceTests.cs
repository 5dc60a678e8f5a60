namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>Checkpoints and copies from a context.</summary>
public sealed class MaintenanceTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_checkpoint_moves_what_is_saved(bool isOpen)
    {
        await using var context = _database.Shop(TestDatabase.Retrying);
        if (isOpen)
        {
            await context.Database.OpenConnectionAsync();
        }

        context.Add(new Item { Name = "one" });
        await context.SaveChangesAsync();
        var result = context.Database.Checkpoint();
        Assert.True(result is { IsComplete: true, LogFrames: > 0 });

        Assert.True((await context.Database.CheckpointAsync(SqliteCheckpointMode.Truncate)).IsComplete);
        Assert.Equal(0, new FileInfo(_database.Path + "-wal").Length);
        Assert.Equal(isOpen, context.Database.GetDbConnection().State == System.Data.ConnectionState.Open);
    }

    [Fact]
    public async Task A_checkpoint_that_others_are_in_the_way_of_throws_or_says_so()
    {
        _database.Fill(1);
        using var reader = _database.OpenOther();
        reader.Scalar("BEGIN; SELECT * FROM Items");
        await using var context = _database.Shop(TestDatabase.Configured);
        context.Add(new Item { Name = "one" });
        await context.SaveChangesAsync();

        Assert.False(context.Database.TryCheckpoint(timeout: TimeSpan.Zero).IsComplete);
        Assert.False((await context.Database.TryCheckpointAsync(timeout: TimeSpan.Zero)).IsComplete);
        Assert.Equal(5, Assert.Throws<SqliteException>(() => context.Database.Checkpoint(timeout: TimeSpan.Zero)).SqliteErrorCode);
        Assert.Equal(5, (await Assert.ThrowsAsync<SqliteException>(() => context.Database.CheckpointAsync(timeout: TimeSpan.Zero))).SqliteErrorCode);
        Assert.Equal(System.Data.ConnectionState.Closed, context.Database.GetDbConnection().State);
    }

    [Fact]
    public void A_checkpoint_in_a_transaction_of_the_context_says_what_is_wrong()
    {
        using var context = _database.Shop(TestDatabase.Configured);
        using var transaction = context.Database.BeginTransaction();
        context.Add(new Item { Name = "one" });
        context.SaveChanges();

        Assert.Contains("transaction is open", Assert.Throws<SqliteException>(() => context.Database.Checkpoint()).Message);
        Assert.Throws<InvalidOperationException>(() => context.Database.BackupTo(Copy));
        transaction.Commit();
        Assert.True(context.Database.Checkpoint().IsComplete);
    }

    [Fact]
    public async Task What_is_backed_up_is_restored()
    {
        _database.Fill(3);
        await using var context = _database.Shop(TestDatabase.Retrying);
        context.Database.BackupTo(Copy);
        Assert.Throws<IOException>(() => context.Database.BackupTo(Copy));
        await context.Database.BackupToAsync(Copy, overwrite: true);

        await context.Items.ExecuteDeleteAsync();
        context.Database.RestoreFrom(Copy);
        Assert.Equal(3, await context.Items.CountAsync());

        await context.Items.ExecuteDeleteAsync();
        await context.Database.RestoreFromAsync(Copy);
        Assert.Equal(3, await context.Items.CountAsync());
    }

    [Fact]
    public async Task What_is_cancelled_before_it_begins_is_not_begun()
    {
        await using var context = _database.Shop(TestDatabase.Configured);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => context.Database.CheckpointAsync(cancellationToken: cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => context.Database.BackupToAsync(Copy, cancellationToken: cancellation.Token));
        Assert.False(File.Exists(Copy));
        Assert.Equal(System.Data.ConnectionState.Closed, context.Database.GetDbConnection().State);
    }

    [Fact]
    public async Task A_checkpoint_that_has_begun_to_wait_is_not_cancelled()
    {
        _database.Fill(1);
        using var reader = _database.OpenOther();
        reader.Scalar("BEGIN; SELECT * FROM Items");
        await using var context = _database.Shop(TestDatabase.Configured);
        context.Add(new Item { Name = "one" });
        await context.SaveChangesAsync();
        using var cancellation = new CancellationTokenSource();

        var checkpoint = context.Database.CheckpointAsync(timeout: TimeSpan.FromMilliseconds(500), cancellationToken: cancellation.Token);
        await Task.Delay(100);
        cancellation.Cancel();

        Assert.Equal(5, (await Assert.ThrowsAsync<SqliteException>(() => checkpoint)).SqliteErrorCode);
    }

    [Fact]
    public void A_database_that_is_not_there_is_backed_up_as_an_empty_one()
    {
        using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite($"Data Source={Path.Combine(_database.Folder, "missing.db")};Pooling=False").Options);

        context.Database.BackupTo(Copy);

        Assert.True(File.Exists(Copy));
    }

    private string Copy => Path.Combine(_database.Folder, "copy.db");
}
