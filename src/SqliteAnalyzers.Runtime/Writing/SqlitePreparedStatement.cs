using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// A statement that a batch has prepared: bind its parameters and execute it, over and over.
/// </summary>
/// <remarks>
/// Binding and executing allocate nothing once the largest values have passed, unless they are larger than 2 MiB. Values hold for one execution: every
/// parameter must be bound before each, so that none of them can slip in from the one before. Statements with the same text share what SQLite has
/// compiled, and the batch keeps that of 256 texts: to prepare the same text again and again costs little.
/// </remarks>
public sealed class SqlitePreparedStatement : IDisposable
{
    private readonly SqliteBatchWriter _writer;
    private bool _isDisposed;

    internal SqlitePreparedStatement(SqliteBatchWriter writer, string sql, NativeStatement native)
    {
        _writer = writer;
        Sql = sql;
        Native = native;
        Values = new ParameterBuffer(native.ParameterCount);
    }

    /// <summary>How many parameters the statement has: the largest number of one.</summary>
    public int ParameterCount => Values.Count;

    internal string Sql { get; }

    /// <summary>What SQLite has compiled. The batch's, which may have disposed it.</summary>
    internal NativeStatement Native { get; set; }

    internal ParameterBuffer Values { get; }

    /// <summary>Whether SQLite looks at the values.</summary>
    internal bool IsExecuting { get; set; }

    private ParameterSlots Parameters
    {
        get
        {
            if (IsExecuting)
            {
                ThrowExecuting();
            }

            return new(Values, 0, Values.Count);
        }
    }

    /// <summary>The number of a named parameter, from 1 on.</summary>
    /// <param name="name">The name with its sign: $id, @id or :id.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">The statement has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The statement or the batch has been disposed.</exception>
    public int ParameterIndex(string name)
    {
        ThrowIfDisposed();
        var index = name is null ? throw new ArgumentNullException(nameof(name)) : _writer.ParameterIndex(this, name);
        return index > 0 ? index : throw new ArgumentException($"The statement has no parameter '{name}'.", nameof(name));
    }

    /// <summary>Gives a parameter its value, stored as Microsoft.Data.Sqlite stores it. Numbers, dates, enumerations and the like are not boxed.</summary>
    /// <typeparam name="T">The value's type: a number, Half and UInt128 included, bool, char, string, byte[], Memory or ReadOnlyMemory of byte, decimal, DateTime,
    /// DateTimeOffset, DateOnly, TimeOnly, TimeSpan, Guid, an enumeration, or object with one of these or null in it.</typeparam>
    /// <param name="index">The parameter's number, from 1 on. ?7 has the number 7; ? and a name that comes for the first time have the one after the largest so far.</param>
    /// <param name="value">The value.</param>
    /// <returns>The statement itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no parameter of that number.</exception>
    /// <exception cref="ArgumentException">SQLite has no type for the value, or it is NaN; or the values are larger than 2 GB together.</exception>
    /// <exception cref="InvalidOperationException">The statement is being executed.</exception>
    public SqlitePreparedStatement Bind<T>(int index, T value)
    {
        Parameters.Set(index, value, nameof(index));
        return this;
    }

    /// <summary>Gives a parameter its value, or NULL.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqlitePreparedStatement Bind<T>(int index, T? value)
        where T : struct
    {
        Parameters.Set(index, value, nameof(index));
        return this;
    }

    /// <summary>Gives a parameter a text, or NULL.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqlitePreparedStatement Bind(int index, string? value)
    {
        Parameters.Set(index, value, nameof(index));
        return this;
    }

    /// <summary>Gives a parameter a text.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqlitePreparedStatement BindText(int index, ReadOnlySpan<char> value)
    {
        Parameters.SetText(index, value, nameof(index));
        return this;
    }

    /// <summary>Gives a parameter a text that is UTF-8 already. It is not checked.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqlitePreparedStatement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        Parameters.SetUtf8(index, value, nameof(index));
        return this;
    }

    /// <summary>Gives a parameter a blob.</summary>
    /// <inheritdoc cref="Bind{T}(int, T)"/>
    public SqlitePreparedStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        Parameters.SetBlob(index, value, nameof(index));
        return this;
    }

    /// <summary>Gives a parameter NULL.</summary>
    /// <param name="index">The parameter's number, from 1 on.</param>
    /// <returns>The statement itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no parameter of that number.</exception>
    /// <exception cref="InvalidOperationException">The statement is being executed.</exception>
    public SqlitePreparedStatement BindNull(int index)
    {
        Parameters.SetNull(index, nameof(index));
        return this;
    }

    /// <summary>Carries the statement out as one operation of the batch.</summary>
    /// <remarks>The values are forgotten, unless a lock kept the statement from being tried at all: then it can be executed again with them.</remarks>
    /// <returns>How many rows were inserted, updated or deleted; -1 for a statement that cannot write.</returns>
    /// <exception cref="InvalidOperationException">A parameter has no value, or the batch cannot go on.</exception>
    /// <exception cref="ObjectDisposedException">The statement or the batch has been disposed.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The statement failed; or the transaction could not be begun or committed. What a failed statement
    /// leaves behind: see <see cref="SqliteBatchWriter"/>.</exception>
    public int Execute()
    {
        RequireValues();
        return _writer.Execute(this);
    }

    /// <summary>Carries the statement out to its end as one operation of the batch, for what it returns (INSERT … RETURNING).</summary>
    /// <returns>The first column of the first row, as long, double, string, byte[] or <see cref="DBNull"/>; null if there was no row.</returns>
    /// <inheritdoc cref="Execute"/>
    public object? ExecuteScalar()
    {
        RequireValues();
        return _writer.ExecuteScalar(this);
    }

    /// <summary>Lets go of the statement. What SQLite has compiled stays with the batch, for the next one with the same text.</summary>
    public void Dispose() => _isDisposed = true;

    private static void ThrowExecuting() =>
        throw new InvalidOperationException("The statement is being executed: functions, collations and hooks that it calls cannot bind its parameters.");

    private void RequireValues()
    {
        ThrowIfDisposed();
        var unset = Values.FirstUnset(0, Values.Count);
        if (unset >= 0)
        {
            ThrowUnset(unset + 1);
        }
    }

    private void ThrowUnset(int index) =>
        throw new InvalidOperationException($"Parameter {index} ({_writer.ParameterName(this, index) ?? "?"}) has no value. Bind every parameter before each Execute.");

    private void ThrowIfDisposed()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(SqlitePreparedStatement));
        }
    }
}
