#if NET
using System;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Hands out connections to one database, each configured the same way.
/// </summary>
/// <remarks>
/// Safe for use by several threads at once; a connection is not. Connections come from the pool of Microsoft.Data.Sqlite and are configured at
/// every opening, because a pooled connection keeps what its last user set. There is no asynchronous work to wait for: SQLite has none,
/// and <see cref="DbDataSource.OpenConnectionAsync"/> opens before it returns.
/// </remarks>
public sealed class SqliteDataSource : DbDataSource
{
    private readonly SqliteConnectionOptions _options;

    /// <summary>A data source for a database.</summary>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite.</param>
    /// <param name="options">What to set on every connection; <see cref="SqliteConnectionOptions.Default"/> if left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connectionString"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> has a keyword or a value that Microsoft.Data.Sqlite does not know.</exception>
    public SqliteDataSource(string connectionString, SqliteConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ConnectionString = new SqliteConnectionStringBuilder(connectionString).ToString();
        _options = options ?? SqliteConnectionOptions.Default;
    }

    /// <summary>The connection string.</summary>
    public override string ConnectionString { get; }

    /// <summary>A closed connection to the database, which configures itself whenever it is opened.</summary>
    public new SqliteConnection CreateConnection() => new ConfiguredConnection(ConnectionString, _options);

    /// <summary>An open and configured connection. Dispose it to give it back to the pool.</summary>
    /// <exception cref="InvalidOperationException">SQLite kept another value than the one asked for: the message names both.</exception>
    /// <exception cref="SqliteException">The database cannot be opened; or the journal mode must change and another connection is at work in the database
    /// for longer than the busy timeout (error code 5).</exception>
    public new SqliteConnection OpenConnection() => (SqliteConnection)OpenDbConnection();

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => CreateConnection();

    /// <summary>Closes the connections that wait in the pool for this connection string.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = CreateConnection();
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }

    private sealed class ConfiguredConnection(string connectionString, SqliteConnectionOptions options) : SqliteConnection(connectionString)
    {
        public override void Open()
        {
            var opensHere = State != System.Data.ConnectionState.Open;
            base.Open();
            try
            {
                if (opensHere)
                {
                    this.Configure(options);
                }
            }
            catch
            {
                Close();
                throw;
            }
        }
    }
}
#endif
