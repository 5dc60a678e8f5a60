using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SqliteAnalyzers.Runtime;

namespace Microsoft.EntityFrameworkCore;

/// <summary>
/// Checkpoints and copies of the SQLite database of a context. Its connection is opened for them, unless it is open, and closed again.
/// </summary>
/// <remarks>SQLite does nothing asynchronously: the asynchronous methods work on a thread of the pool, so that the caller's is free.</remarks>
public static class SqliteAnalyzersDatabaseFacadeExtensions
{
    /// <inheritdoc cref="SqliteAnalyzers.Runtime.SqliteConnectionExtensions.Checkpoint"/>
    /// <param name="database">The database of a context that has no transaction open and no query half read.</param>
    /// <param name="mode">How far to go; <see cref="SqliteCheckpointMode.Full"/> if left out.</param>
    /// <param name="timeout">How long to wait in all, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out. PASSIVE does not wait.</param>
    /// <exception cref="ArgumentNullException"><paramref name="database"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> or <paramref name="timeout"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The context is not on a <see cref="SqliteConnection"/>.</exception>
    public static SqliteCheckpointResult Checkpoint(
        this DatabaseFacade database, SqliteCheckpointMode mode = SqliteCheckpointMode.Full, TimeSpan? timeout = null) =>
        Run(database, connection => connection.Checkpoint(mode, timeout));

    /// <inheritdoc cref="Checkpoint"/>
    /// <param name="database">The database of a context that has no transaction open and no query half read.</param>
    /// <param name="mode">How far to go; <see cref="SqliteCheckpointMode.Full"/> if left out.</param>
    /// <param name="timeout">How long to wait in all, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out. PASSIVE does not wait.</param>
    /// <param name="cancellationToken">Looked at until the checkpoint begins.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled, and nothing was done.</exception>
    public static Task<SqliteCheckpointResult> CheckpointAsync(
        this DatabaseFacade database,
        SqliteCheckpointMode mode = SqliteCheckpointMode.Full,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(database, connection => connection.Checkpoint(mode, timeout), cancellationToken);

    /// <inheritdoc cref="SqliteAnalyzers.Runtime.SqliteConnectionExtensions.TryCheckpoint"/>
    /// <param name="database">The database of a context that has no transaction open and no query half read.</param>
    /// <param name="mode">How far to go; <see cref="SqliteCheckpointMode.Full"/> if left out.</param>
    /// <param name="timeout">How long to wait in all, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out. PASSIVE does not wait.</param>
    /// <exception cref="ArgumentNullException"><paramref name="database"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> or <paramref name="timeout"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The context is not on a <see cref="SqliteConnection"/>.</exception>
    public static SqliteCheckpointResult TryCheckpoint(
        this DatabaseFacade database, SqliteCheckpointMode mode = SqliteCheckpointMode.Full, TimeSpan? timeout = null) =>
        Run(database, connection => connection.TryCheckpoint(mode, timeout));

    /// <inheritdoc cref="TryCheckpoint"/>
    /// <param name="database">The database of a context that has no transaction open and no query half read.</param>
    /// <param name="mode">How far to go; <see cref="SqliteCheckpointMode.Full"/> if left out.</param>
    /// <param name="timeout">How long to wait in all, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out. PASSIVE does not wait.</param>
    /// <param name="cancellationToken">Looked at until the checkpoint begins.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled, and nothing was done.</exception>
    public static Task<SqliteCheckpointResult> TryCheckpointAsync(
        this DatabaseFacade database,
        SqliteCheckpointMode mode = SqliteCheckpointMode.Full,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(database, connection => connection.TryCheckpoint(mode, timeout), cancellationToken);

    /// <inheritdoc cref="SqliteAnalyzers.Runtime.SqliteConnectionExtensions.BackupTo"/>
    /// <param name="database">The database of a context that has no transaction open.</param>
    /// <param name="path">The file to copy to.</param>
    /// <param name="overwrite">Whether a file that exists is replaced, which must be a database.</param>
    /// <param name="progress">Is told how far the copy is, every 256 pages, on the thread that copies. It must not use the context.</param>
    /// <param name="cancellationToken">Gives the copy up, between two steps of 256 pages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="database"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The context is not on a <see cref="SqliteConnection"/>, or a transaction is open: its uncommitted rows would be copied.</exception>
    public static void BackupTo(
        this DatabaseFacade database,
        string path,
        bool overwrite = false,
        IProgress<SqliteCopyProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run(database, connection => BackUp(connection, path, overwrite, progress, cancellationToken));

    /// <inheritdoc cref="BackupTo"/>
    /// <returns>A task that is completed when the copy is.</returns>
    public static Task BackupToAsync(
        this DatabaseFacade database,
        string path,
        bool overwrite = false,
        IProgress<SqliteCopyProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(database, connection => BackUp(connection, path, overwrite, progress, cancellationToken), cancellationToken);

    /// <inheritdoc cref="SqliteAnalyzers.Runtime.SqliteConnectionExtensions.RestoreFrom"/>
    /// <remarks>
    /// What contexts track is as it was before: go on with new ones, or clear their <see cref="ChangeTracking.ChangeTracker"/>.
    /// Source: <see href="https://sqlite.org/backup.html"/>.
    /// </remarks>
    /// <param name="database">The database of a context that has no transaction open.</param>
    /// <param name="path">The copy.</param>
    /// <param name="progress">Is told how far the copy is, every 256 pages, on the thread that copies. It must not use the context.</param>
    /// <param name="cancellationToken">Gives the copy up, between two steps of 256 pages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="database"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The context is not on a <see cref="SqliteConnection"/>, or a transaction is open.</exception>
    public static void RestoreFrom(
        this DatabaseFacade database, string path, IProgress<SqliteCopyProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(database, connection => Restore(connection, path, progress, cancellationToken));

    /// <inheritdoc cref="RestoreFrom"/>
    /// <returns>A task that is completed when the database is restored.</returns>
    public static Task RestoreFromAsync(
        this DatabaseFacade database, string path, IProgress<SqliteCopyProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(database, connection => Restore(connection, path, progress, cancellationToken), cancellationToken);

    private static bool BackUp(SqliteConnection connection, string path, bool overwrite, IProgress<SqliteCopyProgress>? progress, CancellationToken cancellationToken)
    {
        connection.BackupTo(path, overwrite, progress: progress, cancellationToken: cancellationToken);
        return true;
    }

    private static bool Restore(SqliteConnection connection, string path, IProgress<SqliteCopyProgress>? progress, CancellationToken cancellationToken)
    {
        connection.RestoreFrom(path, progress: progress, cancellationToken: cancellationToken);
        return true;
    }

    private static T Run<T>(DatabaseFacade database, Func<SqliteConnection, T> work)
    {
        var connection = ConnectionOf(database);
        database.OpenConnection();
        try
        {
            return work(connection);
        }
        finally
        {
            database.CloseConnection();
        }
    }

    private static async Task<T> RunAsync<T>(DatabaseFacade database, Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var connection = ConnectionOf(database);
        await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => work(connection), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private static SqliteConnection ConnectionOf(DatabaseFacade database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var connection = database.GetDbConnection();
        return connection as SqliteConnection
            ?? throw new InvalidOperationException($"This needs a context on a {typeof(SqliteConnection)}, and the connection of this one is a {connection.GetType()}.");
    }
}
