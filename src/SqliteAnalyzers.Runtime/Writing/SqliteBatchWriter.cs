using System;
using System.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Many writes on one connection, in transactions of <see cref="BatchSize"/> operations, through statements that are prepared once.
/// </summary>
/// <remarks>
/// <para>
/// The transaction is begun (BEGIN IMMEDIATE) by the first operation and committed after every <see cref="BatchSize"/> operations, by
/// <see cref="Commit"/> and by <see cref="CommitAndCheckpoint"/>. Disposed before that, the batch rolls back what it has not committed.
/// A commit costs a multiple of a row's insert: 5,000 rows a transaction are many times faster than one, and larger ones no faster,
/// but they hold the write lock longer (44 ms with 5,000, 380 ms with 100,000; measured).
/// </para>
/// <para>
/// Operations that belong together are a unit: see <see cref="BeginUnit"/>. No commit falls between them, and they are undone together.
/// </para>
/// <para>
/// After an operation that failed the batch goes on, and the operations before it stay. What the failed one did is undone, with two exceptions that are
/// SQLite's: OR FAIL, ON CONFLICT FAIL and RAISE(FAIL) keep what was done before them, and so does a statement of several rows in a table without NOT NULL,
/// UNIQUE and CHECK whose values are refused for another reason (measured). A unit undoes that too.
/// </para>
/// <para>
/// After some errors SQLite rolls the whole transaction back (disk full, I/O errors, out of memory, an interrupt, ON CONFLICT ROLLBACK). They say how many
/// operations are gone, and the batch refuses to go on until <see cref="Rollback"/> is called. So it does when somebody else has ended the transaction on
/// its connection, by SQL of his own or through the driver: the next operation throws and says what became of the ones before, if that can be known.
/// </para>
/// <para>Values are stored as Microsoft.Data.Sqlite stores parameters. A batch, as its connection, is used by one thread at a time: the second gets an
/// <see cref="InvalidOperationException"/>. <see cref="Dispose"/> may come from any. So may the closing of the connection; but where it falls
/// on a commit of the batch, the driver's Close throws a <see cref="NullReferenceException"/> and leaves the connection open and the batch at work (measured): dispose the batch first. In
/// the netstandard2.0 build the process ends if SQLite itself rolls back at that moment, since the driver's rollback hook is freed then (measured).
/// Source: <see href="https://sqlite.org/lang_transaction.html"/>, <see href="https://sqlite.org/lang_conflict.html"/>.</para>
/// </remarks>
public sealed partial class SqliteBatchWriter : IDisposable
{
    /// <summary>How many operations a transaction holds unless something else is asked for.</summary>
    public const int DefaultBatchSize = 5_000;

    /// <summary>The most operations a transaction may hold. More are no faster and keep other writers waiting.</summary>
    public const int MaxBatchSize = 100_000;

    private readonly ConnectionHold _hold;
    private readonly OperationGate _gate;
    private readonly StatementCache _statements;
    private readonly StatementCache _ownStatements;
    private readonly BatchTransaction _transaction;
    private readonly BulkInserts _bulkInserts;
    private readonly ParameterBuffer _values = new(0);
    private string? _lastCommandText;

    /// <summary>A batch on an open connection.</summary>
    /// <param name="connection">The connection, with no transaction open. It stays the caller's to dispose. The batch belongs to this opening of it: once it is
    /// closed the batch is at its end, also if it is opened again.</param>
    /// <param name="batchSize">After how many operations to commit, from 1 to 100,000.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1 or more than 100,000.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction is open on it.</exception>
    public SqliteBatchWriter(SqliteConnection connection, int batchSize = DefaultBatchSize)
    {
        var handle = NativeConnection.OpenHandle(connection, "A batch");
        if (batchSize is < 1 or > MaxBatchSize)
        {
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"The batch size must be from 1 to {MaxBatchSize:N0} operations.");
        }

        if (NativeConnection.IsInTransaction(handle))
        {
            throw new InvalidOperationException("A transaction is open on the connection, and a batch makes its own. Commit or roll back first.");
        }

