using System;
using System.Threading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The transaction a batch has open: when it is begun, how many operations it holds, when it is committed, and what is left of it after an error.
/// </summary>
/// <remarks>
/// Begun through Microsoft.Data.Sqlite and not by a BEGIN of our own, so that closing the connection rolls it back: a pooled connection would hand
/// an open one on to its next user. Others can end it all the same, by SQL of their own or through the driver: SQLite is asked before each operation.
/// </remarks>
internal sealed class BatchTransaction(OperationGate gate, SqliteConnection connection, sqlite3 handle, StatementCache statements, int batchSize) : IDisposable
{
#if NET
    private readonly RollbackHook _rollbackHook = new(handle);
#endif

    private const string Unit = "sqlite_batch_unit";
    private const string EndedBySomebodyElse = "The batch's transaction was ended by somebody else on its connection:";
    private const string HowToGoOn = "Call Rollback to go on, or dispose the batch.";

    private static readonly TimeSpan s_untilForgotten = TimeSpan.FromMilliseconds(100);

    private SqliteTransaction? _transaction;
    private bool _driverSeesRollbacks;
    private string _ending = "";
    private int _unit;
    private int _pendingBeforeUnit;
    private ChangeCount _changes;

    public int BatchSize => batchSize;

    public BatchState State { get; private set; }

    /// <summary>What a command of the driver needs to take part.</summary>
    public SqliteTransaction? Current => _transaction;

    public long Committed { get; private set; }

    public int Pending { get; private set; }

    /// <summary>How many operations fit in before the next commit.</summary>
    public int Room => State == BatchState.InUnit ? int.MaxValue : Math.Max(1, batchSize - Pending);

    /// <summary>Whether operations can go on.</summary>
    public bool IsUsable => State != BatchState.Ended && !gate.IsEnding;

    public bool IsCurrentUnit(int unit) => State == BatchState.InUnit && _unit == unit;

    /// <summary>Sees to it that a transaction is open as far as the batch knows. Whether it still is, the operation itself must ask SQLite.</summary>
    /// <exception cref="InvalidOperationException">The transaction was ended, or one of somebody else's is open.</exception>
    /// <exception cref="SqliteException">It could not be begun.</exception>
    public void Begin()
    {
        if (State == BatchState.Idle)
        {
            BeginTransaction();
        }
        else if (State == BatchState.Ended)
        {
            throw Unusable();
        }
        else if (_transaction?.Connection is null)
        {
            throw Ended();
        }
    }

    /// <summary>As <see cref="Begin"/>, and asks SQLite too.</summary>
    public void BeginOrCheck()
    {
        Begin();
        if (IsOver())
        {
            throw Ended();
        }
    }

    /// <exception cref="InvalidOperationException">The transaction was ended.</exception>
    public void ThrowIfUnusable()
    {
        if (State == BatchState.Ended)
        {
            throw Unusable();
        }
    }

    /// <summary>What to throw when the transaction turns out to be over though nobody has told the batch.</summary>
    public InvalidOperationException Ended()
    {
        gate.ThrowIfEnding();
        if (WasCommitted())
        {
            EndAsStored();
        }
        else
        {
            End($"{EndedBySomebodyElse} {Operations} are stored if it was committed, and gone if it was rolled back.");
        }

        return Unusable();
    }

    /// <summary>What to throw after an operation failed.</summary>
    public SqliteException Failure(int result)
    {
        gate.ThrowIfEnding();
        return Failure(NativeConnection.Error(result, handle));
    }

    /// <summary>The error of an operation, and what became of the batch if its transaction is over.</summary>
    public SqliteException Failure(SqliteException exception)
    {
        gate.ThrowIfEnding();
        if (NativeConnection.IsInTransaction(handle))
        {
            return exception;
        }

        // An operation that fails can have called back somebody who has committed.
        if (WasCommitted())
        {
            EndAsStored();
        }
        else
        {
            End($"SQLite rolled the batch's whole transaction back: {Operations} are gone.");
        }

        return Explained(exception, $"{_ending} {HowToGoOn}");
    }

    /// <summary>Takes note of operations that have been carried out, and commits when they are enough.</summary>
    public void Count(int operations)
    {
        gate.ThrowIfEnding();
        Pending += operations;
        if (Pending >= batchSize && State == BatchState.Open)
        {
            Commit("The operation was carried out, but the batch");
        }
    }

    public void Commit()
    {
        ThrowIfUnusable();
        if (State == BatchState.InUnit)
        {
            throw new InvalidOperationException("A unit has been begun and not completed. Complete or dispose it before Commit.");
        }

        if (State == BatchState.Open)
        {
            Commit("The batch");
        }
    }

    /// <summary>Undoes what is not committed.</summary>
    /// <exception cref="InvalidOperationException">Somebody else has ended it, and may have committed it.</exception>
    public void Rollback()
    {
        if (IsOver())
        {
            throw Ended();
        }

        Reset();
    }

