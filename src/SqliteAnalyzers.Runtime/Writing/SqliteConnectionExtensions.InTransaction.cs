using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

public static partial class SqliteConnectionExtensions
{
    private const string AsynchronousInstead = "Use InTransactionAsync, or do the work before the delegate returns.";

    /// <summary>
    /// Does work in a transaction that has the write lock from the beginning (BEGIN IMMEDIATE) and is committed when the work returns.
    /// </summary>
    /// <remarks>
    /// While others hold the lock, and when the work or the commit fails because others are in the way (SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT), it is rolled back and done
    /// again as a whole, until <paramref name="timeout"/> is over: so the work must do nothing that cannot be done twice, but for what it does on the connection.
    /// Those of this process who call it for the same file take turns, in the order in which they came; for the locks of others it tries again each millisecond, always, so that nobody
    /// falls behind by having waited. If the work throws, the transaction is rolled back.
    /// Source: <see href="https://sqlite.org/lang_transaction.html"/>.
    /// </remarks>
    /// <param name="connection">The connection, open, with no transaction.</param>
    /// <param name="work">What to do. It gets the transaction, which commands made by <see cref="SqliteConnection.CreateCommand"/> have already. It must not end it: to roll
    /// back, it throws.</param>
    /// <param name="timeout">How long to try in all, from 0 to 2,147,483,647 milliseconds; if left out, the connection's <see cref="SqliteConnection.DefaultTimeout"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction is open on it; or SQLite or the work has ended the transaction.</exception>
    /// <exception cref="SqliteException">Error 5: others were in the way for all of <paramref name="timeout"/>, and nothing is stored. Other errors are those of the work, or of the
    /// commit; nothing is stored then either.</exception>
    public static void InTransaction(this SqliteConnection connection, Action<SqliteTransaction> work, TimeSpan? timeout = null)
    {
        if (work is null)
        {
            throw new ArgumentNullException(nameof(work));
        }

        connection.InTransaction(
            transaction =>
            {
                work(transaction);
                return true;
            },
            timeout);
    }

    /// <inheritdoc cref="InTransaction(SqliteConnection, Action{SqliteTransaction}, TimeSpan?)"/>
    /// <typeparam name="T">What the work finds out.</typeparam>
    /// <returns>What the work returned, the last time.</returns>
    /// <exception cref="ArgumentException"><paramref name="work"/> returns a task: see <see cref="InTransactionAsync{T}"/>.</exception>
    public static T InTransaction<T>(this SqliteConnection connection, Func<SqliteTransaction, T> work, TimeSpan? timeout = null)
    {
        if (work is null)
        {
            throw new ArgumentNullException(nameof(work));
        }

        SynchronousWork.RefuseTask<T>(nameof(work), AsynchronousInstead);
        var repeated = new RepeatedTransaction(connection, timeout);
        using var turn = repeated.TakeTurnAsync(CancellationToken.None).GetAwaiter().GetResult();
        while (true)
        {
            if (repeated.TryBegin() is { } transaction)
            {
                try
                {
                    var result = work(transaction);
                    while (!repeated.TryCommit(transaction))
                    {
                        ThrowIfOver(repeated);
                        Thread.Sleep(RepeatedTransaction.Pause);
                    }

                    return result;
                }
                catch (SqliteException exception) when (repeated.CanBeRepeated(exception, transaction))
                {
                    // It is done again.
                }
                finally
                {
                    repeated.Undo(transaction);
                }
            }

            ThrowIfOver(repeated);
            Thread.Sleep(RepeatedTransaction.Pause);
        }
    }

    /// <summary>
    /// As <see cref="InTransaction(SqliteConnection, Action{SqliteTransaction}, TimeSpan?)"/>, and holds no thread while it waits for the write lock.
    /// </summary>
    /// <param name="connection">The connection, open, with no transaction.</param>
    /// <param name="work">What to do. It may await; the write lock is held meanwhile.</param>
    /// <param name="timeout">How long to try in all, from 0 to 2,147,483,647 milliseconds; if left out, the connection's <see cref="SqliteConnection.DefaultTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the waiting between two attempts. The work gets it too.</param>
    /// <returns>A task that is completed when everything is committed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> or <paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction is open on it; or SQLite or the work has ended the transaction, or the work returned no task.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled, and nothing is stored.</exception>
    /// <exception cref="SqliteException">Error 5: others were in the way for all of <paramref name="timeout"/>, and nothing is stored. Other errors are those of the work, or of the
    /// commit; nothing is stored then either.</exception>
    public static Task InTransactionAsync(
        this SqliteConnection connection,
        Func<SqliteTransaction, CancellationToken, Task> work,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        if (work is null)
        {
            throw new ArgumentNullException(nameof(work));
        }

        return connection.InTransactionAsync<bool>(
            async (transaction, token) =>
            {
                await (work(transaction, token) ?? throw WithoutTask()).ConfigureAwait(false);
                return true;
            },
            timeout,
            cancellationToken);
    }

    /// <inheritdoc cref="InTransactionAsync(SqliteConnection, Func{SqliteTransaction, CancellationToken, Task}, TimeSpan?, CancellationToken)"/>
    /// <typeparam name="T">What the work finds out.</typeparam>
    /// <returns>What the work returned, the last time.</returns>
    public static Task<T> InTransactionAsync<T>(
        this SqliteConnection connection,
        Func<SqliteTransaction, CancellationToken, Task<T>> work,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        if (work is null)
        {
            throw new ArgumentNullException(nameof(work));
        }

        return RepeatAsync(new RepeatedTransaction(connection, timeout), work, cancellationToken);
    }

    private static InvalidOperationException WithoutTask() => new("The work returned null in place of a task. The transaction is rolled back.");

    private static async Task<T> RepeatAsync<T>(
        RepeatedTransaction repeated,
        Func<SqliteTransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        using var turn = await repeated.TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (repeated.TryBegin() is { } transaction)
            {
                try
                {
                    var result = await (work(transaction, cancellationToken) ?? throw WithoutTask()).ConfigureAwait(false);
                    while (!repeated.TryCommit(transaction))
                    {
                        ThrowIfOver(repeated);
                        await Task.Delay(RepeatedTransaction.Pause, cancellationToken).ConfigureAwait(false);
                    }

                    return result;
                }
                catch (SqliteException exception) when (repeated.CanBeRepeated(exception, transaction))
                {
                    // It is done again.
                }
                finally
                {
                    repeated.Undo(transaction);
                }
            }

            ThrowIfOver(repeated);
            await Task.Delay(RepeatedTransaction.Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void ThrowIfOver(RepeatedTransaction repeated)
    {
        if (repeated.IsOver)
        {
            throw repeated.Failure();
        }
    }
}
