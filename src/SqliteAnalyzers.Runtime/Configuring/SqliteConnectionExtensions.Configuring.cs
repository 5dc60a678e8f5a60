using System;
using System.Data;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>Configuring, checkpointing and copying, as extensions of <see cref="SqliteConnection"/>.</summary>
public static partial class SqliteConnectionExtensions
{
    /// <summary>
    /// Opens the connection and configures it.
    /// </summary>
    /// <remarks>
    /// A connection that is open already stays open and is configured. If configuring fails, a connection opened here is closed again.
    /// What the last user of a pooled connection left is put in order first: an open transaction is rolled back, with a warning to
    /// <see cref="System.Diagnostics.Trace"/>, and what an earlier <see cref="OpenConfigured"/> or <see cref="Configure(SqliteConnection, SqliteConnectionOptions?)"/> set
    /// and <paramref name="options"/> leave alone gets the value that it had before.
    /// </remarks>
    /// <param name="connection">The connection.</param>
    /// <param name="options">What to set; <see cref="SqliteConnectionOptions.Default"/> if left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The connection was open already and a transaction is open on it, or temporary tables that a change of
    /// <see cref="SqliteConnectionOptions.TempStore"/> would drop; or SQLite kept another value than the one asked for: the message names both.</exception>
    /// <exception cref="SqliteException">The database cannot be opened; or the journal mode must change and another connection is at work in the database
    /// for longer than the busy timeout (error code 5).</exception>
    public static void OpenConfigured(this SqliteConnection connection, SqliteConnectionOptions? options = null)
    {
        if (connection is null)
        {
            throw new ArgumentNullException(nameof(connection));
        }

        var configuration = ConnectionConfiguration.Of(options);
        if (connection.State == ConnectionState.Open)
        {
            Configure(connection, configuration, mayDropTemporaryTables: false);
            return;
        }

        connection.Open();
        ConfigureOrClose(connection, configuration, nameof(OpenConfigured));
    }

    /// <summary>
    /// Does what <see cref="OpenConfigured"/> does after opening, for a connection that somebody else has opened and nobody has used since: an object-relational
    /// mapper that says when it has opened one.
    /// </summary>
    /// <remarks>
    /// Not for a connection in use: a transaction that a statement has opened is rolled back as one that the last user of the pool has left, with a warning to
    /// <see cref="System.Diagnostics.Trace"/>. If configuring fails, the connection is closed.
    /// Source: <see href="https://sqlite.org/pragma.html"/>.
    /// </remarks>
    /// <param name="connection">The connection, just opened.</param>
    /// <param name="options">What to set; <see cref="SqliteConnectionOptions.Default"/> if left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed; or SQLite kept another value than the one asked for: the message names both.</exception>
    /// <exception cref="SqliteException">The journal mode must change and another connection is at work in the database for longer than the busy timeout
    /// (error code 5), or SQLite reports another error.</exception>
    public static void ConfigureOpened(this SqliteConnection connection, SqliteConnectionOptions? options = null) =>
        ConfigureOrClose(connection, ConnectionConfiguration.Of(options), nameof(ConfigureOpened));

    /// <summary>
    /// Configures an open connection: sets what the options name, reads it back, and throws if SQLite did not take it.
    /// </summary>
    /// <remarks>
    /// Can be repeated at will: on a native connection that has been configured with the same options it costs a few microseconds.
    /// On a memory database the journal mode, the sizes of journal and memory mapping and automatic checkpoints are left out,
    /// on a read-only one the journal mode is. Attached databases keep their journal mode.
    /// Source: <see href="https://sqlite.org/pragma.html"/>.
    /// </remarks>
    /// <param name="connection">The connection.</param>
    /// <param name="options">What to set; <see cref="SqliteConnectionOptions.Default"/> if left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed; a transaction is open, in which SQLite refuses some pragmas and ignores others;
    /// a change of <see cref="SqliteConnectionOptions.TempStore"/> would drop temporary tables; or SQLite kept another value than the one asked for: the message
    /// names both.</exception>
    /// <exception cref="SqliteException">The journal mode must change and another connection is at work in the database for longer than the busy timeout
    /// (error code 5), or SQLite reports another error.</exception>
    public static void Configure(this SqliteConnection connection, SqliteConnectionOptions? options = null) =>
        Configure(connection, ConnectionConfiguration.Of(options), mayDropTemporaryTables: false);

    /// <summary>As <see cref="Configure(SqliteConnection, SqliteConnectionOptions?)"/>.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="configuration">What to set.</param>
    /// <param name="mayDropTemporaryTables">Whether temporary tables can only be left over from the last user of the pool.</param>
    internal static void Configure(SqliteConnection connection, ConnectionConfiguration configuration, bool mayDropTemporaryTables)
    {
        var handle = NativeConnection.OpenHandle(connection, nameof(Configure));
        if (NativeConnection.IsInTransaction(handle))
        {
            throw new InvalidOperationException(
                "Configure was called while a transaction is open: SQLite then refuses journal_mode and synchronous and ignores foreign_keys. Configure right after Open, or commit first.");
        }

        configuration.ApplyTo(connection, handle, mayDropTemporaryTables);
    }

    private static void ConfigureOrClose(SqliteConnection connection, ConnectionConfiguration configuration, string operation)
    {
        var handle = NativeConnection.OpenHandle(connection, operation);
        try
        {
            PooledConnection.RollBack(connection, handle);
            configuration.PutBackTheRest(handle);
            Configure(connection, configuration, mayDropTemporaryTables: true);
        }
        catch
        {
            connection.Close();
            throw;
        }
    }
}
