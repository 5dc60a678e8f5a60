using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>Gives the columns of a row their values from <paramref name="item"/>. Every column needs one.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
/// <param name="row">The row.</param>
/// <param name="item">What this row is made from.</param>
public delegate void SqliteRowBinder<in T>(SqliteRow row, T item);

/// <summary>A row that <see cref="SqliteBatch.InsertMany"/> is about to insert. Binding allocates nothing.</summary>
public readonly ref struct SqliteRow
{
    private readonly ParameterBuffer _values;
    private readonly int _start;
    private readonly int _columns;

    internal SqliteRow(ParameterBuffer values, int start, int columns)
    {
        _values = values;
        _start = start;
        _columns = columns;
    }

    /// <summary>Gives a column its value, stored as Microsoft.Data.Sqlite stores it. Numbers, dates, enumerations and the like are not boxed.</summary>
    /// <typeparam name="T">The value's type, as for <see cref="SqliteBatchStatement.Bind{T}(int, T)"/>.</typeparam>
    /// <param name="column">The column's number, from 1 on, in the order given to <see cref="SqliteBatch.InsertMany"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The row itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no column of that number.</exception>
    /// <exception cref="ArgumentException">SQLite has no type for the value, or it is NaN.</exception>
    public SqliteRow Bind<T>(int column, T value)
    {
        ParameterValue.Set(_values, Position(column), value);
        return this;
    }

    /// <summary>Gives a column its value, or NULL.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow Bind<T>(int column, T? value)
        where T : struct
    {
        var position = Position(column);
        if (value.HasValue)
        {
            ParameterValue.Set(_values, position, value.GetValueOrDefault());
        }
        else
        {
            _values.SetNull(position);
        }

        return this;
    }

    /// <summary>Gives a column a text.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow BindText(int column, ReadOnlySpan<char> value)
    {
        _values.SetText(Position(column), value);
        return this;
    }

    /// <summary>Gives a column a text that is UTF-8 already. It is not checked.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow BindUtf8(int column, ReadOnlySpan<byte> value)
    {
        _values.SetUtf8(Position(column), value);
        return this;
    }

    /// <summary>Gives a column a blob.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow BindBlob(int column, ReadOnlySpan<byte> value)
    {
        _values.SetBlob(Position(column), value);
        return this;
    }

    /// <summary>Gives a column NULL.</summary>
    /// <param name="column">The column's number, from 1 on.</param>
    /// <returns>The row itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no column of that number.</exception>
    public SqliteRow BindNull(int column)
    {
        _values.SetNull(Position(column));
        return this;
    }

    private int Position(int column) => (uint)(column - 1) < (uint)_columns
        ? _start + column - 1
        : throw new ArgumentOutOfRangeException(nameof(column), column, $"The row's columns are numbered from 1 to {_columns}.");
}
