using System;
using System.Collections.Generic;

namespace SqliteAnalyzers.Runtime;

/// <summary>Rows that are bound and wait for SQLite.</summary>
internal sealed class RowGroup(IReadOnlyList<string> columns, int capacity)
{
    private readonly int _width = columns.Count;
    private bool _isBinding;

    public ParameterBuffer Values { get; } = new(columns.Count * capacity);

    /// <summary>How many rows wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="item">What it is made from.</param>
    /// <param name="bind">Gives its columns their values.</param>
    /// <param name="rowsBefore">How many rows there were before those that wait.</param>
    /// <exception cref="InvalidOperationException">A column got no value.</exception>
    public void Add<T>(T item, SqliteRowBinder<T> bind, long rowsBefore)
    {
        var start = Count * _width;
        _isBinding = true;
        try
        {
            bind(new SqliteRow(new ParameterSlots(Values, start, _width)), item);
            var unset = Values.FirstUnset(start, _width);
            if (unset >= 0)
            {
                ThrowUnset(unset - start, rowsBefore + Count);
            }
        }
        catch
        {
            _isBinding = false;
            Values.ClearRow(start, _width);
            throw;
        }

        _isBinding = false;
        Count++;
    }

    /// <summary>Forgets the rows, and says how many there were. Their values stay for whoever took them.</summary>
    /// <exception cref="InvalidOperationException">A row is being bound.</exception>
    public int Take()
    {
        ThrowIfBinding();
        var count = Count;
        Count = 0;
        return count;
    }

    /// <summary>Forgets the rows and their values.</summary>
    /// <exception cref="InvalidOperationException">A row is being bound.</exception>
    public void Clear() => Values.Clear(Take() * _width);

    private void ThrowIfBinding()
    {
        if (_isBinding)
        {
            throw new InvalidOperationException("The binder of InsertMany uses the batch, in the middle of a row. Do that where the rows come from.");
        }
    }

    private void ThrowUnset(int column, long rowIndex) =>
        throw new InvalidOperationException($"Row {rowIndex} (counted from 0): column {column + 1} ('{columns[column]}') has no value.");
}
