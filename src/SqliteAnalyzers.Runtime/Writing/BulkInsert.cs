using System;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Inserts rows of one table, many to a statement where nobody can tell the difference.
/// </summary>
/// <remarks>
/// A statement over many rows is one step where single rows are many. When one of them is refused SQLite may keep those before it (it undoes them only
/// where the table has a NOT NULL, UNIQUE or CHECK): so the statement stands in a savepoint. The rows are kept until it is through, and can then be
/// repeated one by one: the rows before the refused one stay, and that one has a number.
/// </remarks>
internal sealed class BulkInsert : IDisposable
{
    private const string Savepoint = "sqlite_batch_rows";
    private const int MostRowsPerStatement = 256;
    private const int MostBytesPerGroup = 1 << 20;
    private const int SqliteLimitVariableNumber = 9;

    // With fewer rows the savepoint costs what the larger statement saves: the binary logarithm of how many.
    private const int SmallestTogether = 3;

    // A statement of n rows is worth preparing once n times this many rows have passed.
    private const int RowsBeforeLargerStatement = 4;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;
    private readonly BatchTransaction _transaction;
    private readonly TableGrouping _grouping;
    private readonly InsertTarget _target;

    // The row that goes alone, and the largest statement.
    private readonly int _capacity;
    private readonly RowGroup _rows;

    // By the binary logarithm of the number of rows.
    private readonly NativeStatement?[] _statements = new NativeStatement?[9];

    private long _rowsEver;
    private long _rowsDone;
    private long _rowsReported;
    private bool _mayGather;

    // How many rows wait for each other at most.
    private int _groupSize;
    private object? _returned;
    private SqliteRowException? _refused;

    public BulkInsert(SqliteConnection connection, sqlite3 handle, BatchTransaction transaction, StatementCache statements, in InsertTarget target)
    {
        _connection = connection;
        _handle = handle;
        _transaction = transaction;
        _target = target.Checked();

        var columns = _target.Columns.Count;
        var parameters = raw.sqlite3_limit(handle, SqliteLimitVariableNumber, -1);
        if (columns == 0 || columns > parameters)
        {
            throw new ArgumentException($"There must be from 1 to {parameters} columns, and there are {columns}.", nameof(columns));
        }

        _statements[0] = Prepare(rows: 1);
        _capacity = 1 + Math.Min(MostRowsPerStatement, parameters / columns);
        _rows = new RowGroup(_target.Columns, _capacity);
        _grouping = new TableGrouping(statements, _target.DatabaseName, _target.Table, _target.Updates);
    }

    public bool IsRunning { get; private set; }

    /// <summary>How many rows have been inserted since <see cref="Start"/>.</summary>
    public long Changes { get; private set; }

    /// <summary>Whether the rows gathered so far must be inserted before the next.</summary>
    public bool IsFull => !_mayGather || _rows.Count >= _groupSize || _rows.Values.BytesUsed >= MostBytesPerGroup;

    public bool IsFor(in InsertTarget target) => _target.IsSameAs(target);

    /// <summary>What came back of the row inserted last, once; null if it was left out.</summary>
    public object? TakeReturned()
    {
        var returned = _returned;
        _returned = null;
        return returned;
    }

    /// <summary>Whether so many more rows are done, or more, than when this was true before.</summary>
    public bool IsWorthReporting(int rows)
    {
        if (_rowsDone - _rowsReported < rows)
        {
            return false;
        }

        _rowsReported = _rowsDone;
        return true;
    }

    public void Start()
    {
        IsRunning = true;
        _rowsDone = _rowsReported = 0;
        Changes = 0;
        _mayGather = false;
        _refused = null;
    }

    public void Stop()
    {
        _rows.Clear();
        IsRunning = false;
    }

    /// <summary>Takes a row from the caller, who may do anything meanwhile but use the batch.</summary>
    /// <exception cref="SqliteRowException">A row was refused before, when somebody else had the rows inserted.</exception>
    public void Add<T>(T item, SqliteRowBinder<T> bind)
    {
        // As long as rows wait nobody else uses the transaction: he would have them inserted first.
        if (_rows.Count == 0)
        {
            ThrowIfRefused();
            _groupSize = Math.Min(_capacity, _transaction.Room);
        }

        _rows.Add(item, bind, _rowsDone);
    }

