namespace SqliteAnalyzers.Hosting.Tests;

/// <summary>A folder with a database file that has a table, which goes away with it.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sqlite-hosting-").FullName;

    public TestDatabase(bool withTable = true)
    {
        if (withTable)
        {
            using var connection = OpenOther();
            connection.Execute("CREATE TABLE item (id INTEGER PRIMARY KEY, content BLOB)");
        }
    }

    public string Path => System.IO.Path.Combine(_folder, "shop.db");

    public string ConnectionString => $"Data Source={Path}";

    /// <summary>The length of the -wal file; -1 if there is none.</summary>
    public long WalLength => new FileInfo(Path + "-wal") is { Exists: true } wal ? wal.Length : -1;

    /// <summary>How many rows somebody sees who has only the database file.</summary>
    public long CountWithoutWal()
    {
        // A copy would drop this process's locks on it.
        using var connection = new SqliteConnection($"Data Source=file:{Path}?immutable=1;Mode=ReadOnly;Pooling=False");
        connection.Open();
        return (long)connection.Scalar("SELECT count(*) FROM item")!;
    }

    public long Count()
    {
        using var connection = OpenOther();
        return (long)connection.Scalar("SELECT count(*) FROM item")!;
    }

    /// <summary>A connection of somebody else.</summary>
    public SqliteConnection OpenOther()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False");
        connection.OpenConfigured();
        return connection;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
