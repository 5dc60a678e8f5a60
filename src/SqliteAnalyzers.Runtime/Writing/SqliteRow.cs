using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>Gives the columns of a row their values from <paramref name="item"/>. Every column needs one.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
/// <param name="row">The row.</param>
/// <param name="item">What this row is made from.</param>
public delegate void SqliteRowBinder<in T>(SqliteRow row, T item);

/// <summary>A row that <see cref="SqliteBatchWriter.InsertMany{T}"/> is about to insert. Binding allocates nothing.</summary>
public readonly ref struct SqliteRow
{
    private readonly ParameterSlots _columns;

    internal SqliteRow(ParameterSlots columns) => _columns = columns;

    /// <summary>Gives a column its value, stored as Microsoft.Data.Sqlite stores it. Numbers, dates, enumerations and the like are not boxed.</summary>
    /// <typeparam name="T">The value's type, as for <see cref="SqlitePreparedStatement.Bind{T}(int, T)"/>.</typeparam>
    /// <param name="column">The column's number, from 1 on, in the order given to <see cref="SqliteBatchWriter.InsertMany{T}"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The row itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no column of that number.</exception>
    /// <exception cref="ArgumentException">SQLite has no type for the value, or it is NaN; or the values are larger than 2 GB together.</exception>
    public SqliteRow Bind<T>(int column, T value)
    {
        _columns.Set(column, value, nameof(column));
        return this;
    }

    /// <summary>Gives a column its value, or NULL.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow Bind<T>(int column, T? value)
        where T : struct
    {
        _columns.Set(column, value, nameof(column));
        return this;
    }

    /// <summary>Gives a column a text, or NULL.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow Bind(int column, string? value)
    {
        _columns.Set(column, value, nameof(column));
        return this;
    }

    /// <summary>Gives a column a text.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow BindText(int column, ReadOnlySpan<char> value)
    {
        _columns.SetText(column, value, nameof(column));
        return this;
    }

    /// <summary>Gives a column a text that is UTF-8 already. It is not checked.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow BindUtf8(int column, ReadOnlySpan<byte> value)
    {
        _columns.SetUtf8(column, value, nameof(column));
        return this;
    }

    /// <summary>Gives a column a blob.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteRow BindBlob(int column, ReadOnlySpan<byte> value)
    {
        _columns.SetBlob(column, value, nameof(column));
        return this;
    }

    /// <summary>Gives a column NULL.</summary>
    /// <param name="column">The column's number, from 1 on.</param>
    /// <returns>The row itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no column of that number.</exception>
    public SqliteRow BindNull(int column)
    {
        _columns.SetNull(column, nameof(column));
        return this;
    }
}
