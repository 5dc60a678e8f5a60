using System.ComponentModel.DataAnnotations;

namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Item> Items => Set<Item>();
}

[Index(nameof(Name), IsUnique = true)]
internal sealed class Item
{
    public int Id { get; set; }

    [MaxLength(100)]
    public required string Name { get; set; }

    public int Stock { get; set; }
}
