using Microsoft.EntityFrameworkCore;
using SqliteAnalyzers.Benchmarks.Bulk;

namespace SqliteAnalyzers.Benchmarks.Contenders;

internal sealed class EntityFrameworkCore(string path) : MicrosoftDataSqliteContender(path)
{
    public override void Insert(Measurement[] rows, int batchSize)
    {
        using var context = new Context(Connection);
        foreach (var batch in Batches(rows, batchSize))
        {
            context.AddRange(batch);
            context.SaveChanges();
            context.ChangeTracker.Clear();
        }
    }

    private sealed class Context(Microsoft.Data.Sqlite.SqliteConnection connection) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder builder) => builder.UseSqlite(connection);

        protected override void OnModelCreating(ModelBuilder builder) =>
            builder.Entity<Measurement>().ToTable(MeasurementTable.Name).Property(m => m.Id).ValueGeneratedNever();
    }
}
