using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// One transaction that is tried until it is committed or its time is up. Among those of this process it has its turn; for the locks of others no call waits: whoever calls
/// decides how to wait, and tries again after the same short time always, so that those who have waited long have the same chance as those who come.
/// </summary>
internal sealed class RepeatedTransaction
{
    /// <summary>How long to wait between two attempts.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;
    private readonly TimeSpan? _patience;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private SqliteException? _obstacle;
    private int _attempts;
    private long _began = Observed.Now();
    private ChangeCount _changes;

    /// <param name="connection">The connection, open, with no transaction.</param>
    /// <param name="timeout">How long to try in all; as long as a command of the connection if left out.</param>
    public RepeatedTransaction(SqliteConnection connection, TimeSpan? timeout)
    {
        _handle = NativeConnection.OpenHandle(connection, "A transaction");
        if (timeout is { } given && !Milliseconds.AreInRange(given))
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The timeout must be from 0 to 2,147,483,647 milliseconds.");
        }

        if (NativeConnection.IsInTransaction(_handle))
        {
            throw new InvalidOperationException("A transaction is open on the connection already. Commit or roll back first.");
        }

        _connection = connection;

        // 0 means for ever to the driver.
        _patience = timeout ?? (connection.DefaultTimeout == 0 ? null : TimeSpan.FromSeconds(connection.DefaultTimeout));
    }

    /// <summary>Waits until those of this process are done who asked before. A database in memory has nobody else to wait for, or no name to tell it by.</summary>
    /// <returns>The turn, to be given up by Dispose.</returns>
    /// <exception cref="SqliteException">It did not come in time.</exception>
    public async Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var file = NativeConnection.FileName(_handle, "main");
        return file.Length == 0
            ? null
            : await FileTurns.Writes.TakeAsync(file, _patience ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false) ?? throw Failure();
    }

    /// <summary>Takes the write lock.</summary>
    /// <returns>Null if somebody else has it.</returns>
    public SqliteTransaction? TryBegin()
    {
        var isFirst = _attempts++ == 0;
        return WithoutWaiting(() =>
        {
            // Whoever has his turn seldom finds somebody in the way.
            if (!isFirst && !IsLockFree())
            {
                return null;
            }

            // The driver must know of the transaction: closing the connection rolls back what it knows of.
            var transaction = _connection.BeginTransaction(deferred: false);
            _changes.Begin(_handle);
            Observed.LockWait(_handle, Observed.InTransaction, _began, failure: null);
            return transaction;
        });
    }

    /// <summary>Commits.</summary>
    /// <returns>False if readers of a database that is not in WAL mode are in the way. The transaction is still open then.</returns>
    /// <exception cref="InvalidOperationException">SQLite or the work has ended the transaction.</exception>
    public bool TryCommit(SqliteTransaction transaction)
    {
        if (!IsOpen(transaction))
        {
            throw new InvalidOperationException(
                "The transaction was ended under the work, by SQLite after an error or by the work itself. What it had done before is stored if that was a COMMIT, and gone if it was a ROLLBACK or the connection was closed.");
        }

        var began = Observed.Now();
        try
        {
            var isCommitted = WithoutWaiting(() =>
            {
                transaction.Commit();
                return transaction;
            }) is not null;
            if (isCommitted)
            {
                Observed.Commit(_handle, Observed.InTransaction, began, _changes, failure: null);
            }

            return isCommitted;
        }
        catch (SqliteException exception)
        {
            Observed.Commit(_handle, Observed.InTransaction, began, _changes, exception);
            throw;
        }
    }

    /// <summary>Ends what an attempt has left open.</summary>
    public void Undo(SqliteTransaction transaction)
    {
        if (transaction.Connection is not null)
        {
            DriverTransaction.End(transaction, _handle);
        }

        _began = Observed.Now();
    }

    /// <summary>Whether the work failed because somebody else was in the way, and what it did is not stored.</summary>
    public bool CanBeRepeated(SqliteException exception, SqliteTransaction transaction)
    {
        if (!IsObstacle(exception) || !IsOpen(transaction))
        {
            return false;
        }

        _obstacle = exception;
        Observed.Busy(_connection);
        return true;
    }

    /// <summary>Whether the time is up.</summary>
    public bool IsOver => _watch.Elapsed >= _patience;

    /// <summary>What to tell somebody whose time is up.</summary>
    public SqliteException Failure()
    {
        var failure = FailureSoFar();
        Observed.LockWait(_handle, Observed.InTransaction, _began, failure);
        return failure;
    }

    private SqliteException FailureSoFar() => new(
        $"The transaction could not be carried out in {_watch.ElapsedMilliseconds} ms and {_attempts} attempts, because others were in the way, and nothing of it is stored. {_obstacle?.Message ?? $"SQLite Error {raw.SQLITE_BUSY}: 'database is locked'."}",
        _obstacle?.SqliteErrorCode ?? raw.SQLITE_BUSY,
        _obstacle?.SqliteExtendedErrorCode ?? raw.SQLITE_BUSY);

    // Cheaper than the driver's exception, each time that the lock is taken.
    private bool IsLockFree()
    {
        var result = raw.sqlite3_exec(_handle, "BEGIN IMMEDIATE");
        if (result != raw.SQLITE_OK)
        {
            var failure = NativeConnection.Error(result, _handle);
            _obstacle = IsObstacle(failure) ? failure : throw failure;
            Observed.Busy(_connection);
            return false;
        }

        NativeConnection.Check(raw.sqlite3_exec(_handle, "ROLLBACK"), _handle);
        return true;
    }

    // Closing the connection ends the driver's transaction too.
    private bool IsOpen(SqliteTransaction transaction) => transaction.Connection is not null && NativeConnection.IsInTransaction(_handle);

    private static bool IsObstacle(SqliteException exception) =>
        exception.SqliteErrorCode == raw.SQLITE_BUSY || exception.SqliteExtendedErrorCode == raw.SQLITE_LOCKED_SHAREDCACHE;

    private T? WithoutWaiting<T>(Func<T?> attempt)
        where T : class
    {
        using var noWaiting = new WithoutWaiting(_connection, _handle);
        try
        {
            return attempt();
        }
        catch (SqliteException exception) when (IsObstacle(exception))
        {
            _obstacle = exception;
            Observed.Busy(_connection);
            return null;
        }
    }
}