    /// <summary>Inserts the rows gathered so far.</summary>
    /// <exception cref="SqliteRowException">A row was refused: it and those after it are forgotten.</exception>
    /// <exception cref="InvalidOperationException">A row is being bound, or the transaction was ended.</exception>
    public void Flush()
    {
        var rows = _rows.Take();
        if (rows == 0)
        {
            return;
        }

        try
        {
            // The first row goes alone: if the schema has changed, SQLite prepares its statement again.
            InsertAlone(0);
            var first = 1;
            while (first < rows)
            {
                var size = StatementSize(Math.Min(rows - first, _transaction.Room));
                if (size == 0)
                {
                    InsertAlone(first);
                }
                else
                {
                    InsertTogether(first, size);
                }

                first += 1 << size;
            }

            _mayGather = _rowsEver >= 1 << SmallestTogether && MayGroup();
        }
        catch (SqliteRowException exception)
        {
            _refused = exception;
            throw;
        }
        finally
        {
            _rows.Values.Clear(rows * _target.Columns.Count);
        }
    }

    /// <summary>Tells the source of a row that was refused, whoever had it inserted: after it there are none.</summary>
    /// <exception cref="SqliteRowException">There is one.</exception>
    public void ThrowIfRefused()
    {
        if (_refused is { } refused)
        {
            throw new SqliteRowException(refused.Message, refused, refused.RowIndex);
        }
    }

    /// <summary>Forgets the rows gathered so far, which have come all the same: those after them keep their numbers.</summary>
    /// <exception cref="InvalidOperationException">A row is being bound.</exception>
    public void Discard()
    {
        var rows = _rows.Count;
        _rows.Clear();
        _rowsDone += rows;
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement?.Dispose();
        }
    }

    // What comes back of several rows of one statement comes in no order that SQLite promises.
    private bool MayGroup() => !_target.Replaces && !_target.Returns && _grouping.IsPossible(_statements[0]!.Repreparations);

    private void InsertAlone(int row)
    {
        Begin();
        var statement = _statements[0]!;
        var start = row * _target.Columns.Count;
        object? returned = null;
        var result = _target.Returns
            ? statement.RunInTransaction(_rows.Values, start, _connection, out returned)
            : statement.RunInTransaction(_rows.Values, start, _connection);
        if (result == raw.SQLITE_DONE)
        {
            _returned = returned;
            Done(1, statement.Changes);
        }
        else
        {
            throw result == NativeStatement.NoTransaction ? _transaction.Ended() : Refused(_transaction.Failure(result));
        }
    }

    private void InsertTogether(int first, int size)
    {
        var rows = 1 << size;
        var statement = _statements[size] ??= Prepare(rows);
        Begin();
        _transaction.Run($"SAVEPOINT {Savepoint}");
        var result = statement.Run(_rows.Values, first * _target.Columns.Count, inTransaction: true);
        if (result == raw.SQLITE_DONE)
        {
            _transaction.Run($"RELEASE {Savepoint}");
            Done(rows, statement.Changes);
        }
        else if (result == NativeStatement.NoTransaction)
        {
            throw _transaction.Ended();
        }
        else if (!NativeConnection.IsInTransaction(_handle))
        {
            throw Refused(_transaction.Failure(result));
        }
        else
        {
            _transaction.Run($"ROLLBACK TO {Savepoint}");
            _transaction.Run($"RELEASE {Savepoint}");
            for (var row = first; row < first + rows; row++)
            {
                InsertAlone(row);
            }
        }
    }

    private void Begin()
    {
        try
        {
            _transaction.Begin();
        }
        catch (SqliteException exception)
        {
            throw Refused(exception);
        }
    }

    private void Done(int rows, int changes)
    {
        Changes += changes;
        _rowsEver += rows;
        _rowsDone += rows;
        _transaction.Count(rows);
    }

    private SqliteRowException Refused(SqliteException cause)
    {
        var others = _transaction.IsUsable ? "those before it are in the batch, those after it were not tried" : "those after it were not tried";
        return new SqliteRowException($"Row {_rowsDone} (counted from 0) was refused by '{_target.Table}'; {others}. {cause.Message}", cause, _rowsDone);
    }

    // The binary logarithm of how many of the rows go into the next statement.
    private int StatementSize(int rows)
    {
        if (rows < 1 << SmallestTogether || !MayGroup())
        {
            return 0;
        }

        var size = 0;
        while (2 << size <= rows && (_statements[size + 1] is not null || _rowsEver >= (long)RowsBeforeLargerStatement << size))
        {
            size++;
        }

        return size < SmallestTogether ? 0 : size;
    }

    private NativeStatement Prepare(int rows) => NativeStatement.Prepare(_handle, _target.Statement(rows), BusyRetry.AsCommandsOf(_connection));
}
