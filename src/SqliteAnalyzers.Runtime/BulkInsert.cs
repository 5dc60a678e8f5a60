using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Inserts rows of one table, many to a statement.
/// </summary>
/// <remarks>
/// A statement over many rows is one step where single rows are many, and SQLite undoes it as a whole when a row fails. The rows are kept until the
/// statement is through, so that they can then be repeated one by one: the rows before the failing one stay, and that one has a number.
/// </remarks>
internal sealed class BulkInsert : IDisposable
{
    private const int MostRowsPerStatement = 256;
    private const int MostBytesPerStatement = 1 << 20;
    private const int SqliteLimitVariableNumber = 9;

    // A statement of n rows is worth preparing once n times this many rows have passed.
    private const int RowsBeforeLargerStatement = 4;

    private readonly sqlite3 _handle;
    private readonly BatchTransaction _transaction;
    private readonly string _table;
    private readonly string[] _columns;
    private readonly SqliteConflictResolution _onConflict;
    private readonly string _insertInto;
    private readonly int _capacity;
    private readonly ParameterBuffer _values;

    // By the binary logarithm of the number of rows.
    private readonly NativeStatement?[] _statements = new NativeStatement?[9];

    private long _rowsEver;
    private long _rowsDone;
    private long _changes;
    private int _gathered;
    private bool _mayCoalesce;
    private bool _binding;

    public BulkInsert(sqlite3 handle, BatchTransaction transaction, string table, IReadOnlyList<string> columns, SqliteConflictResolution onConflict)
    {
        _handle = handle;
        _transaction = transaction;
        _table = SqlText.RequireName(table, nameof(table));
        _columns = (columns ?? throw new ArgumentNullException(nameof(columns))).Select(c => SqlText.RequireName(c, nameof(columns))).ToArray();
        _onConflict = onConflict;

        var parameters = raw.sqlite3_limit(handle, SqliteLimitVariableNumber, -1);
        if (_columns.Length == 0 || _columns.Length > parameters)
        {
            throw new ArgumentException($"There must be from 1 to {parameters} columns, and there are {_columns.Length}.", nameof(columns));
        }

        var conflictClause = onConflict switch
        {
            SqliteConflictResolution.Abort => "",
            SqliteConflictResolution.Ignore => "OR IGNORE ",
            SqliteConflictResolution.Replace => "OR REPLACE ",
            _ => throw new ArgumentOutOfRangeException(nameof(onConflict), onConflict, "The conflict resolution must be Abort, Ignore or Replace."),
        };
        _insertInto = $"INSERT {conflictClause}INTO {SqlText.QuotedName(_table)} ({string.Join(",", _columns.Select(SqlText.QuotedName))}) VALUES ";
        _statements[0] = new NativeStatement(handle, _insertInto + Rows(1));
        _capacity = Math.Min(MostRowsPerStatement, parameters / _columns.Length);
        _values = new ParameterBuffer(_capacity * _columns.Length);
    }

    public bool IsRunning { get; private set; }

    public bool IsFor(string table, IReadOnlyList<string> columns, SqliteConflictResolution onConflict) =>
        columns is not null && _onConflict == onConflict && _table == table && _columns.SequenceEqual(columns);

    public long Run<T>(IEnumerable<T> rows, SqliteRowBinder<T> bind)
    {
        IsRunning = true;
        _rowsDone = _changes = 0;
        _mayCoalesce = _onConflict != SqliteConflictResolution.Replace && TableIsPlain();
        try
        {
            Gather(rows, bind);
            Flush();
            return _changes;
        }
        finally
        {
            Discard();
            IsRunning = false;
        }
    }

    /// <summary>Inserts the rows gathered so far.</summary>
    /// <exception cref="SqliteRowException">A row was refused: it and those after it are forgotten.</exception>
    /// <exception cref="InvalidOperationException">A row is being bound.</exception>
    public void Flush()
    {
        ThrowIfBinding();
        var rows = _gathered;
        _gathered = 0;
        try
        {
            var first = 0;
            while (first < rows)
            {
                Begin();
                var size = StatementSize(Math.Min(rows - first, _transaction.Room));
                InsertTogether(first, 1 << size, size);
                first += 1 << size;
            }
        }
        finally
        {
            _values.Clear(rows * _columns.Length);
        }
    }

