using System;
using Microsoft.Data.Sqlite;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// A statement that a batch has prepared: bind its parameters and execute it, over and over.
/// </summary>
/// <remarks>
/// Binding and executing allocate nothing once the largest values have passed. Values hold for one execution: every parameter must be bound before
/// each, so that none of them can slip in from the one before.
/// </remarks>
public sealed class SqliteBatchStatement
{
    private readonly SqliteBatch _batch;
    private readonly NativeStatement _statement;
    private readonly ParameterBuffer _values;
    private bool _closed;

    internal SqliteBatchStatement(SqliteBatch batch, NativeStatement statement)
    {
        _batch = batch;
        _statement = statement;
        _values = new ParameterBuffer(statement.ParameterCount);
    }

    /// <summary>How many parameters the statement has.</summary>
    public int ParameterCount => _values.Count;

    /// <summary>The number of a named parameter, from 1 on.</summary>
    /// <param name="name">The name with its sign: $id, @id or :id.</param>
    /// <exception cref="ArgumentException">The statement has no such parameter.</exception>
    public int ParameterIndex(string name)
    {
        ThrowIfClosed();
        var index = name is null ? throw new ArgumentNullException(nameof(name)) : _statement.ParameterIndex(name);
        return index > 0 ? index : throw new ArgumentException($"The statement has no parameter '{name}'.", nameof(name));
    }

    /// <summary>Gives a parameter its value, stored as Microsoft.Data.Sqlite stores it. Numbers, dates, enumerations and the like are not boxed.</summary>
    /// <typeparam name="T">The value's type: a number, bool, char, string, byte[], decimal, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, Guid,
    /// an enumeration, or object with one of these or null in it.</typeparam>
    /// <param name="index">The parameter's number, from 1 on.</param>
    /// <param name="value">The value.</param>
    /// <returns>The statement itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no parameter of that number.</exception>
    /// <exception cref="ArgumentException">SQLite has no type for the value, or it is NaN.</exception>
    public SqliteBatchStatement Bind<T>(int index, T value)
    {
        ParameterValue.Set(_values, Position(index), value);
        return this;
    }

    /// <summary>Gives a parameter its value, or NULL.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteBatchStatement Bind<T>(int index, T? value)
        where T : struct
    {
        var position = Position(index);
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

    /// <summary>Gives a parameter a text.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteBatchStatement BindText(int index, ReadOnlySpan<char> value)
    {
        _values.SetText(Position(index), value);
        return this;
    }

    /// <summary>Gives a parameter a text that is UTF-8 already. It is not checked.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteBatchStatement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        _values.SetUtf8(Position(index), value);
        return this;
    }

    /// <summary>Gives a parameter a blob.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqliteBatchStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        _values.SetBlob(Position(index), value);
        return this;
    }

    /// <summary>Gives a parameter NULL.</summary>
    /// <param name="index">The parameter's number, from 1 on.</param>
    /// <returns>The statement itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no parameter of that number.</exception>
    public SqliteBatchStatement BindNull(int index)
    {
        _values.SetNull(Position(index));
        return this;
    }

    /// <summary>Carries the statement out as one operation of the batch.</summary>
    /// <returns>How many rows were inserted, updated or deleted; -1 for a statement that cannot write.</returns>
    /// <exception cref="InvalidOperationException">A parameter has no value, or the batch cannot go on.</exception>
    /// <exception cref="SqliteException">The statement failed and changed nothing; or the transaction could not be begun or committed.</exception>
    public int Execute()
    {
        RequireValues();
        try
        {
            return _batch.Execute(_statement, _values);
        }
        finally
        {
            _values.Clear(_values.Count);
        }
    }

    /// <summary>Carries the statement out to its end as one operation of the batch, for what it returns (INSERT … RETURNING).</summary>
    /// <returns>The first column of the first row, as long, double, string, byte[] or <see cref="DBNull"/>; null if there was no row.</returns>
    /// <inheritdoc cref="Execute"/>
    public object? ExecuteScalar()
    {
        RequireValues();
        try
        {
            return _batch.ExecuteScalar(_statement, _values);
        }
        finally
        {
            _values.Clear(_values.Count);
        }
    }

    internal void Close()
    {
        _closed = true;
        _statement.Dispose();
    }

    private int Position(int index) => (uint)(index - 1) < (uint)_values.Count
        ? index - 1
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The statement's parameters are numbered from 1 to {_values.Count}.");

    private void RequireValues()
    {
        ThrowIfClosed();
        var unset = _values.FirstUnset(0, _values.Count);
        if (unset >= 0)
        {
            throw new InvalidOperationException($"Parameter {unset + 1} ({_statement.ParameterName(unset + 1) ?? "?"}) has no value. Bind every parameter before each Execute.");
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new ObjectDisposedException(nameof(SqliteBatch));
        }
    }
}