        Connection = connection;
        _hold = new ConnectionHold(handle);
        _gate = new OperationGate(Release);
        _statements = new StatementCache(connection, handle, SqlText.RequireNoTransaction);
        _ownStatements = new StatementCache(connection, handle);
        _transaction = new BatchTransaction(_gate, connection, handle, _ownStatements, batchSize);
        _bulkInserts = new BulkInserts(connection, handle, _transaction, _ownStatements);
        connection.StateChange += OnStateChange;
    }

    /// <summary>The connection that the batch writes on.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>After how many operations the batch commits.</summary>
    public int BatchSize => _transaction.BatchSize;

    /// <summary>How many operations have been carried out and committed.</summary>
    public long CommittedOperations => _transaction.Committed;

    /// <summary>How many operations have been carried out and wait for the next commit. Rows that <see cref="InsertMany{T}"/> has only gathered do not count yet.</summary>
    public int PendingOperations => _transaction.Pending;

    /// <summary>
    /// Prepares a statement for use over and over. The batch disposes it, if you do not.
    /// </summary>
    /// <param name="sql">One statement; not one that begins or ends a transaction.</param>
    /// <exception cref="ArgumentException">The text holds no statement or more than one, or one that begins or ends a transaction.</exception>
    /// <exception cref="InvalidOperationException">The batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteException">SQLite does not understand the statement; or somebody's lock kept it from reading the schema for all of the
    /// connection's Default Timeout.</exception>
    public SqlitePreparedStatement Prepare(string sql) => _gate.Run((Batch: this, Sql: sql), static call =>
    {
        call.Batch._transaction.ThrowIfUnusable();
        return new SqlitePreparedStatement(call.Batch, call.Sql, call.Batch._statements.Get(call.Sql));
    });

    /// <summary>
    /// Carries out one statement as one operation. It stays prepared for the next time the same text comes.
    /// </summary>
    /// <param name="sql">One statement; not one that begins or ends a transaction.</param>
    /// <param name="parameters">A value for each parameter number, from 1 to the largest: ?7 has the number 7; ? and a name that comes for the first time have
    /// the one after the largest so far.</param>
    /// <returns>How many rows were inserted, updated or deleted; -1 for a statement that cannot write, 0 for one that writes no rows.</returns>
    /// <exception cref="ArgumentException">The text is not one statement for <see cref="Prepare"/>, the number of values is not that of the parameters,
    /// or SQLite has no type for a value.</exception>
    /// <exception cref="InvalidOperationException">The batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteException">The statement failed; or the transaction could not be begun or committed.</exception>
    public int Execute(string sql, params object?[]? parameters) =>
        // C# passes a single null as no array at all.
        _gate.Run((Batch: this, Sql: sql, Values: parameters ?? [null]), static call => call.Batch.ExecuteBound(call.Sql, call.Values));

    /// <summary>Carries out a command as one operation, inside the batch's transaction.</summary>
    /// <param name="command">A command of the batch's connection. Its Transaction is that of the batch while it runs, and afterwards what it was; none if
    /// that was one of the batch, which may be committed at any time.</param>
    /// <returns>What <see cref="SqliteCommand.ExecuteNonQuery"/> returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="command"/> is null.</exception>
    /// <exception cref="ArgumentException">The command belongs to another connection, or one of its statements begins or ends a transaction.</exception>
    /// <exception cref="InvalidOperationException">The batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteException">The command failed; or the transaction could not be begun or committed.</exception>
    public int Execute(SqliteCommand command)
    {
        if (command is null)
        {
            throw new ArgumentNullException(nameof(command));
        }

        if (command.Connection is not null && command.Connection != Connection)
        {
            throw new ArgumentException("The command belongs to another connection than the batch.", nameof(command));
        }

        if (command.CommandText != _lastCommandText)
        {
            _lastCommandText = SqlText.RequireNoTransaction(command.CommandText, nameof(command));
        }

        return _gate.Run((Batch: this, Command: command), static call =>
        {
            call.Batch._bulkInserts.Flush();
            call.Batch._transaction.BeginOrCheck();
            var changes = call.Batch.ExecuteEnlisted(call.Command);
            call.Batch._transaction.Count(1);
            return changes;
        });
    }

    /// <summary>
    /// Begins operations that belong together, such as one record over several tables: no commit falls between them.
    /// </summary>
    /// <remarks>
    /// The unit is a savepoint. Call <see cref="SqliteWriteUnit.Complete"/> at its end; disposed before that, it is undone, and the batch goes on with
    /// what was there before it.
    /// <code>
    /// using (var unit = batch.BeginUnit())
    /// {
    ///     order.Bind(1, id).Execute();
    ///     line.Bind(1, id).Bind(2, 1).Execute();
    ///     unit.Complete();
    /// }
    /// </code>
    /// </remarks>
    /// <exception cref="InvalidOperationException">A unit has been begun already, or the batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteException">The transaction could not be begun.</exception>
    public SqliteWriteUnit BeginUnit() => _gate.Run(this, static batch =>
    {
        batch._bulkInserts.Flush();
        batch._transaction.BeginOrCheck();
        return new SqliteWriteUnit(batch, batch._transaction.BeginUnit());
    });

    /// <summary>Commits what has been carried out. The next operation begins a new transaction.</summary>
    /// <exception cref="InvalidOperationException">A unit has been begun and not completed, or the batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteException">The commit failed, for instance with error 5 because another connection reads a database that is not in WAL
    /// mode. The transaction is still open: commit again, or roll back.</exception>
    public void Commit() => _gate.Run(this, static batch =>
    {
        batch._transaction.ThrowIfUnusable();
        batch._bulkInserts.Flush();
        batch._transaction.Commit();
    });

    /// <summary>
    /// Commits, then makes a checkpoint as <see cref="SqliteConnectionExtensions.Checkpoint"/> does, of all databases of the connection that can be written: the
    /// batch may have written to attached ones too.
    /// </summary>
    /// <param name="mode">How far the checkpoint goes.</param>
    /// <param name="timeout">How long the checkpoint waits for others, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out.</param>
    /// <returns>What was done in all of them together.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> or <paramref name="timeout"/> is out of range. Everything is committed.</exception>
    /// <exception cref="InvalidOperationException">A unit has been begun and not completed, or the batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteException">The commit failed; or the checkpoint did, and then everything is committed.</exception>
    public SqliteCheckpointResult CommitAndCheckpoint(SqliteCheckpointMode mode = SqliteCheckpointMode.Full, TimeSpan? timeout = null)
    {
        Commit();
        return Checkpointer.CompleteAll(Connection, mode, timeout);
    }

    /// <summary>Undoes what has not been committed, a unit included. The next operation begins a new transaction.</summary>
    /// <exception cref="InvalidOperationException">Somebody else has ended the transaction on the connection, and may have committed it: the message says what is
    /// known. Called again, it goes on. Or the connection was closed.</exception>
    /// <exception cref="ObjectDisposedException">The batch has been disposed.</exception>
    /// <exception cref="SqliteException">SQLite could not roll back.</exception>
    public void Rollback() => _gate.Run(this, static batch =>
    {
        batch._bulkInserts.Discard();
        batch._transaction.Rollback();
    });

    /// <summary>
    /// Rolls back what has not been committed and disposes the prepared statements. The connection stays open. Waits for an operation on another thread, up
    /// to 2 seconds. If that takes longer, and in a callback of an operation on this thread, it takes effect when the operation ends, with an
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _gate.Dispose();

    // Each row comes this way: without a call more.
    internal int Execute(SqlitePreparedStatement statement)
    {
        _gate.Enter();
        statement.IsExecuting = true;
        try
        {
            return Run(Native(statement), statement.Values);
        }
        catch (Exception) when (_gate.IsEnding)
        {
            _gate.ThrowIfEnding();
            throw;
        }
        finally
        {
            statement.IsExecuting = false;
            _gate.Leave();
        }
    }

    internal object? ExecuteScalar(SqlitePreparedStatement statement)
    {
        _gate.Enter();
        statement.IsExecuting = true;
        try
        {
            var native = Native(statement);
            BeforeOperation();
            var result = native.RunInTransaction(statement.Values, 0, Connection, out var scalar);
            Finish(native, statement.Values, result);
            return scalar;
        }
        catch (Exception) when (_gate.IsEnding)
        {
            _gate.ThrowIfEnding();
            throw;
        }
        finally
        {
            statement.IsExecuting = false;
            _gate.Leave();
        }
    }

    internal int ParameterIndex(SqlitePreparedStatement statement, string name) =>
        _gate.Run((Batch: this, Statement: statement, Name: name), static call => call.Batch.Native(call.Statement).ParameterIndex(call.Name));

    internal string? ParameterName(SqlitePreparedStatement statement, int index) =>
        _gate.Run((Batch: this, Statement: statement, Index: index), static call => call.Batch.Native(call.Statement).ParameterName(call.Index));

    internal void CompleteUnit(int unit) => _gate.Run((Batch: this, Unit: unit), static call =>
    {
        call.Batch._bulkInserts.Flush();
        call.Batch._transaction.CompleteUnit(call.Unit);
    });

    internal void EndUnit(int unit)
    {
        if (_gate.IsEnding)
        {
            return;
        }

        _gate.Run((Batch: this, Unit: unit), static call =>
        {
            if (call.Batch._transaction.IsCurrentUnit(call.Unit))
            {
                call.Batch._bulkInserts.Discard();
                call.Batch._transaction.UndoUnit();
            }
        });
    }

    private int ExecuteBound(string sql, object?[] parameters)
    {
        _transaction.ThrowIfUnusable();
        var statement = _statements.Get(sql);
        if (parameters.Length != statement.ParameterCount)
        {
            throw new ArgumentException($"The statement has {statement.ParameterCount} parameters, and {parameters.Length} values were given: {sql}", nameof(parameters));
        }

        _values.Reset(parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            ParameterValue.Set(_values, i, parameters[i]);
        }

        return Run(statement, _values);
    }

    private NativeStatement Native(SqlitePreparedStatement statement)
    {
        if (statement.Native.IsDisposed)
        {
            statement.Native = _statements.Get(statement.Sql);
        }

        return statement.Native;
    }

    private int Run(NativeStatement statement, ParameterBuffer values)
    {
        BeforeOperation();
        return Finish(statement, values, statement.RunInTransaction(values, 0, Connection));
    }

    private int Finish(NativeStatement statement, ParameterBuffer values, int result)
    {
        if (result == NativeStatement.NoTransaction)
        {
            throw _transaction.Ended();
        }

        if (result != raw.SQLITE_DONE)
        {
            if (!statement.IsKeptOut(result))
            {
                values.Clear(values.Count);
            }

            throw _transaction.Failure(result);
        }

        values.Clear(values.Count);
        var changes = statement.Changes;
        _transaction.Count(1);
        return changes;
    }

    private int ExecuteEnlisted(SqliteCommand command)
    {
        var before = command.Transaction;
        command.Connection = Connection;
        command.Transaction = _transaction.Current;
        try
        {
            return command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            var failure = _transaction.Failure(exception);
            if (failure == exception)
            {
                throw;
            }

            throw failure;
        }
        finally
        {
            command.Transaction = before == _transaction.Current || before?.Connection is null ? null : before;
        }
    }

    private void BeforeOperation()
    {
        _bulkInserts.Flush();
        _transaction.Begin();
    }

    private void OnStateChange(object sender, StateChangeEventArgs e)
    {
        if (e.CurrentState == ConnectionState.Closed)
        {
            _gate.Close();
        }
    }

    private void Release()
    {
        Connection.StateChange -= OnStateChange;
        try
        {
            if (_gate.IsClosed)
            {
                _transaction.Lose();
            }
            else
            {
                _transaction.Reset();
            }
        }
        finally
        {
            _transaction.Dispose();
            _bulkInserts.Dispose();
            _statements.Dispose();
            _ownStatements.Dispose();
            _hold.Dispose();
        }
    }
}