    /// <summary>As <see cref="Rollback"/>, where nobody can be told.</summary>
    public void Reset()
    {
        State = BatchState.Idle;
        Pending = 0;
        DisposeTransaction();
    }

    /// <summary>
    /// The connection was closed, which rolls back. Only if that happened on another thread while the transaction was begun it is still open, and the pool
    /// would hand it on.
    /// </summary>
    public void Lose()
    {
        if (State is BatchState.Open or BatchState.InUnit && !handle.IsClosed && NativeConnection.IsInTransaction(handle))
        {
            // The driver's hook would look for its connection, in vain and in the middle of native code.
            using var turn = new ConnectionTurn(handle);
            raw.sqlite3_rollback_hook(handle, null, null);
            raw.sqlite3_exec(handle, "ROLLBACK");
        }

        State = BatchState.Ended;
        _transaction = null;
    }

    /// <summary>After <see cref="Reset"/> or <see cref="Lose"/>.</summary>
    public void Dispose()
    {
#if NET
        _rollbackHook.Dispose();
#endif
    }

    /// <summary>Runs a statement on the transaction itself.</summary>
    /// <exception cref="InvalidOperationException">The transaction was ended.</exception>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run(string sql)
    {
        var result = statements.Get(sql).Run(inTransaction: true);
        if (result == NativeStatement.NoTransaction)
        {
            throw Ended();
        }

        if (result != raw.SQLITE_DONE)
        {
            throw Failure(result);
        }
    }

    public int BeginUnit()
    {
        if (State == BatchState.InUnit)
        {
            throw new InvalidOperationException("A unit has been begun already. Complete or dispose it before the next one.");
        }

        Run($"SAVEPOINT {Unit}");
        State = BatchState.InUnit;
        _pendingBeforeUnit = Pending;
        _changes.BeginUnit(handle);
        return ++_unit;
    }

    public void CompleteUnit(int unit)
    {
        ThrowIfUnusable();
        if (!IsCurrentUnit(unit))
        {
            throw new InvalidOperationException("The unit has ended already.");
        }

        Run($"RELEASE {Unit}");
        State = BatchState.Open;
        Count(0);
    }

    /// <summary>Undoes the unit. If its transaction is over there is nothing left to undo, and the next operation says so.</summary>
    public void UndoUnit()
    {
        if (IsOver())
        {
            Ended();
            return;
        }

        Run($"ROLLBACK TO {Unit}");
        Run($"RELEASE {Unit}");
        State = BatchState.Open;
        Pending = _pendingBeforeUnit;
        _changes.UndoUnit(handle);
    }

    private InvalidOperationException Unusable() => new($"{_ending} {HowToGoOn}");

    private string Operations => $"the {Pending} operations since the last commit";

    private static string Obstacle(int extendedCode) => extendedCode switch
    {
        raw.SQLITE_BUSY_SNAPSHOT => "The batch could not begin its transaction: a reader of this very connection still reads an older state, from which nothing can be written. Read it to its end or dispose it first.",
        raw.SQLITE_LOCKED_SHAREDCACHE => "The batch could not begin its transaction: another connection of this process, with the same shared cache, has been writing or reading all the time.",
        _ when (extendedCode & 0xFF) == raw.SQLITE_LOCKED => "The batch could not begin its transaction: a statement of this very connection is still at work.",
        _ => "The batch could not begin its transaction: another connection, of this process or another, has held the write lock all the time.",
    };

    private static SqliteException Explained(SqliteException exception, string explanation) =>
        new($"{explanation} {exception.Message}", exception.SqliteErrorCode, exception.SqliteExtendedErrorCode);

    // Whether a transaction that the batch believes in is not there any more.
    private bool IsOver() =>
        State is BatchState.Open or BatchState.InUnit && (_transaction?.Connection is null || !NativeConnection.IsInTransaction(handle));

    private void BeginTransaction()
    {
        if (NativeConnection.IsInTransaction(handle))
        {
            throw new InvalidOperationException("A transaction is open on the connection that the batch has not begun, and it needs its own. Commit or roll that one back first.");
        }

        State = BatchState.Open;
        var began = Observed.Now();
        try
        {
            WaitForLock();
            _driverSeesRollbacks = true;
            _changes.Begin(handle);
            Observed.LockWait(handle, Observed.Batch, began, failure: null);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            State = BatchState.Idle;
            Observed.LockWait(handle, Observed.Batch, began, exception);
            throw Explained(exception, Obstacle(exception.SqliteExtendedErrorCode));
        }
        catch when (ReferenceEquals(connection.Handle, handle))
        {
            State = BatchState.Idle;
            throw;
        }
    }

    // It waits where nobody is kept from the connection: whoever has the lock may need it to give the lock up, and whoever ends the batch is not to wait for it.
    private void WaitForLock()
    {
        var obstacle = TryBegin(out var patience);
        var retry = new BusyRetry(patience, connection);
        while (obstacle is not null)
        {
            if (!BusyRetry.IsCurable(obstacle.SqliteExtendedErrorCode) || !retry.Wait())
            {
                throw obstacle;
            }

            gate.ThrowIfEnding();
            if (IsLockFree())
            {
                obstacle = TryBegin(out _);
            }
        }
    }

