using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>Migrations run with configured connections and the strategy.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sqlite-ef-").FullName;

    private string ConnectionString => $"Data Source={Path.Combine(_folder, "migrated.db")}";

    public void Dispose()
    {
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_database_is_migrated_and_migrated_again()
    {
        for (var i = 0; i < 2; i++)
        {
            var options = new DbContextOptionsBuilder<MigratedContext>();
            TestDatabase.Retrying(options, ConnectionString);
            await using var context = new MigratedContext(options.Options);
            context.Database.Migrate();
            await context.Database.MigrateAsync();
            Assert.Equal("wal", context.Pragma("journal_mode"));
            Assert.Equal(["20260101000000_Initial"], await context.Database.GetAppliedMigrationsAsync());
            await context.Database.ExecuteSqlRawAsync("INSERT INTO Item DEFAULT VALUES");
        }
    }
}

/// <summary>Has no entities: what is under test is how its migration runs.</summary>
internal sealed class MigratedContext(DbContextOptions<MigratedContext> options) : DbContext(options);

[DbContext(typeof(MigratedContext))]
[Migration("20260101000000_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE Item (Id INTEGER PRIMARY KEY)");
        migrationBuilder.Sql("PRAGMA foreign_keys = OFF", suppressTransaction: true);
    }
}