    /// <summary>Forgets the rows gathered so far.</summary>
    /// <exception cref="InvalidOperationException">A row is being bound.</exception>
    public void Discard()
    {
        ThrowIfBinding();
        _values.Clear(_values.Count);
        _gathered = 0;
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement?.Dispose();
        }
    }

    private void Gather<T>(IEnumerable<T> rows, SqliteRowBinder<T> bind)
    {
        try
        {
            foreach (var item in rows)
            {
                Add(item, bind);
                if (!_mayCoalesce || _gathered == _capacity || _gathered >= _transaction.Room || _values.BytesUsed >= MostBytesPerStatement)
                {
                    Flush();
                }
            }
        }
        catch (Exception exception) when (exception is not SqliteRowException && _transaction.IsUsable)
        {
            // The rows that came before would have been inserted by now, one by one.
            Flush();
            throw;
        }
    }

    private void Add<T>(T item, SqliteRowBinder<T> bind)
    {
        var start = _gathered * _columns.Length;
        _binding = true;
        try
        {
            bind(new SqliteRow(_values, start, _columns.Length), item);
            RequireValues(start);
            _gathered++;
        }
        catch
        {
            _values.ClearRow(start, _columns.Length);
            throw;
        }
        finally
        {
            _binding = false;
        }
    }

    private void ThrowIfBinding()
    {
        if (_binding)
        {
            throw new InvalidOperationException("The binder of InsertMany uses the batch, in the middle of a row. Do that where the rows come from.");
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

    private void InsertTogether(int first, int rows, int size)
    {
        var statement = _statements[size] ??= new NativeStatement(_handle, _insertInto + Rows(rows));
        var result = statement.Run(_values, first * _columns.Length);
        if (result == raw.SQLITE_DONE)
        {
            _changes += statement.Changes;
            _rowsEver += rows;
            _rowsDone += rows;
            _transaction.Count(rows);
        }
        else if (rows > 1 && NativeConnection.IsInTransaction(_handle))
        {
            for (var row = first; row < first + rows; row++)
            {
                InsertTogether(row, 1, 0);
            }
        }
        else
        {
            throw Refused(_transaction.Failure(result));
        }
    }

    private SqliteRowException Refused(SqliteException cause)
    {
        var others = _transaction.IsUsable ? "nor were those after it; the rows before it are in the batch" : "nor were those after it";
        return new SqliteRowException($"Row {_rowsDone} (counted from 0) was not inserted into '{_table}', {others}. {cause.Message}", cause, _rowsDone);
    }

    // The binary logarithm of how many of the rows go into the next statement.
    private int StatementSize(int rows)
    {
        var size = 0;
        while (_mayCoalesce
            && 2 << size <= rows
            && (_statements[size + 1] is not null || _rowsEver >= (long)RowsBeforeLargerStatement << size))
        {
            size++;
        }

        return size;
    }

    private string Rows(int count)
    {
        var row = $"({string.Join(",", Enumerable.Repeat("?", _columns.Length))})";
        return new StringBuilder().Insert(0, row + ",", count - 1).Append(row).ToString();
    }

    private void RequireValues(int start)
    {
        var unset = _values.FirstUnset(start, _columns.Length);
        if (unset >= 0)
        {
            throw new InvalidOperationException($"Row {_rowsDone + _gathered} (counted from 0): column {unset - start + 1} ('{_columns[unset - start]}') has no value.");
        }
    }

    /// <summary>
    /// Whether nothing can tell rows inserted together from rows inserted one by one: no trigger that looks around, no conflict clause that keeps
    /// a part of a failed statement, no row that needs another row of the same statement.
    /// </summary>
    private bool TableIsPlain()
    {
        using var query = new NativeStatement(
            _handle,
            """
            SELECT (SELECT count(*) FROM main.sqlite_master
                    WHERE type = 'table' AND name = ?1 COLLATE NOCASE AND rootpage > 0 AND instr(upper(sql), 'CONFLICT') = 0) = 1
               AND NOT EXISTS (SELECT 1 FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE)
               AND NOT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE type = 'trigger' OR name = ?1 COLLATE NOCASE)
               AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(?1, 'main') WHERE "table" = ?1 COLLATE NOCASE)
            """);
        var name = new ParameterBuffer(1);
        name.SetText(0, _table.AsSpan());
        NativeConnection.Check(query.Bind(name, 0), _handle);
        var result = query.Run(out var isPlain);
        return result == raw.SQLITE_DONE ? isPlain is 1L : throw _transaction.Failure(result);
    }
}
