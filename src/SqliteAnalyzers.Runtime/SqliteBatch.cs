using System;
using System.Collections.Generic;
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
/// An operation that fails has changed nothing, and the batch goes on: the operations before it stay. The exception are errors after which SQLite
/// itself rolls the transaction back (disk full, I/O errors, out of memory, ON CONFLICT ROLLBACK): they say how many operations are gone, and the
/// batch refuses to go on until <see cref="Rollback"/> is called.
/// </para>
/// <para>Values are stored as Microsoft.Data.Sqlite stores parameters. A batch, as its connection, is used by one thread at a time.
/// Source: <see href="https://sqlite.org/lang_transaction.html"/>.</para>
/// </remarks>
public sealed class SqliteBatch : IDisposable
{
    /// <summary>How many operations a transaction holds unless something else is asked for.</summary>
    public const int DefaultBatchSize = 5_000;

    /// <summary>The most operations a transaction may hold. More are no faster and keep other writers waiting.</summary>
    public const int MaxBatchSize = 100_000;

    private readonly sqlite3 _handle;
    private readonly BatchTransaction _transaction;
    private readonly StatementCache _statements;
    private readonly List<SqliteBatchStatement> _prepared = [];
    private readonly List<BulkInsert> _bulkInserts = [];
    private BulkInsert? _activeBulkInsert;
    private bool _disposed;

    /// <summary>A batch on an open connection.</summary>
    /// <param name="connection">The connection, with no transaction open. It stays the caller's to dispose, after the batch.</param>
    /// <param name="batchSize">After how many operations to commit, from 1 to 100,000.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1 or more than 100,000.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction is open on it.</exception>
    public SqliteBatch(SqliteConnection connection, int batchSize = DefaultBatchSize)
    {
        _handle = NativeConnection.OpenHandle(connection, "A batch");
        if (batchSize is < 1 or > MaxBatchSize)
        {
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"The batch size must be from 1 to {MaxBatchSize:N0} operations.");
        }

        if (NativeConnection.IsInTransaction(_handle))
        {
            throw new InvalidOperationException("A transaction is open on the connection, and a batch makes its own. Commit or roll back first.");
        }

