namespace SqliteAnalyzers.Runtime.Tests;

/// <summary>A real database file in a folder of its own, which goes away with it.</summary>
internal sealed class TestDatabase : IDisposable
{
    public TestDatabase() => Folder = Directory.CreateTempSubdirectory("sqlite-runtime-").FullName;

    public string Folder { get; }

    public string Path => System.IO.Path.Combine(Folder, "test.db");

    /// <summary>Of a connection that keeps its file open only while it is open.</summary>
    public string Unpooled => $"Data Source={Path};Pooling=False";

    public string Pooled => $"Data Source={Path}";

    /// <summary>An unpooled connection, open but not configured.</summary>
    public SqliteConnection Open(string extra = "")
    {
        var connection = new SqliteConnection(Unpooled + extra);
        connection.Open();
        return connection;
    }

    /// <summary>An unpooled connection in WAL mode.</summary>
    public SqliteConnection OpenConfigured(SqliteConnectionOptions? options = null)
    {
        var connection = new SqliteConnection(Unpooled);
        connection.OpenConfigured(options);
        return connection;
    }

    public void Dispose()
    {
        using (var connection = new SqliteConnection(Pooled))
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
