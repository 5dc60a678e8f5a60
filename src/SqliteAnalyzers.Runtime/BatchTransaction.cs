using System;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The transaction a batch has open: when it is begun, how many operations it holds, when it is committed, and what is left of it after an error.
/// </summary>
/// <remarks>
/// Begun through Microsoft.Data.Sqlite and not by a BEGIN of our own, so that closing the connection rolls it back: a pooled connection would hand
/// an open one on to its next user.
/// </remarks>
internal sealed class BatchTransaction(SqliteConnection connection, sqlite3 handle, int batchSize) : IDisposable
{
    private const string UnitSavepoint = "sqlite_batch_unit";

    private NativeStatement? _savepoint;
    private NativeStatement? _release;
    private NativeStatement? _rollbackTo;
    private int _lastUnit;
    private int _unit;
    private int _pendingBeforeUnit;
    private bool _rolledBack;

    public int BatchSize => batchSize;

    public SqliteTransaction? Current { get; private set; }

    public long Committed { get; private set; }

    public int Pending { get; private set; }

    /// <summary>How many operations fit in before the next commit.</summary>
    public int Room => _unit != 0 ? int.MaxValue : Math.Max(1, batchSize - Pending);

    public bool IsUsable => !_rolledBack && IsConnected;

    public bool IsCurrentUnit(int unit) => _unit != 0 && _unit == unit;

    public void Begin()
    {
        if (Current is not null)
        {
            return;
        }

        try
        {
            Current = connection.BeginTransaction(deferred: false);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            throw new SqliteException(
                $"The batch could not begin its transaction: another connection, of this process or another, has held the write lock all the time. {exception.Message}",
                exception.SqliteErrorCode,
                exception.SqliteExtendedErrorCode);
        }
    }

    /// <summary>Takes note of operations that have been carried out, and commits when they are enough.</summary>
    public void Count(int operations)
    {
        Pending += operations;
        if (Pending >= batchSize && _unit == 0)
        {
            Commit("The operation was carried out, but the batch");
        }
    }

    public void Commit()
    {
        if (_unit != 0)
        {
            throw new InvalidOperationException("A unit has been begun and not completed. Complete or dispose it before Commit.");
        }

        Commit("The batch");
    }

    public void Rollback()
    {
        _unit = 0;
        _rolledBack = false;
        Pending = 0;
        End();
    }

    public int BeginUnit()
    {
        if (_unit != 0)
        {
            throw new InvalidOperationException("A unit has been begun already. Complete or dispose it before the next one.");
        }

        (_savepoint ??= new NativeStatement(handle, $"SAVEPOINT {UnitSavepoint}")).RunOrThrow();
        _pendingBeforeUnit = Pending;
        return _unit = ++_lastUnit;
    }

    public void CompleteUnit(int unit)
    {
        if (!IsCurrentUnit(unit))
        {
            throw new InvalidOperationException("The unit has ended already.");
        }

        Release();
        _unit = 0;
        if (Pending >= batchSize)
        {
            Commit("The operation was carried out, but the batch");
        }
    }

    public void UndoUnit(int unit)
    {
        if (!IsCurrentUnit(unit))
        {
            return;
        }

        _unit = 0;
        if (!IsUsable)
        {
            return;
        }

        (_rollbackTo ??= new NativeStatement(handle, $"ROLLBACK TO {UnitSavepoint}")).RunOrThrow();
        Release();
        Pending = _pendingBeforeUnit;
    }

    public void ThrowIfUnusable()
    {
        if (_rolledBack)
        {
            throw new InvalidOperationException("SQLite has rolled the batch's transaction back. Call Rollback and repeat what was not committed, or dispose the batch.");
        }

        if (!IsConnected)
        {
            throw new InvalidOperationException($"The connection was closed under the batch. The {Pending} operations since the last commit are rolled back.");
        }
    }

    /// <summary>What to throw after an operation failed.</summary>
    public SqliteException Failure(int result)
    {
        if (NativeConnection.IsInTransaction(handle))
        {
            return NativeConnection.Error(result, handle);
        }

        var failure = NativeConnection.Error(result, handle, RolledBackMessage());
        NoteRollback();
        return failure;
    }

    /// <summary>Throws again, with what became of the batch, if the error has ended the transaction.</summary>
    public void ThrowIfRolledBack(SqliteException exception)
    {
        if (!NativeConnection.IsInTransaction(handle))
        {
            NoteRollback();
            throw new SqliteException($"{RolledBackMessage()} {exception.Message}", exception.SqliteErrorCode, exception.SqliteExtendedErrorCode);
        }
    }

    public void Dispose()
    {
        _savepoint?.Dispose();
        _release?.Dispose();
        _rollbackTo?.Dispose();
        Rollback();
    }

    private bool IsConnected => ReferenceEquals(connection.Handle, handle);

    private string RolledBackMessage() =>
        $"SQLite rolled the batch's whole transaction back: the {Pending} operations since the last commit are gone. Call Rollback and repeat them.";

    private void NoteRollback()
    {
        _rolledBack = true;
        End();
    }

    // Microsoft.Data.Sqlite 8 and 9 do not notice that SQLite has rolled back in a commit that failed. Their own ROLLBACK, which the closing of the
    // connection tries as well, would then fail for ever: so there is something to roll back for them. Later versions leave it alone.
    private void End()
    {
        if (Current is null)
        {
            return;
        }

        var isOver = IsConnected && !NativeConnection.IsInTransaction(handle);
        if (isOver)
        {
            raw.sqlite3_exec(handle, "BEGIN");
        }

        Current.Dispose();
        Current = null;
        if (isOver && NativeConnection.IsInTransaction(handle))
        {
            raw.sqlite3_exec(handle, "ROLLBACK");
        }
    }

    private void Release() => (_release ??= new NativeStatement(handle, $"RELEASE {UnitSavepoint}")).RunOrThrow();

    private void Commit(string whatFailed)
    {
        if (Current is null)
        {
            return;
        }

        try
        {
            Current.Commit();
        }
        catch (SqliteException exception)
        {
            ThrowIfRolledBack(exception);
            throw new SqliteException(
                $"{whatFailed} of {Pending} operations could not be committed and is still open: call Commit again, or Rollback. {exception.Message}",
                exception.SqliteErrorCode,
                exception.SqliteExtendedErrorCode);
        }

        Current.Dispose();
        Current = null;
        Committed += Pending;
        Pending = 0;
    }
}