        Connection = connection;
        _transaction = new BatchTransaction(connection, _handle, batchSize);
        _statements = new StatementCache(_handle);
    }

    /// <summary>The connection that the batch writes on.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>After how many operations the batch commits.</summary>
    public int BatchSize => _transaction.BatchSize;

    /// <summary>How many operations have been carried out and committed.</summary>
    public long CommittedOperations => _transaction.Committed;

    /// <summary>How many operations have been carried out and wait for the next commit. Rows that <see cref="InsertMany"/> has only gathered do not count yet.</summary>
    public int PendingOperations => _transaction.Pending;

    /// <summary>
    /// Prepares a statement for use over and over. The batch disposes it.
    /// </summary>
    /// <param name="sql">One statement; not one that begins or ends a transaction.</param>
    /// <exception cref="ArgumentException">The text holds no statement or more than one, or one that begins or ends a transaction.</exception>
    /// <exception cref="SqliteException">SQLite does not understand the statement.</exception>
    public SqliteBatchStatement Prepare(string sql)
    {
        ThrowIfUnusable();
        var statement = new SqliteBatchStatement(this, StatementCache.Prepare(_handle, sql));
        _prepared.Add(statement);
        return statement;
    }

    /// <summary>
    /// Carries out one statement as one operation. It stays prepared for the next time the same text comes.
    /// </summary>
    /// <param name="sql">One statement; not one that begins or ends a transaction.</param>
    /// <param name="parameters">A value for each parameter, in the order in which the parameters first stand in the text.</param>
    /// <returns>How many rows were inserted, updated or deleted; -1 for a statement that cannot write, 0 for one that writes no rows.</returns>
    /// <exception cref="ArgumentException">The text is not one statement for <see cref="Prepare"/>, the number of values is not that of the parameters,
    /// or SQLite has no type for a value.</exception>
    /// <exception cref="SqliteException">The statement failed and changed nothing; or the transaction could not be begun or committed.</exception>
    public int Execute(string sql, params object?[]? parameters)
    {
        // C# passes a single null as no array at all.
        parameters ??= [null];
        ThrowIfUnusable();
        var (statement, values) = _statements.Get(sql);
        if (parameters.Length != statement.ParameterCount)
        {
            throw new ArgumentException($"The statement has {statement.ParameterCount} parameters, and {parameters.Length} values were given: {sql}", nameof(parameters));
        }

        values.Clear(values.Count);
        for (var i = 0; i < parameters.Length; i++)
        {
            ParameterValue.Set(values, i, parameters[i]);
        }

        return Execute(statement, values);
    }

    /// <summary>Carries out a command as one operation, inside the batch's transaction.</summary>
    /// <param name="command">A command of the batch's connection. Its Transaction is set to that of the batch.</param>
    /// <returns>What <see cref="SqliteCommand.ExecuteNonQuery"/> returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="command"/> is null.</exception>
    /// <exception cref="ArgumentException">The command belongs to another connection.</exception>
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

        BeforeOperation();
        command.Connection = Connection;
        command.Transaction = _transaction.Current;
        int changes;
        try
        {
            changes = command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            _transaction.ThrowIfRolledBack(exception);
            throw;
        }

        _transaction.Count(1);
        return changes;
    }

    /// <summary>
    /// Begins operations that belong together, such as one record over several tables: no commit falls between them.
    /// </summary>
    /// <remarks>
    /// The unit is a savepoint. Call <see cref="SqliteBatchUnit.Complete"/> at its end; disposed before that, it is undone, and the batch goes on with
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
    /// <exception cref="InvalidOperationException">A unit has been begun already.</exception>
    /// <exception cref="SqliteException">The transaction could not be begun.</exception>
    public SqliteBatchUnit BeginUnit()
    {
        BeforeOperation();
        return new SqliteBatchUnit(this, _transaction.BeginUnit());
    }

    /// <summary>
    /// Inserts rows into a table, each of them one operation, several of them to a statement where nobody can tell the difference.
    /// </summary>
    /// <remarks>
    /// Rows go to SQLite in groups of up to 256, so a source that looks into the table meanwhile finds the last ones missing.
    /// Views, virtual and temporary tables, tables with triggers, with a conflict clause or with a foreign key to themselves, and
    /// <see cref="SqliteConflictResolution.Replace"/> get their rows one by one.
    /// <code>
    /// batch.InsertMany("measurement", ["sensor", "taken", "value"], measurements,
    ///     static (row, m) => row.Bind(1, m.Sensor).Bind(2, m.Taken).Bind(3, m.Value));
    /// </code>
    /// Rows in the order of the primary key are many times faster than scattered ones (measured).
    /// </remarks>
    /// <typeparam name="T">What a row is made from.</typeparam>
    /// <param name="table">The table's name, as it is: it is put in quotes.</param>
    /// <param name="columns">The columns' names, as they are.</param>
    /// <param name="rows">What the rows are made from. Read once, and kept no longer than it takes to bind the row.</param>
    /// <param name="bind">Gives every column of a row its value.</param>
    /// <param name="onConflict">What happens to a row that a constraint forbids.</param>
    /// <returns>How many rows were inserted.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There are no columns, or more than SQLite takes parameters, or <paramref name="table"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="onConflict"/> is not one of the enumeration's.</exception>
    /// <exception cref="InvalidOperationException">A column of a row got no value, or <paramref name="bind"/> uses the batch.</exception>
    /// <exception cref="SqliteRowException">A row was refused. The rows before it are in the batch; it and those after it are not.</exception>
    /// <exception cref="SqliteException">There is no such table or column; or the transaction could not be begun or committed.</exception>
    public long InsertMany<T>(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<T> rows,
        SqliteRowBinder<T> bind,
        SqliteConflictResolution onConflict = SqliteConflictResolution.Abort)
    {
        if (rows is null)
        {
            throw new ArgumentNullException(nameof(rows));
        }

        if (bind is null)
        {
            throw new ArgumentNullException(nameof(bind));
        }

        ThrowIfUnusable();
        _activeBulkInsert?.Flush();
        var outer = _activeBulkInsert;
        var insert = FreeBulkInsert(table, columns, onConflict);
        _activeBulkInsert = insert;
        try
        {
            return insert.Run(rows, bind);
        }
        finally
        {
            _activeBulkInsert = outer;
        }
    }

    /// <summary>Commits what has been carried out. The next operation begins a new transaction.</summary>
    /// <exception cref="InvalidOperationException">A unit has been begun and not completed, or SQLite has rolled the transaction back.</exception>
    /// <exception cref="SqliteException">The commit failed, for instance with error 5 because another connection reads a database that is not in WAL
    /// mode. The transaction is still open: commit again, or roll back.</exception>
    public void Commit()
    {
        ThrowIfUnusable();
        _activeBulkInsert?.Flush();
        _transaction.Commit();
    }

    /// <summary>Commits, then makes a checkpoint as <see cref="SqliteConnectionExtensions.Checkpoint"/> does.</summary>
    /// <param name="mode">How far the checkpoint goes.</param>
    /// <param name="timeout">How long the checkpoint waits for others, from 0 to 2,147,483,647 milliseconds; 2 seconds if left out.</param>
    /// <returns>What the checkpoint did.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> or <paramref name="timeout"/> is out of range. Everything is committed.</exception>
    /// <exception cref="InvalidOperationException">A unit has been begun and not completed, or SQLite has rolled the transaction back.</exception>
    /// <exception cref="SqliteException">The commit failed; or the checkpoint did, and then everything is committed.</exception>
    public SqliteCheckpointResult CommitAndCheckpoint(SqliteCheckpointMode mode = SqliteCheckpointMode.Full, TimeSpan? timeout = null)
    {
        Commit();
        return Connection.Checkpoint(mode, timeout);
    }

    /// <summary>Undoes what has not been committed, a unit included. The next operation begins a new transaction.</summary>
    /// <exception cref="SqliteException">SQLite could not roll back.</exception>
    public void Rollback()
    {
        ThrowIfDisposed();
        _activeBulkInsert?.Discard();
        _transaction.Rollback();
    }

    /// <summary>Rolls back what has not been committed and disposes the prepared statements. The connection stays open.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var statement in _prepared)
        {
            statement.Close();
        }

        foreach (var insert in _bulkInserts)
        {
            insert.Dispose();
        }

        _statements.Dispose();
        _transaction.Dispose();
    }

    internal int Execute(NativeStatement statement, ParameterBuffer values)
    {
        BeforeOperation();
        return Finish(statement, statement.Run(values, 0));
    }

    internal object? ExecuteScalar(NativeStatement statement, ParameterBuffer values)
    {
        BeforeOperation();
        object? scalar = null;
        var result = statement.Bind(values, 0);
        Finish(statement, result == raw.SQLITE_OK ? statement.Run(out scalar) : result);
        return scalar;
    }

    internal void CompleteUnit(int unit)
    {
        ThrowIfUnusable();
        _activeBulkInsert?.Flush();
        _transaction.CompleteUnit(unit);
    }

    internal void EndUnit(int unit)
    {
        if (!_disposed && _transaction.IsCurrentUnit(unit))
        {
            _activeBulkInsert?.Discard();
            _transaction.UndoUnit(unit);
        }
    }

    private int Finish(NativeStatement statement, int result)
    {
        if (result != raw.SQLITE_DONE)
        {
            throw _transaction.Failure(result);
        }

        var changes = statement.Changes;
        _transaction.Count(1);
        return changes;
    }

    private BulkInsert FreeBulkInsert(string table, IReadOnlyList<string> columns, SqliteConflictResolution onConflict)
    {
        foreach (var insert in _bulkInserts)
        {
            if (!insert.IsRunning && insert.IsFor(table, columns, onConflict))
            {
                return insert;
            }
        }

        var created = new BulkInsert(_handle, _transaction, table, columns, onConflict);
        _bulkInserts.Add(created);
        return created;
    }

    private void BeforeOperation()
    {
        ThrowIfUnusable();
        _activeBulkInsert?.Flush();
        _transaction.Begin();
    }

    private void ThrowIfUnusable()
    {
        ThrowIfDisposed();
        _transaction.ThrowIfUnusable();
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(nameof(SqliteBatch));
        }
    }
}
