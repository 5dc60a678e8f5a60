namespace SqliteAnalyzers.EntityFrameworkCore.Tests;

/// <summary>A real database file in a folder of its own, with the table of the contexts, which goes away with it.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly HashSet<string> _connectionStrings = [];

    /// <param name="journalMode">The journal mode of the file. Entity Framework Core puts the databases that it makes in WAL mode.</param>
    public TestDatabase(string journalMode = "wal")
    {
        Folder = Directory.CreateTempSubdirectory("sqlite-ef-").FullName;
        using var context = Shop(Plain);
        context.Database.EnsureCreated();
        context.Database.OpenConnection();
        context.Database.GetDbConnection().Scalar($"PRAGMA journal_mode={journalMode}");
    }

    public string Folder { get; }

    public string Path => System.IO.Path.Combine(Folder, "shop.db");

    public string ConnectionString => $"Data Source={Path}";

    /// <summary>As a program that has no package.</summary>
    public static void Plain(DbContextOptionsBuilder options, string connectionString) => options.UseSqlite(connectionString);

    public static void Configured(DbContextOptionsBuilder options, string connectionString) => options.UseSqlite(connectionString).UseConfiguredSqlite();

    public static void Retrying(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString, sqlite => sqlite.EnableRetryOnBusy()).UseConfiguredSqlite();

    /// <summary>A new context, with options of its own as a program has that configures it in OnConfiguring.</summary>
    public ShopContext Shop(Action<DbContextOptionsBuilder, string> configure, string keywords = "")
    {
        var options = new DbContextOptionsBuilder<ShopContext>();
        lock (_connectionStrings)
        {
            _connectionStrings.Add(ConnectionString + keywords);
        }

        configure(options, ConnectionString + keywords);
        return new ShopContext(options.Options);
    }

    /// <summary>A connection of somebody else.</summary>
    public SqliteConnection OpenOther()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }

    public void Fill(int count)
    {
        using var context = Shop(Plain);
        context.AddRange(Enumerable.Range(1, count).Select(number => new Item { Name = $"item {number}" }));
        context.SaveChanges();
    }

    public int Count()
    {
        using var context = Shop(Plain);
        return context.Items.Count();
    }

    public void Dispose()
    {
        foreach (var connectionString in _connectionStrings)
        {
            using var connection = new SqliteConnection(connectionString);
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
