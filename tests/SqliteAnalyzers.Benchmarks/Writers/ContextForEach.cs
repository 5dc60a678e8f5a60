using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SqliteAnalyzers.Runtime;

namespace SqliteAnalyzers.Benchmarks.Writers;

/// <summary>Each unit has a context, as a web request has, with a connection from the pool.</summary>
internal sealed class ContextForEach : Writing
{
    private readonly DbContextOptions<Context> _options;

    public ContextForEach(SharedDatabase database) =>
        _options = new DbContextOptionsBuilder<Context>().UseSqlite(database.ConnectionString).AddInterceptors(new Configuring(database.Options)).Options;

    public override Func<long, Task> NewProducer() => key =>
    {
        using var context = new Context(_options);
        context.Orders.Add(new Order { Id = key, Text = SharedDatabase.Text });
        context.SaveChanges();
        return Task.CompletedTask;
    };

    public override void Dispose() => SqliteConnection.ClearAllPools();

    private sealed class Order
    {
        public long Id { get; set; }

        public required string Text { get; set; }
    }

    private sealed class Context(DbContextOptions<Context> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
            order.Property(o => o.Text).HasColumnName("text");
        });
    }

    private sealed class Configuring(SqliteConnectionOptions options) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData) =>
            ((SqliteConnection)connection).Configure(options);
    }
}
