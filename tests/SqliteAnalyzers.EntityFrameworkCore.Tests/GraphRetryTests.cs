using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>
/// Entities that belong together, saved again after some of them had been inserted: the keys that the failed attempt was given are void.
/// </summary>
public sealed class GraphRetryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sqlite-ef-graph-").FullName;

    public GraphRetryTests()
    {
        using var context = Open(new Obstacle(times: 0));
        context.Database.EnsureCreated();
    }

    public void Dispose()
    {
        using (var context = Open(new Obstacle(times: 0)))
        {
            SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("INSERT INTO \"Line\"", true)]
    [InlineData("COMMIT", true)]
    [InlineData("INSERT INTO \"Line\"", false)]
    [InlineData("COMMIT", false)]
    public async Task An_order_with_lines_and_an_address_is_saved_once(string refused, bool isAsync)
    {
        var obstacle = new Obstacle(times: 2) { Refused = refused };
        await using (var context = Open(obstacle))
        {
            context.Add(new Order { Lines = { new Line(), new Line() }, Address = new Address { City = "Bern" } });
            context.Add(new Order { Lines = { new Line() }, Address = new Address { City = "Uri" } });
            Assert.Equal(5, isAsync ? await context.SaveChangesAsync() : context.SaveChanges());
            Assert.Equal(0, obstacle.Left);
            Assert.All(context.ChangeTracker.Entries(), entry => Assert.Equal(EntityState.Unchanged, entry.State));
        }

        await using (var context = Open(new Obstacle(times: 0)))
        {
            var orders = await context.Set<Order>().Include(order => order.Lines).OrderBy(order => order.Id).ToListAsync();
            Assert.Equal([("Bern", 2), ("Uri", 1)], orders.Select(order => (order.Address.City, order.Lines.Count)));
        }
    }

    [Fact]
    public void Nothing_is_detected_that_the_program_wants_to_detect_itself()
    {
        var obstacle = new Obstacle(times: 2) { Refused = "COMMIT" };
        using var context = Open(obstacle);
        context.Add(new Order { Address = new Address { City = "Bern" } });
        context.SaveChanges();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.Set<Order>().Single().Address.City = "Uri";

        context.Add(new Tag());
        Assert.Equal(1, context.SaveChanges());

        using var other = Open(new Obstacle(times: 0));
        Assert.Equal("Bern", other.Set<Order>().Single().Address.City);
    }

    private OrderContext Open(Obstacle obstacle) => new(new DbContextOptionsBuilder<OrderContext>()
        .UseSqlite($"Data Source={Path.Combine(_folder, "orders.db")}", sqlite => sqlite.EnableRetryOnBusy()).UseConfiguredSqlite().AddInterceptors(obstacle).Options);

    private sealed class OrderContext(DbContextOptions<OrderContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Order>().OwnsOne(order => order.Address);
            modelBuilder.Entity<Tag>();
        }
    }

    private sealed class Order
    {
        public int Id { get; set; }

        public List<Line> Lines { get; } = [];

        public required Address Address { get; set; }
    }

    private sealed class Line
    {
        public int Id { get; set; }

        public int OrderId { get; set; }
    }

    private sealed class Address
    {
        public required string City { get; set; }
    }

    private sealed class Tag
    {
        public int Id { get; set; }
    }

    /// <summary>Refuses what is named so often, as SQLite does where somebody else reads or writes.</summary>
    private sealed class Obstacle(int times) : DbCommandInterceptor, IDbTransactionInterceptor
    {
        public string Refused { get; init; } = "";

        public int Left { get; private set; } = times;

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Refuse(command.CommandText);
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            new(ReaderExecuting(command, eventData, result));

        public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
        {
            Refuse("COMMIT");
            return result;
        }

        public ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(TransactionCommitting(transaction, eventData, result));

        private void Refuse(string what)
        {
            if (Left > 0 && what.Contains(Refused, StringComparison.Ordinal))
            {
                Left--;
                throw new SqliteException("SQLite Error 5: 'database is locked'.", 5, 5);
            }
        }
    }
}
