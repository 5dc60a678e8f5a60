#if NET
using System;
using System.Data.Common;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Hands out connections to one database, each configured the same way.
/// </summary>
/// <remarks>
/// Safe for use by several threads at once; a connection is not. Connections come from the pool of Microsoft.Data.Sqlite and are configured at
/// every opening, because a pooled connection keeps what its last user set. A transaction that a BEGIN or SAVEPOINT statement has opened and nobody has
/// ended is rolled back when the connection is closed or comes from the pool, with a warning to <see cref="System.Diagnostics.Trace"/>: the pool would hand
/// it on. There is no asynchronous work to wait for: SQLite has none, and <see cref="DbDataSource.OpenConnectionAsync"/> opens before it returns.
/// </remarks>
public sealed class ConfiguredSqliteDataSource : DbDataSource
{
    private readonly string _connectionString;
    private readonly bool _isPooled;
    private readonly ConnectionConfiguration _configuration;
    private readonly Action<SqliteConnection>? _prepareConnection;
    private volatile bool _disposed;

    /// <summary>A data source for a database.</summary>
    /// <param name="connectionString">The connection string of Microsoft.Data.Sqlite.</param>
    /// <param name="options">What to set on every connection; <see cref="SqliteConnectionOptions.Default"/> if left out.</param>
    /// <param name="prepareConnection">What to do with every connection that is opened, before the options are set: a key (<c>PRAGMA key</c>), functions,
    /// collations, extensions, ATTACH, and for a new database <c>page_size</c> and <c>auto_vacuum</c>. It runs at every opening, also of a connection from the
    /// pool, and finds no attached databases. If it throws, the connection is closed again.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connectionString"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> has a keyword or a value that Microsoft.Data.Sqlite does not know.</exception>
    public ConfiguredSqliteDataSource(string connectionString, SqliteConnectionOptions? options = null, Action<SqliteConnection>? prepareConnection = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var builder = new SqliteConnectionStringBuilder(connectionString);
        _connectionString = builder.ToString();
        _isPooled = builder.Pooling;
        builder.Remove("Password");
        ConnectionString = builder.ToString();
        _configuration = ConnectionConfiguration.Of(options);
        _prepareConnection = prepareConnection;
    }

    /// <summary>The connection string, without the password.</summary>
    public override string ConnectionString { get; }

    /// <summary>A closed connection to the database, which configures itself whenever it is opened.</summary>
    /// <exception cref="ObjectDisposedException">The data source is disposed. Its connections then open no more.</exception>
    public new SqliteConnection CreateConnection()
    {
        ThrowIfDisposed();
        return new ConfiguredConnection(_connectionString, _isPooled, this);
    }

    /// <summary>An open and configured connection. Dispose it to give it back to the pool.</summary>
    /// <exception cref="ObjectDisposedException">The data source is disposed.</exception>
    /// <exception cref="InvalidOperationException">SQLite kept another value than the one asked for: the message names both.</exception>
    /// <exception cref="SqliteException">The database cannot be opened; or the journal mode must change and another connection is at work in the database
    /// for longer than the busy timeout (error code 5).</exception>
    public new SqliteConnection OpenConnection() => (SqliteConnection)OpenDbConnection();

    /// <summary>An open and configured connection that does not come from the pool, nor go to it.</summary>
    internal SqliteConnection OpenUnpooled()
    {
        ThrowIfDisposed();
        var connection = new ConfiguredConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString(), isPooled: false, this);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    internal void Configure(SqliteConnection connection)
    {
        var handle = NativeConnection.OpenHandle(connection, "Configuring");
        PooledConnection.RollBack(connection, handle);
        _configuration.PutBackTheRest(handle);
        if (_prepareConnection is null)
        {
            SqliteConnectionExtensions.Configure(connection, _configuration, mayDropTemporaryTables: true);
            return;
        }

        PooledConnection.Detach(handle);
        _prepareConnection(connection);
        SqliteConnectionExtensions.Configure(connection, _configuration, mayDropTemporaryTables: false);
    }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => CreateConnection();

    /// <summary>Closes the connections that wait in the pool for this connection string. Those in use are closed when they are given back.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            using var connection = new SqliteConnection(_connectionString);
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc cref="Dispose(bool)"/>
    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        return default;
    }
}
#endif