    private SqliteException? TryBegin(out TimeSpan patience)
    {
        using var turn = new ConnectionTurn(handle);
        using var noWaiting = new WithoutWaiting(connection, handle);
        patience = noWaiting.Patience;
        try
        {
            _transaction = connection.BeginTransaction(deferred: false);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return exception;
        }
#if NET
        _rollbackHook.Replace(_transaction);
#endif
        return null;
    }

    // Cheaper than an exception of the driver for each attempt.
    private bool IsLockFree()
    {
        using var turn = new ConnectionTurn(handle);
        using var noWaiting = new WithoutWaiting(connection, handle);
        var result = raw.sqlite3_exec(handle, "BEGIN IMMEDIATE");
        if (result == raw.SQLITE_OK)
        {
            NativeConnection.Check(raw.sqlite3_exec(handle, "ROLLBACK"), handle);
        }

        return !BusyRetry.IsCurable(raw.sqlite3_extended_errcode(handle));
    }

    private void Commit(string whatFailed)
    {
        if (IsOver())
        {
            throw Ended();
        }

        var began = Observed.Now();
        try
        {
            WaitForReaders();
        }
        catch (InvalidOperationException)
        {
            // Rolled back by somebody else, who has begun another one meanwhile.
            throw Ended();
        }
        catch (SqliteException exception)
        {
            _driverSeesRollbacks = false;
            Observed.Commit(handle, Observed.Batch, began, _changes, exception);
            var failure = Failure(exception);
            throw failure != exception ? failure : Explained(exception, $"{whatFailed} of {Pending} operations could not be committed and is still open: call Commit again, or Rollback.");
        }

        _transaction!.Dispose();
        _transaction = null;
        State = BatchState.Idle;
        Committed += Pending;
        Pending = 0;
        Observed.Commit(handle, Observed.Batch, began, _changes, failure: null);
    }

    // Only without WAL there is something to wait for. SQLite waits by itself for its busy timeout; what the driver would repeat after that is repeated here, between
    // two turns of the connection.
    private void WaitForReaders()
    {
        var retry = BusyRetry.AsCommandsOf(connection);
        while (TryCommit() is { } obstacle)
        {
            if (!BusyRetry.IsCurable(obstacle.SqliteExtendedErrorCode) || !NativeConnection.IsInTransaction(handle) || !retry.Wait())
            {
                throw obstacle;
            }
        }
    }

    private SqliteException? TryCommit()
    {
        // The driver takes its hook away too.
        using var turn = new ConnectionTurn(handle);
        var defaultTimeout = connection.DefaultTimeout;
        connection.DefaultTimeout = WithoutWaiting.NoRepetition;
        try
        {
            _transaction!.Commit();
            return null;
        }
        catch (SqliteException exception)
        {
#if NET
            if (NativeConnection.IsInTransaction(handle))
            {
                _rollbackHook.Replace(_transaction!);
            }
#endif
            return exception;
        }
        finally
        {
            connection.DefaultTimeout = defaultTimeout;
        }
    }

    private void EndAsStored()
    {
        End($"{EndedBySomebodyElse} {Operations} are stored.");
        Committed += Pending;
        Pending = 0;
    }

    private void End(string ending)
    {
        State = BatchState.Ended;
        _ending = ending;
        DisposeTransaction();
    }

    // The driver's transaction has a rollback hook, which it removes when it is called and before it ends the transaction itself, also when the connection is
    // being closed on another thread. As long as it is there, whoever ended the transaction has committed. That it is not there proves nothing: after a COMMIT a
    // statement of its own that is refused rolls back too.
    private bool WasCommitted() =>
        _transaction?.Connection is not null && !NativeConnection.IsInTransaction(handle) && (IsHookThere() ?? WasNotToldOfRollback(_transaction));

    private bool? IsHookThere() =>
#if NET
        _rollbackHook.Remove();
#else
        null;
#endif

    // Where nobody can be asked for the hook: the driver does not try to commit what it was told is rolled back, as long as it has not tried before. While it
    // closes the connection on another thread it has taken the hook away and has yet to forget the transaction.
    private bool WasNotToldOfRollback(SqliteTransaction transaction)
    {
        if (!_driverSeesRollbacks)
        {
            return false;
        }

        try
        {
            transaction.Commit();
        }
        catch (SqliteException)
        {
            return !SpinWait.SpinUntil(() => transaction.Connection is null, s_untilForgotten);
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return false;
    }

    private void DisposeTransaction()
    {
        var transaction = _transaction;
        if (transaction?.Connection is not null)
        {
            using var turn = new ConnectionTurn(handle);
            DriverTransaction.End(transaction, handle);
        }

        _transaction = null;
    }
}
